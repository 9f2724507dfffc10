/** One interview with all that the API tells of it. */
import type { Foreseen } from '#jobs/foresee-change.ts';
import type { Hub } from '#jobs/hub.ts';
import { mailServer } from '#jobs/interview-scene.ts';
import type { Executor } from '#store/database.ts';
import { listAllChoices } from '#store/choices.ts';
import { aboutInterviews, accountNames } from '#store/interview-about.ts';
import { thingsOf, type ThingRow } from '#store/interview-effects.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { rsvpsOf } from '#store/invites.ts';
import type { AtsResult } from '#core/interview/scene.ts';
import { presentInterview, presentThings } from './present/interview.ts';

export const showInterview = async (
  hub: Hub,
  db: Executor,
  row: InterviewRow,
  foreseen: Foreseen | null = null,
) => {
  const server = await mailServer(hub, db);
  const about = await aboutInterviews(db, [row.id]);
  const things = await thingsOf(db, row.id);
  return {
    ...presentInterview(row, about.get(row.id), await rsvpsOf(db, [row.id]), hub.tracksReplies),
    foreseen,
    texts: row.plan.texts,
    effects: presentThings(things),
    accounts: await accountNames(db, accountsOf(row, things)),
    feedback: await feedbackOf(db, row, things),
    mail:
      server === null
        ? 'No mail server is connected: messages are kept in the outbox and nothing is sent.'
        : `Sent by ${server.name}.`,
  };
};

const accountsOf = (row: InterviewRow, things: readonly ThingRow[]): string[] => [
  row.connection_id,
  ...row.plan.coding.map(({ connectionId }) => connectionId),
  ...things.flatMap(({ connection_id: id }) => id ?? []),
];

/** Which form each event has, and where the ATS shows it once it knows of the event. */
const feedbackOf = async (db: Executor, row: InterviewRow, things: readonly ThingRow[]) => {
  const asked = row.plan.events.filter(({ feedbackFormId: form }) => form !== null);
  if (asked.length === 0) return [];
  const forms = await listAllChoices(db, row.connection_id, 'feedback_form');
  const shown = things
    .filter(({ kind, stands }) => kind === 'ats_interview' && stands !== null)
    .flatMap(({ result }) => (result as Partial<AtsResult> | null)?.events ?? []);
  return asked.map(({ id, feedbackFormId }) => ({
    eventId: id,
    form: forms.find((form) => form.remote_id === feedbackFormId)?.name ?? null,
    url: shown.find(({ key }) => key === id)?.feedbackUrl ?? null,
  }));
};
