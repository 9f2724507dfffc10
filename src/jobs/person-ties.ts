/** What a person is tied to: users of the ATSs, pools, templates and interviews to come. */
import { parsePool, matches } from '#core/people/pool.ts';
import { upcomingBookings } from '#store/bookings.ts';
import { listAllChoices } from '#store/choices.ts';
import { listConnections } from '#store/connections.ts';
import type { PersonRow } from '#store/people.ts';
import { listPools } from '#store/pools.ts';
import { listTemplates } from '#store/templates.ts';
import { capabilitiesOf, type Hub } from './hub.ts';

const most = 1_000;

export interface Ties {
  /** One for each ATS that takes interviews; without a user there, it takes none of this person. */
  atsUsers: Array<{ connectionId: string; name: string; userId: string | null }>;
  pools: Array<{ id: string; name: string }>;
  templates: Array<{ id: string; name: string }>;
  interviews: Array<{ id: string; start: number }>;
}

export const tiesOf = async (hub: Hub, row: PersonRow): Promise<Ties> => {
  const pools = await listPools(hub.db, { after: null, limit: most });
  const templates = await listTemplates(hub.db, { after: null, limit: most });
  const bookings = await upcomingBookings(hub.db, row.id, hub.now());
  const first = new Map<string, number>();
  for (const { interview_id: id, starts_at: start } of bookings)
    if (!first.has(id)) first.set(id, start);
  return {
    atsUsers: row.kind === 'room' ? [] : await atsUsersOf(hub, row.email),
    pools: pools
      .filter(({ expression }) => row.active && matches(parsePool(expression), row.tags))
      .map(({ id, name }) => ({ id, name })),
    templates: templates
      .filter(({ layer }) =>
        (layer.events ?? []).some(({ seats }) =>
          seats.some(({ from }) => from.kind === 'people' && from.personIds.includes(row.id)),
        ),
      )
      .map(({ id, name }) => ({ id, name })),
    interviews: [...first].map(([id, start]) => ({ id, start })),
  };
};

/** As scheduling does it: the ATS's user is the one with the same address. */
const atsUsersOf = async (hub: Hub, email: string): Promise<Ties['atsUsers']> => {
  const connections = await listConnections(hub.db, { after: null, limit: most });
  const found: Ties['atsUsers'] = [];
  for (const connection of connections) {
    if (capabilitiesOf(hub, connection).ats?.interviews === undefined) continue;
    const users = await listAllChoices(hub.db, connection.id, 'user');
    const user = users.find(
      ({ detail }) =>
        detail.active !== false && (detail.email ?? '').toLowerCase() === email.toLowerCase(),
    );
    found.push({
      connectionId: connection.id,
      name: connection.name,
      userId: user?.remote_id ?? null,
    });
  }
  return found;
};
