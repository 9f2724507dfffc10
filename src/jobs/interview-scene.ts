/** What of the connections decides what should exist outside for interviews: platforms, and the sender. */
import type { Party } from '#core/calendar/invite.ts';
import type { Company } from '#core/interview/layers.ts';
import type { CodingChoice } from '#core/interview/model.ts';
import type { PlatformFacts } from '#core/interview/scene.ts';
import { createRegistry, type Registry } from '#core/template/variables.ts';
import type { Connector } from '#connectors/contract.ts';
import { connectionsWith, type ConnectionRow } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { capabilitiesOf, connectorOf, type Hub } from './hub.ts';

/** Connections whose connector plays this role, oldest first. */
export const connectionsOfRole = (
  hub: Hub,
  db: Executor,
  role: Connector['role'],
): Promise<ConnectionRow[]> =>
  connectionsWith(
    db,
    [...hub.connectors.values()].flatMap((one) => (one.role === role ? [one.id] : [])),
  );

/** Connected coding platforms by connection, as variables name them. */
export const platformsOf = (
  hub: Hub,
  connections: readonly ConnectionRow[],
): ReadonlyMap<string, PlatformFacts> =>
  new Map(
    connections.flatMap((row): Array<[string, PlatformFacts]> => {
      const connector = connectorOf(hub, row);
      if (connector.role !== 'coding') return [];
      const { liveSessions, assessments } = capabilitiesOf(hub, row);
      const facts = {
        platform: connector.name,
        live: liveSessions !== undefined,
        tests: assessments !== undefined,
        linkLifetime: liveSessions?.linkLifetime ?? null,
      };
      return [[row.id, facts]];
    }),
  );

/**
 * Chosen templates and tests, and every other connected platform without a choice: also those that
 * were connected after the plan was made.
 */
export const codingOf = (
  chosen: readonly CodingChoice[],
  platforms: ReadonlyMap<string, PlatformFacts>,
): CodingChoice[] => [
  ...chosen.filter(({ connectionId }) => platforms.has(connectionId)),
  ...[...platforms].flatMap(([connectionId, { platform }]) =>
    chosen.some((one) => one.connectionId === connectionId)
      ? []
      : [{ connectionId, platform, kind: null, id: null, name: null }],
  ),
];

/** The variables of this hub, with those of its connected platforms. */
export const registryOf = (platforms: ReadonlyMap<string, PlatformFacts>): Registry => {
  const byName = new Map([...platforms.values()].map((one) => [one.platform, one]));
  return createRegistry([...byName.values()]);
};

/** The mail server that the company's mail leaves by; null: the outbox keeps it. */
export const mailServer = async (hub: Hub, db: Executor): Promise<ConnectionRow | null> =>
  (await connectionsOfRole(hub, db, 'mail'))[0] ?? null;

/** Whom the hub's mails come from. `last`: whose an interview's invites are, while there is no server. */
export const organizerOf = (company: Company, server: ConnectionRow | null, last?: string): Party => {
  const address = server?.settings['fromAddress'];
  const name = server?.settings['fromName'];
  if (typeof address === 'string')
    return { name: typeof name === 'string' ? name : company.name, address };
  if (last !== undefined) return { name: company.name, address: last };
  // Nothing leaves the hub then; the reserved name says so to whoever reads it in the outbox.
  return company.organizer ?? { name: company.name, address: 'interviews@loopwright.invalid' };
}; // prettier-ignore
