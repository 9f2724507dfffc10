/** Where a person's busy times are read: whether they can be, and a calendar by its secret address. */
import { ConnectorError } from '#connectors/contract.ts';
import { invalid, LoopwrightError } from '#core/errors.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import {
  busySourcesOf,
  countChange,
  isSharedSource,
  lockPerson,
  setBusySources,
  type PersonRow,
} from '#store/people.ts';
import { createConnection, disconnect } from './accounts.ts';
import { askCalendar } from './busy-times.ts';
import type { Hub } from './hub.ts';

const week = 7 * 24 * 3_600_000;
/** The connector of calendars that are read by an address of their own. */
const feed = 'ics-feed';

export interface CalendarState {
  connectionId: string;
  /** Busy times in the week to come; null: it cannot be read, which is not the same as free. */
  busy: number | null;
  text: string | null;
}

/** Reads every calendar of a person now. */
export const testCalendars = async (hub: Hub, row: PersonRow): Promise<CalendarState[]> => {
  const sources = await busySourcesOf(hub.db, [row.id]);
  const start = hub.now();
  return Promise.all(
    sources.map(async ({ connectionId }) => {
      const span = { start, end: start + week, zone: row.zone };
      const { busy, why } = await askCalendar(hub, connectionId, span);
      return { connectionId, busy: busy?.length ?? null, text: why };
    }),
  );
};

/**
 * Tests the address and takes it in place of the one before. What others are read from, too, stays.
 * Throws what testing finds; whatever it is, it is about the field `url`.
 */
export const setSecretCalendar = async (
  hub: Hub,
  row: PersonRow,
  url: string,
  actor: Actor,
): Promise<void> => {
  const settings = { url };
  const draft = { connector: feed, name: `Calendar of ${row.name}`.slice(0, 200), settings };
  const made = await createConnection(
    hub,
    { ...draft, requestsPerSecond: null, scheduleLink: false },
    actor,
  ).catch((thrown: unknown) => {
    if (thrown instanceof LoopwrightError)
      throw new LoopwrightError(thrown.code, thrown.status, thrown.message, 'url');
    if (thrown instanceof ConnectorError)
      throw invalid('calendar_unreadable', thrown.message, 'url');
    throw thrown;
  });
  const before = (await busySourcesOf(hub.db, [row.id])).map(({ connectionId }) => connectionId);
  const replaced: string[] = [];
  for (const id of before)
    if ((await isFeed(hub, id)) && !(await isSharedSource(hub.db, id, row.id))) replaced.push(id);
  await inTransaction(hub.db, async (tx) => {
    await lockPerson(tx, row.id);
    const now = (await busySourcesOf(tx, [row.id])).map(({ connectionId }) => connectionId);
    const kept = now.filter((id) => !replaced.includes(id));
    await setBusySources(tx, row.id, [...kept, made.id]);
    await countChange(tx, row.id);
    await insertAudit(tx, actor, 'person.calendar', row.id, { connection: made.id });
  });
  for (const id of replaced) await disconnect(hub, id, actor);
};

const isFeed = async (hub: Hub, id: string): Promise<boolean> =>
  findConnection(hub.db, id).then(
    ({ connector }) => connector === feed,
    // Removed already: nothing to disconnect.
    () => false,
  );
