/** What can happen in an emulated account: both the API and the pages act through this. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import type { WebhookSender } from '#connectors/emulator-webhooks.ts';
import { seededText } from '#connectors/emulator-data.ts';
import { invitationMail, resultMail, sendMail } from './mail.ts';
import { newKey, nextRandom, type Campaign, type State, type TestSession } from './state.ts';

/** A refusal in the vendor's own shape. */
export interface Problem {
  status: 400 | 401 | 404;
  code: string;
  message: string;
}

export const problem = (status: Problem['status'], code: string, message: string): Problem => ({
  status,
  code,
  message,
});

export interface Invitation {
  name: string | null;
  email: string | null;
  recruiterEmail: string | null;
  tags: string[];
  /** Undefined: mail when there is an address [code]. */
  sendMail: boolean | undefined;
  notifyBounce: boolean;
  /** Undefined: the vendor allows duplicates [code]. */
  allowDuplicates: boolean | undefined;
}

export type Account = ReturnType<typeof createAccount>;

export const createAccount = (setup: {
  options: EmulatorOptions;
  state: State;
  webhooks: WebhookSender;
}) => {
  const { options, state, webhooks } = setup;

  const campaignOf = (test: TestSession): Campaign | undefined =>
    state.campaigns.find((one) => one.id === test.campaignId);

  const testUrl = (test: TestSession): string => `${options.origin}/t/${test.token}`;
  const reportUrl = (test: TestSession): string => `${options.origin}/tests/${String(test.id)}`;

  const touch = (test: TestSession): void => {
    test.lastActivityAt = options.now();
    options.changed();
  };

  /**
   * The vendor's body, events and signature are not known to us. This shape is our own: only the
   * fact that something arrives may be relied upon [inferred].
   */
  const announce = (test: TestSession, event: string): void => {
    if (state.webhookUrl === null || !state.webhookSends) return;
    // Nothing is signed, so what a forger can do is to send news of a test that is not there.
    const bodyOf = (id: number): string =>
      JSON.stringify({ event, id, id_test: id, campaign_id: test.campaignId, status: test.status });
    webhooks.send({
      id: seededText(nextRandom(options.seed, state), 16, '0123456789abcdef'),
      hookId: 'account',
      url: state.webhookUrl,
      event,
      build: (_, forge) => ({ headers: {}, body: bodyOf(forge ? test.id + 1_000_000 : test.id) }),
    });
  };

  const mailInvitation = (test: TestSession, notifyBounce: boolean): void => {
    const campaign = campaignOf(test);
    if (!campaign || test.candidateEmail === null) return;
    sendMail(options, invitationMail(test, campaign, testUrl(test)), {
      bounceTo: notifyBounce ? test.recruiterEmail : null,
    });
  };

  const end = (test: TestSession, status: 'completed' | 'aborted', percent: number): void => {
    const campaign = campaignOf(test);
    test.status = status;
    test.endedAt = options.now();
    test.points = Math.round(((campaign?.totalPoints ?? 100) * percent) / 100);
    test.approval = 'TO_REVIEW';
    test.pendingReview = status === 'completed' && campaign?.manualReview === true;
    touch(test);
    announce(test, `test_${status}`);
    if (test.recruiterEmail !== null && campaign)
      sendMail(options, resultMail(test, campaign, reportUrl(test)), { bounceTo: null });
  };

  return {
    state,
    campaignOf,
    testUrl,
    reportUrl,

    invite(campaignId: number, invitation: Invitation): TestSession | Problem {
      // Whether an archived campaign still sends is not documented; refusing is the safer guess.
      const campaign = state.campaigns.find((one) => one.id === campaignId && !one.archived);
      if (!campaign) return problem(400, 'InvalidCampaignId', 'No such campaign');
      const { name, email } = invitation;
      if (name !== null && name.length > 100)
        return problem(400, 'CandidateNameTooLong', 'Candidate name exceeds 100 characters');
      if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email))
        return problem(400, 'InvalidParameter', 'candidate_email is not an address');
      if (invitation.sendMail === true && email === null)
        return problem(400, 'InvalidParameter', 'send_invitation_email needs candidate_email');
      const duplicate = state.tests.some(
        (one) =>
          one.campaignId === campaignId &&
          one.status === 'waiting' &&
          email !== null &&
          one.candidateEmail?.toLowerCase() === email.toLowerCase(),
      );
      // The vendor's code for it is not known [inferred].
      if (duplicate && invitation.allowDuplicates === false)
        return problem(400, 'DuplicateInvitation', 'This candidate was already invited');
      const random = nextRandom(options.seed, state);
      const test: TestSession = {
        id: state.nextTestId,
        campaignId,
        token: seededText(random, 32, '0123456789abcdef'),
        status: 'waiting',
        candidateName: name,
        candidateEmail: email,
        recruiterEmail: invitation.recruiterEmail,
        tags: invitation.tags,
        sentAt: options.now(),
        startedAt: null,
        endedAt: null,
        lastActivityAt: options.now(),
        answer: '',
        points: null,
        approval: 'TO_REVIEW',
        cheated: false,
        warnings: [],
        pendingReview: false,
      };
      state.nextTestId += 1;
      state.tests.push(test);
      options.changed();
      if (invitation.sendMail !== false) mailInvitation(test, invitation.notifyBounce);
      return test;
    },

    find(id: number): TestSession | Problem {
      return (
        state.tests.find((one) => one.id === id) ?? problem(404, 'NotFoundTestId', 'No such test')
      );
    },

    byToken: (token: string): TestSession | undefined =>
      state.tests.find((one) => one.token === token),

    cancel(test: TestSession): Problem | null {
      if (test.status !== 'waiting')
        return problem(400, 'InvalidTestId', 'Only a waiting test can be cancelled');
      test.status = 'cancelled';
      touch(test);
      return null;
    },

    resend(test: TestSession): Problem | null {
      if (test.status !== 'waiting')
        return problem(400, 'InvalidTestId', 'Only a waiting test can be sent again');
      mailInvitation(test, false);
      return null;
    },

    remove(test: TestSession): void {
      state.tests.splice(state.tests.indexOf(test), 1);
      options.changed();
    },

    start(test: TestSession): boolean {
      if (test.status !== 'waiting') return false;
      test.status = 'in_progress';
      test.startedAt = options.now();
      touch(test);
      announce(test, 'test_started');
      return true;
    },

    answer(test: TestSession, text: string): boolean {
      if (test.status !== 'in_progress') return false;
      test.answer = text;
      touch(test);
      return true;
    },

    finish(test: TestSession, percent: number): boolean {
      if (test.status !== 'in_progress') return false;
      end(test, 'completed', percent);
      return true;
    },

    abort(test: TestSession): boolean {
      if (test.status !== 'in_progress') return false;
      end(test, 'aborted', 0);
      return true;
    },

    /** A recruiter's correction; a pending manual review is over with it. */
    grade(
      test: TestSession,
      grading: { percent: number; approval: string; cheated: boolean; warnings: string[] },
    ): boolean {
      if (test.endedAt === null) return false;
      const total = campaignOf(test)?.totalPoints ?? 100;
      test.points = Math.round((total * grading.percent) / 100);
      test.approval = grading.approval;
      test.cheated = grading.cheated;
      test.warnings = grading.warnings;
      test.pendingReview = false;
      touch(test);
      announce(test, 'test_graded');
      return true;
    },

    setMail(campaign: Campaign, subject: string, text: string): void {
      campaign.mailSubject = subject;
      campaign.mailText = text;
      options.changed();
    },

    setArchived(campaign: Campaign, archived: boolean): void {
      campaign.archived = archived;
      options.changed();
    },

    setWebhook(url: string | null): Problem | null {
      if (url !== null && !acceptable(url, options.allowHttpLoopback))
        return problem(400, 'InvalidParameter', 'The webhook must be an https address');
      state.webhookUrl = url;
      options.changed();
      return null;
    },

    setWebhookSends(sends: boolean): void {
      state.webhookSends = sends;
      options.changed();
    },

    generateKey(): void {
      state.key = newKey(nextRandom(options.seed, state));
      options.changed();
    },

    revokeKey(): void {
      state.key = null;
      options.changed();
    },
  };
};

/** Clients of this API insist on https [code]; the vendor's own rule is not documented. */
const acceptable = (url: string, httpLoopback: boolean): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return true;
  return (
    httpLoopback && protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  );
};
