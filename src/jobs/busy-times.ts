/** When people are taken, as their own calendars tell. A calendar that cannot be read is null. */
import { ConnectorError, type BusyInterval } from '#connectors/contract.ts';
import { LoopwrightError } from '#core/errors.ts';
import type { Plan } from '#core/interview/model.ts';
import { findConnection } from '#store/connections.ts';
import { busySourcesOf } from '#store/people.ts';
import type { Hub } from './hub.ts';

/** Null where any of a person's calendars is unknown; nobody is free by accident. */
export type BusyByPerson = ReadonlyMap<string, readonly BusyInterval[] | null>;

export const readBusy = async (
  hub: Hub,
  people: ReadonlyArray<{ id: string; zone: string }>,
  span: { start: number; end: number },
): Promise<BusyByPerson> => {
  const sources = await busySourcesOf(
    hub.db,
    people.map(({ id }) => id),
  );
  const entries = await Promise.all(
    people.map(async ({ id, zone }) => {
      const own = sources.filter(({ personId }) => personId === id);
      const read = await Promise.all(
        own.map(({ connectionId }) => readOne(hub, connectionId, { ...span, zone })),
      );
      const known = read.filter((one) => one !== null);
      return [id, known.length === own.length ? known.flat() : null] as const;
    }),
  );
  return new Map(entries);
};

/** A calendar that is read has the invites of this interview in it: they do not stand in its own way. */
export const withoutOwn = (busy: BusyByPerson, plan: Plan | null): BusyByPerson => {
  const own = new Set(
    (plan?.events ?? []).flatMap(({ start, end, seats }) =>
      seats.map(({ personId }) => `${personId} ${String(start)} ${String(end)}`),
    ),
  );
  return new Map(
    [...busy].map(([id, spans]) => [
      id,
      spans?.filter(({ start, end }) => !own.has(`${id} ${String(start)} ${String(end)}`)) ?? null,
    ]),
  );
};

const readOne = async (
  hub: Hub,
  connectionId: string,
  request: { start: number; end: number; zone: string },
): Promise<BusyInterval[] | null> => {
  const { busy, why } = await askCalendar(hub, connectionId, request);
  if (why !== null) hub.log.warn({ connection: connectionId }, why);
  return busy;
};

export type CalendarAnswer = { busy: BusyInterval[]; why: null } | { busy: null; why: string };

/** What one calendar tells; or why it cannot be known. */
export const askCalendar = async (
  hub: Hub,
  connectionId: string,
  request: { start: number; end: number; zone: string },
): Promise<CalendarAnswer> => {
  try {
    const connection = await findConnection(hub.db, connectionId);
    if (connection.state !== 'active')
      return {
        busy: null,
        why: `calendar: the connection ${connection.name} is paused. Resume it under Settings, Company.`,
      };
    const { busy } = await hub.open(connection);
    return busy
      ? { busy: await busy.freeBusy(request), why: null }
      : { busy: null, why: `calendar: ${connection.name} tells no busy times. Choose another.` };
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return { busy: null, why: thrown.message };
    if (thrown instanceof LoopwrightError && thrown.status === 404)
      return {
        busy: null,
        why: 'calendar: its connection was removed. Save the person without it, or give another.',
      };
    throw thrown;
  }
};
