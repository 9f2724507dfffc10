/** Panels, interviews and feedback forms as Lever's JSON, in the key order of recorded answers. */
import { noFeedback } from './vocabulary.ts';
import type { Json } from './present.ts';
import type { FeedbackTemplateRecord, InterviewRecord, PanelRecord } from './state.ts';
import type { World } from './world.ts';

type Users = Pick<World['state'], 'users'>;

const userOf = ({ users }: Users, id: string): { email: string | null; name: string | null } => {
  const user = users.find((one) => one.id === id);
  return { email: user?.email ?? null, name: user?.name ?? null };
};

export const startOf = ({ interviews }: PanelRecord): number =>
  Math.min(...interviews.map(({ date }) => date));

export const endOf = ({ interviews }: PanelRecord): number =>
  Math.max(...interviews.map(({ date, duration }) => date + duration * 60_000));

/** [live] Where no form was chosen, a write answers the sentinel, and a read may answer null. */
export const presentPanel = (
  panel: PanelRecord,
  users: Users,
  answering: 'read' | 'write' = 'read',
): Json => ({
  id: panel.id,
  applications: panel.applications,
  canceledAt: panel.canceledAt,
  createdAt: panel.createdAt,
  end: endOf(panel),
  externallyManaged: panel.externallyManaged,
  externalUrl: panel.externalUrl,
  feedbackReminder: panel.feedbackReminder,
  interviews: panel.interviews.map((one) => ({
    id: one.id,
    date: one.date,
    duration: one.duration,
    feedbackReminder: one.feedbackReminder,
    feedbackTemplate: one.feedbackTemplate ?? (answering === 'write' ? noFeedback : null),
    interviewers: one.interviewers.map(({ id, feedbackTemplate }) => ({
      id,
      ...userOf(users, id),
      responseStatus: 'needsAction',
      feedbackTemplate: feedbackTemplate ?? noFeedback,
    })),
    location: one.location,
    note: one.note,
    subject: one.subject,
  })),
  note: panel.note,
  stage: panel.stage,
  start: startOf(panel),
  timezone: panel.timezone,
  user: panel.user,
});

/** [live] `opportunityId` and `gcalEventUrl` are not in the documentation. */
export const presentInterview = (
  panel: PanelRecord,
  interview: InterviewRecord,
  { state, index }: World,
): Json => {
  const opportunity = index.opportunities.get(panel.opportunity);
  const posting = opportunity && index.postingOf(opportunity);
  return {
    id: interview.id,
    panel: panel.id,
    subject: interview.subject,
    note: interview.note,
    interviewers: interview.interviewers.map(({ id, feedbackTemplate }) => ({
      id,
      ...userOf(state, id),
      feedbackTemplate: feedbackTemplate ?? noFeedback,
    })),
    timezone: panel.timezone,
    createdAt: interview.createdAt,
    date: interview.date,
    duration: interview.duration,
    location: interview.location,
    feedbackTemplate: interview.feedbackTemplate,
    feedbackForms: [],
    feedbackReminder: interview.feedbackReminder,
    user: interview.user,
    stage: interview.stage,
    canceledAt: interview.canceledAt,
    postings: posting ? [posting.id] : [],
    gcalEventUrl: null,
    opportunityId: panel.opportunity,
  };
};

export const presentFeedbackTemplate = (template: FeedbackTemplateRecord): Json => ({
  id: template.id,
  text: template.text,
  group: null,
  instructions: template.instructions,
  fields: template.fields,
  createdAt: template.createdAt,
  stage: null,
  updatedAt: template.updatedAt,
});
