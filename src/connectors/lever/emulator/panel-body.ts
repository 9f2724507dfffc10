/** What a request says of a panel or an interview, checked. Texts of refusals are [inferred]. */
import { badRequest } from './errors.ts';
import { instantOf, missing, requiredText, textOf, textsOf, type Body } from './request.ts';
import { feedbackReminders, noFeedback, type FeedbackReminder } from './vocabulary.ts';
import type { InterviewContent, PanelContent } from './panels.ts';
import type { InterviewerRecord, OpportunityRecord } from './state.ts';
import type { World } from './world.ts';

type Known = Pick<World['state'], 'users' | 'feedbackTemplates'>;

export const panelContent = (
  body: Body,
  opportunity: OpportunityRecord,
  known: Known,
): PanelContent => {
  const timezone = requiredText(body, 'timezone');
  if (!isTimeZone(timezone)) throw badRequest('timezone must be an IANA time zone');
  return {
    timezone,
    applications: applicationsOf(body, opportunity),
    note: textOf(body, 'note') ?? null,
    externalUrl: textOf(body, 'externalUrl') ?? null,
    feedbackReminder: reminderOf(body),
    interviews: objectsIn(body, 'interviews').map((one) => {
      const id = textOf(one, 'id');
      return { ...interviewContent(one, known), ...(id === undefined ? {} : { id }) };
    }),
  };
};

export const interviewContent = (body: Body, known: Known): InterviewContent => {
  const date = instantOf(body, 'date');
  if (date === undefined) throw missing('date');
  return {
    subject: textOf(body, 'subject') ?? null,
    note: textOf(body, 'note') ?? null,
    location: textOf(body, 'location') ?? null,
    interviewers: objectsIn(body, 'interviewers').map((one) => interviewerOf(one, known)),
    date,
    duration: durationOf(body),
    feedbackTemplate: templateOf(body, known),
    feedbackReminder: reminderOf(body),
  };
};

/** Other keys than these two are ignored. [doc] */
const interviewerOf = (body: Body, known: Known): InterviewerRecord => {
  const id = requiredText(body, 'id');
  const user = known.users.find((one) => one.id === id);
  if (!user || user.deactivatedAt !== null)
    throw badRequest(`interviewers names ${id}, who is no active user`);
  return { id, feedbackTemplate: templateOf(body, known) };
};

const templateOf = (body: Body, { feedbackTemplates }: Known): string | null => {
  const id = textOf(body, 'feedbackTemplate');
  if (id === undefined || id === noFeedback) return null;
  if (!feedbackTemplates.some((one) => one.id === id))
    throw badRequest(`feedbackTemplate ${id} does not exist`);
  return id;
};

/** Left out, these are the active applications; an empty array is refused. [doc] */
const applicationsOf = (body: Body, { application, archived }: OpportunityRecord): string[] => {
  const given = textsOf(body, 'applications');
  if (!given) return application && !archived ? [application.id] : [];
  if (given.length === 0) throw badRequest('applications must not be empty');
  const unknown = given.find((id) => id !== application?.id);
  if (unknown !== undefined) throw badRequest(`application ${unknown} does not exist`);
  return given;
};

/** [doc][live] `daily`, where nothing was said. */
const reminderOf = (body: Body): FeedbackReminder => {
  const text = textOf(body, 'feedbackReminder') ?? 'daily';
  const reminder = feedbackReminders.find((one) => one === text);
  if (!reminder) throw badRequest(`feedbackReminder ${text} does not exist`);
  return reminder;
};

const durationOf = (body: Body): number => {
  const value = body['duration'];
  if (value === undefined || value === null || value === '') throw missing('duration');
  const minutes = Number(value);
  if (!Number.isInteger(minutes) || minutes < 1)
    throw badRequest('duration must be a number of minutes, at least 1');
  return minutes;
};

const objectsIn = (body: Body, name: string): Body[] => {
  const list = body[name];
  if (!Array.isArray(list) || list.length === 0) throw missing(name);
  return (list as unknown[]).map((one) => {
    if (typeof one !== 'object' || one === null) throw badRequest(`${name} must hold objects`);
    return one as Body;
  });
};

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
};
