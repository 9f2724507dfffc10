/** What stands outside for interviews, or is used there: effects, platforms, accounts, feedback forms. */
import type { AtsResult } from '#core/interview/scene.ts';
import type { Hub } from '#jobs/hub.ts';
import { codingOf, connectionsOfRole, platformsOf } from '#jobs/interview-scene.ts';
import { listAllChoices, type ChoiceRow } from '#store/choices.ts';
import type { Executor } from '#store/database.ts';
import { accountNames } from '#store/interview-about.ts';
import { thingsOfAll, type ThingRow } from '#store/interview-effects.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { presentChoice, presentThings } from './present/interview.ts';

/** Reads it for all of these interviews at once; what it gives tells it of each. */
export const outsideOf = async (
  hub: Hub,
  db: Executor,
  rows: readonly InterviewRow[],
) => {
  const platforms = platformsOf(hub, await connectionsOfRole(hub, db, 'coding'));
  const further = [...platforms.keys()];
  const all = await thingsOfAll(db, rows.map(({ id }) => id)); // prettier-ignore
  const accounts = new Set([
    ...further,
    ...rows.map(({ connection_id: id }) => id),
    ...all.flatMap(({ connection_id: id }) => id ?? []),
  ]);
  const names = accounts.size === 0 ? {} : await accountNames(db, [...accounts]);
  const forms = new Map<string, readonly ChoiceRow[]>();
  for (const { connection_id: id } of rows.filter((row) => askedBy(row).length > 0))
    if (!forms.has(id)) forms.set(id, await listAllChoices(db, id, 'feedback_form'));
  return (row: InterviewRow) => {
    const things = all.filter(({ interview_id: id }) => id === row.id);
    const own = new Set([...further, row.connection_id, ...things.flatMap(({ connection_id: id }) => id ?? [])]);
    return {
      coding: codingOf(row.plan.coding, platforms).map(presentChoice),
      effects: presentThings(things),
      accounts: Object.fromEntries(Object.entries(names).filter(([id]) => own.has(id))),
      feedback: feedbackOf(row, things, forms.get(row.connection_id) ?? []),
    };
  };
}; // prettier-ignore

const askedBy = ({ plan }: InterviewRow) =>
  plan.events.filter(({ feedbackFormId: form }) => form !== null);

/** Which form each event has, and where the ATS shows it once it knows of the event. */
const feedbackOf = (
  row: InterviewRow,
  things: readonly ThingRow[],
  forms: readonly ChoiceRow[],
) => {
  const shown = things
    .filter(({ kind, stands }) => kind === 'ats_interview' && stands !== null)
    .flatMap(({ result }) => (result as Partial<AtsResult> | null)?.events ?? []);
  return askedBy(row).map(({ id, feedbackFormId }) => ({
    eventId: id,
    form: forms.find((form) => form.remote_id === feedbackFormId)?.name ?? null,
    url: shown.find(({ key }) => key === id)?.feedbackUrl ?? null,
  }));
};
