/** How sessions look in the API's answers [code]. Times are epoch milliseconds. */
import type { Account } from './account.ts';
import type { Campaign, TestSession } from './state.ts';

export const presentCampaign = (campaign: Campaign) => ({
  id: campaign.id,
  name: campaign.name,
  languages: campaign.languages,
  pinned: campaign.pinned,
  archived: campaign.archived,
});

export const presentTest = (account: Account, test: TestSession, communityStats: boolean) => {
  const campaign = account.campaignOf(test);
  return {
    id: test.id,
    id_test: test.id,
    status: test.status,
    organization_id: account.state.organizationId,
    campaign_id: test.campaignId,
    product: 'screen',
    candidate_name: test.candidateName,
    candidate_email: test.candidateEmail,
    tags: test.tags,
    send_time: test.sentAt,
    start_time: test.startedAt,
    end_time: test.endedAt,
    last_activity_time: test.lastActivityAt,
    url: account.reportUrl(test),
    test_url: account.testUrl(test),
    candidate_language: 'en',
    questions: (campaign?.questions ?? []).map((title, index) => ({
      id: test.campaignId * 100 + index,
      title,
      last_activity_time: test.lastActivityAt,
      ...(test.endedAt === null ? {} : { grading_status: gradingStatus(test, index) }),
    })),
    approval_status: test.approval,
    timer_type: 'PER_TEST',
    // New response fields may appear at any time [doc]; a client must not mind.
    added_in_some_later_version: { anything: true },
    ...(test.points === null || !campaign
      ? {}
      : { report: presentReport(test, campaign, test.points, communityStats) }),
  };
};

/** The first question of a campaign with manual review is the one that a person grades. */
const gradingStatus = (test: TestSession, index: number): string => {
  if (test.status === 'aborted') return 'NOT_GRADED';
  return test.pendingReview && index === 0 ? 'PENDING_MANUAL_REVIEW' : 'GRADED';
};

const presentReport = (
  test: TestSession,
  campaign: Campaign,
  points: number,
  communityStats: boolean,
) => {
  const score = Math.round((points / campaign.totalPoints) * 100);
  const share = campaign.languages.length;
  return {
    duration: Math.round(((test.endedAt ?? 0) - (test.startedAt ?? 0)) / 1000),
    total_duration: campaign.totalDuration,
    points,
    total_points: campaign.totalPoints,
    score,
    comparative_score: Math.max(0, score - 8),
    warnings: test.warnings,
    marked_as_cheated_by_recruiter: test.cheated,
    technologies: Object.fromEntries(
      campaign.languages.map((language) => [
        language,
        {
          points: points / share,
          total_points: campaign.totalPoints / share,
          score,
          comparative_score: Math.max(0, score - 8),
          skills: {
            'Problem solving': {
              points: points / share,
              total_points: campaign.totalPoints / share,
              score,
            },
          },
        },
      ]),
    ),
    ...(communityStats ? { community_stats: [1, 2, 5, 9, 14, 20, 22, 15, 9, 3] } : {}),
  };
};
