/** Connecting an account: draft, test, create, change, pause, resume, remove. */
import { invalid, LoopwrightError } from '#core/errors.ts';
import {
  ConnectorError,
  type Ats,
  type Capabilities,
  type Connector,
  type OAuthTokens,
  type Verification,
} from '#connectors/contract.ts';
import { hostFields, notChosenYet, secretFields } from '#connectors/settings.ts';
import {
  findConnection,
  insertConnection,
  markRemoved,
  resumeConnection,
  setSweepDue,
  updateConnection,
  updateVerification,
  type ConnectionRow,
} from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { tokensName } from '#store/oauth-tokens.ts';
import { restartRules } from '#store/rules.ts';
import type { Settings } from '#store/schema.ts';
import { deleteSecrets, listSecrets, putSecret } from '#store/vault.ts';
import { connectorOf, type Hub } from './hub.ts';
import { wakeConnection } from './wake-connection.ts';
import { refreshChoices } from './refresh-choices.ts';
import { subscribeWebhooks, unsubscribeWebhooks, withWebhooks } from './subscribe-webhooks.ts';

export interface Draft {
  connector: string;
  settings: Record<string, unknown>;
}

/** Splits settings into what is kept in the open and what goes to the vault; refuses bad ones. */
const parseSettings = (
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

const knownConnector = (hub: Hub, id: string): Connector => {
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
const usersOf = async (ats: Ats): Promise<Array<{ id: string; name: string }>> => {
  try {
    return (await ats.users()).map(({ id, name }) => ({ id, name }));
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'forbidden') return [];
    throw thrown;
  }
};

/** Settings whose value is picked from the account's users. */
const choiceFields = (connector: Connector): string[] =>
  Object.entries(connector.settings.shape).flatMap(([name, field]) => {
    const meta = (field as { meta(): { choices?: string } | undefined }).meta();
    return meta?.choices === 'users' ? [name] : [];
  });

/** A 401 may be a key of another region: the vendor's other known hosts are asked before giving up. */
const verifyOrExplain = async (
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

export interface NewConnection extends Draft {
  name: string;
  requestsPerSecond: number | null;
  /** Present when the account was connected by OAuth. */
  tokens?: OAuthTokens;
}

/** Tests, stores, subscribes the webhooks and reads the lists. Nothing is stored when the test fails. */
export const createConnection = async (hub: Hub, input: NewConnection): Promise<ConnectionRow> => {
  const connector = knownConnector(hub, input.connector);
  const { settings, secrets } = parseSettings(connector, input.settings);
  if (input.tokens) secrets[tokensName] = JSON.stringify(input.tokens);
  const verification = await verifyOrExplain(hub, connector, settings, secrets);
  const row = await inTransaction(hub.db, async (tx) => {
    const { requestsPerSecond, name } = input;
    const inserted = await insertConnection(tx, {
      connector: connector.id,
      name,
      settings,
      requestsPerSecond,
    });
    for (const [secret, value] of Object.entries(secrets))
      await putSecret(tx, hub.vault, inserted.id, secret, value);
    await updateVerification(tx, inserted.id, verification);
    // Should this process die before the webhooks stand, a sweep finishes the job.
    await setSweepDue(tx, inserted.id, hub.now() + 60_000);
    return inserted;
  });
  await settleIn(hub, row);
  return findConnection(hub.db, row.id);
};

/** What a connection needs besides its row: webhooks, lists, and the place where sweeps begin. */
const settleIn = async (hub: Hub, row: ConnectionRow): Promise<void> => {
  const vendor = await hub.open(row);
  await subscribeWebhooks(hub, row, vendor);
  await refreshChoices(hub, { connectionId: row.id }).catch((thrown: unknown) => {
    // The lists are read again by the sweep; a slow vendor must not undo the connection.
    if (!(thrown instanceof ConnectorError)) throw thrown;
  });
  await hub.queue.send(hub.db, 'sweep', { connectionId: row.id });
};

/** The "Test connection" button of a stored connection. */
export const testConnection = async (hub: Hub, id: string): Promise<Verification> => {
  const row = await findConnection(hub.db, id);
  const secrets = await listSecrets(hub.db, hub.vault, id);
  const verification = await verifyOrExplain(
    hub,
    connectorOf(hub, row),
    row.settings,
    secrets,
    row,
  );
  await updateVerification(hub.db, id, verification);
  return verification;
};

/** Secrets that are not given stay as they are. The new settings are tested before they are stored. */
export const changeConnection = async (
  hub: Hub,
  id: string,
  change: {
    name?: string | undefined;
    settings?: Record<string, unknown> | undefined;
    requestsPerSecond?: number | null | undefined;
  },
): Promise<ConnectionRow> => {
  const row = await findConnection(hub.db, id);
  const connector = connectorOf(hub, row);
  const { name, requestsPerSecond } = change;
  let settings: Settings | undefined;
  let secrets: Record<string, string> = {};
  if (change.settings) {
    const stored = await listSecrets(hub.db, hub.vault, id);
    const known = Object.fromEntries(
      Object.entries(stored).filter(([secret]) =>
        secretFields(connector.settings).includes(secret),
      ),
    );
    const parsed = parseSettings(connector, { ...row.settings, ...known, ...change.settings });
    settings = parsed.settings;
    secrets = parsed.secrets;
    const verification = await verifyOrExplain(
      hub,
      connector,
      settings,
      { ...stored, ...secrets },
      row,
    );
    await updateVerification(hub.db, id, verification);
  }
  await inTransaction(hub.db, async (tx) => {
    await updateConnection(tx, id, {
      ...(name === undefined ? {} : { name }),
      ...(settings === undefined ? {} : { settings }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    });
    for (const [secret, value] of Object.entries(secrets))
      await putSecret(tx, hub.vault, id, secret, value);
  });
  return findConnection(hub.db, id);
};

/** Tests the key, then lets everything that waited go on. */
export const resume = async (hub: Hub, id: string): Promise<ConnectionRow> => {
  await testConnection(hub, id);
  await resumeConnection(hub.db, id);
  const row = await findConnection(hub.db, id);
  await settleIn(hub, row);
  await wakeConnection(hub, id);
  return row;
};

/** Makes hooks again that were removed at the vendor; what happened meanwhile stays undone. */
export const subscribeAgain = async (
  hub: Hub,
  id: string,
  wish: { replaceForeign: boolean },
): Promise<void> => {
  const row = await findConnection(hub.db, id);
  const vendor: Capabilities = await hub.open(row);
  await restartRules(hub.db, id, hub.now());
  await subscribeWebhooks(hub, row, vendor, { again: true, ...wish });
};

/**
 * Deletes our webhooks at the vendor first, then drops the key. Returns the hooks that only a person
 * can delete there. Works also when the key is no longer good.
 */
export const disconnect = async (
  hub: Hub,
  id: string,
): Promise<{ deleteByHand: Array<{ event: string; url: string }> }> => {
  const row = await findConnection(hub.db, id);
  return withWebhooks(hub, id, async () => {
    const vendor = await hub.open(row).catch(() => null);
    const deleteByHand = await unsubscribeWebhooks(hub, row, vendor);
    await inTransaction(hub.db, async (tx) => {
      await deleteSecrets(tx, id);
      await markRemoved(tx, id);
    });
    return { deleteByHand };
  });
};
