/** Looks at settings before, and instead of, storing them: their shape, and what the vendor says of them. */
import { invalid, LoopwrightError } from '#core/errors.ts';
import {
  ConnectorError,
  type Ats,
  type Connector,
  type Verification,
} from '#connectors/contract.ts';
import { hostFields, notChosenYet, secretFields } from '#connectors/settings.ts';
import type { ConnectionRow } from '#store/connections.ts';
import type { Settings } from '#store/schema.ts';
import type { Hub } from './hub.ts';

export interface Draft {
  connector: string;
  settings: Record<string, unknown>;
}

/** Splits settings into what is kept in the open and what goes to the vault; refuses bad ones. */
export const parseSettings = (
  connector: Connector,
  input: Record<string, unknown>,
): { settings: Settings; secrets: Record<string, string> } => {
  const unknown = Object.keys(input).find((name) => !(name in connector.settings.shape));
  if (unknown !== undefined) {
    throw invalid(
      'settings_invalid',
      `${connector.id}: there is no setting named ${unknown}. Known are: ${Object.keys(connector.settings.shape).join(', ')}.`,
      `settings.${unknown}`,
    );
  }
  const parsed = connector.settings.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    throw invalid(
      'settings_invalid',
      `${connector.id}: the setting ${field} is not right. ${(issue?.message ?? '').replace(/\.?$/, '.')}`,
      `settings.${field}`,
    );
  }
  const secretNames = secretFields(connector.settings);
  const settings: Settings = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed.data)) {
    if (typeof value === 'string' && secretNames.includes(name)) secrets[name] = value;
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      settings[name] = value;
  }
  return { settings, secrets };
};

export interface DraftReport {
  verification: Verification;
  /** Lists to choose settings from, by settings field (`performAs`: the account's users). */
  choices: Record<string, Array<{ id: string; name: string }>>;
}

export const knownConnector = (hub: Hub, id: string): Connector => {
  const connector = hub.connectors.get(id);
  if (connector) return connector;
  throw invalid(
    'connector_unknown',
    `connection: there is no connector named ${id}. Known are: ${[...hub.connectors.keys()].join(', ')}.`,
    'connector',
  );
};

/**
 * Tests settings without storing anything. Fields that are chosen from the account's own lists may
 * still be empty; their lists come back.
 */
export const testDraft = async (hub: Hub, draft: Draft): Promise<DraftReport> => {
  const connector = knownConnector(hub, draft.connector);
  const chosen = choiceFields(connector).filter((name) => !draft.settings[name]);
  const filled = Object.fromEntries(chosen.map((name) => [name, notChosenYet]));
  const { settings, secrets } = parseSettings(connector, { ...draft.settings, ...filled });
  const link = hub.link({ connector, settings, secrets });
  const verification = await verifyOrExplain(hub, connector, settings, secrets);
  const vendor = connector.connect(link);
  const choices: DraftReport['choices'] = {};
  for (const name of choiceFields(connector)) {
    if (vendor.ats) choices[name] = await usersOf(vendor.ats);
  }
  return { verification, choices };
};

/** A key that may not read them: the verification names the permission that is missing. */
export const usersOf = async (ats: Ats): Promise<Array<{ id: string; name: string }>> => {
  try {
    return (await ats.users()).map(({ id, name }) => ({ id, name }));
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'forbidden') return [];
    throw thrown;
  }
};

/** Settings whose value is picked from the account's users. */
export const choiceFields = (connector: Connector): string[] =>
  Object.entries(connector.settings.shape).flatMap(([name, field]) => {
    const meta = (field as { meta(): { choices?: string } | undefined }).meta();
    return meta?.choices === 'users' ? [name] : [];
  });

/** A 401 may be a key of another region: the vendor's other known hosts are asked before giving up. */
export const verifyOrExplain = async (
  hub: Hub,
  connector: Connector,
  settings: Settings,
  secrets: Record<string, string>,
  connection?: ConnectionRow,
): Promise<Verification> => {
  const attempt = (tried: Settings): Promise<Verification> =>
    connector.verify(
      hub.link({ connector, settings: tried, secrets, ...(connection ? { connection } : {}) }),
    );
  try {
    return await attempt(settings);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.kind !== 'unauthorized') throw thrown;
    for (const host of connector.hosts) {
      const isOther = hostFields(connector.settings).some(
        (name) => name in host.settings && host.settings[name] !== settings[name],
      );
      if (!isOther) continue;
      const elsewhere = await attempt({ ...settings, ...host.settings }).catch(() => null);
      if (elsewhere) {
        throw new LoopwrightError(
          'key_of_another_region',
          422,
          `${connector.id}: the key is not good here, but it is at ${host.name}. Choose ${host.name} as the host.`,
          'settings.apiBase',
        );
      }
    }
    throw thrown;
  }
};
