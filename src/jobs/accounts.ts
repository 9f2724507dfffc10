/**
 * Connecting an account: create, test, change, resume, connect again, remove. What a person changed
 * and the audit of it are committed together.
 */
import { invalid, LoopwrightError } from '#core/errors.ts';
import {
  ConnectorError,
  type Capabilities,
  type Connector,
  type OAuthTokens,
  type Verification,
} from '#connectors/contract.ts';
import { secretFields } from '#connectors/settings.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import {
  findConnection,
  insertConnection,
  lockConnection,
  markRemoved,
  resumeConnection,
  setSweepDue,
  updateConnection,
  updateVerification,
  type ConnectionRow,
} from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { readTokens, tokensName, withTokens } from '#store/oauth-tokens.ts';
import { countRulesUsing, restartRules } from '#store/rules.ts';
import type { Settings } from '#store/schema.ts';
import type { MayReplace } from '#store/version.ts';
import { deleteSecret, deleteSecrets, listSecrets, putSecret } from '#store/vault.ts';
import { connectorOf, type Hub } from './hub.ts';
import { followSender } from './organizer.ts';
import { wakeConnection } from './wake-connection.ts';
import { refreshChoices } from './refresh-choices.ts';
import { subscribeWebhooks, unsubscribeWebhooks, withWebhooks } from './subscribe-webhooks.ts';
import {
  choiceFields,
  knownConnector,
  parseSettings,
  usersOf,
  verifyOrExplain,
  type Draft,
} from './test-account.ts';

export interface NewConnection extends Draft {
  name: string;
  requestsPerSecond: number | null;
  /** Left out: off. */
  scheduleLink?: boolean | undefined;
  /** Present when the account was connected by OAuth. */
  tokens?: OAuthTokens;
}

/** Tests, stores, subscribes the webhooks and reads the lists. Nothing is stored when the test fails. */
export const createConnection = async (
  hub: Hub,
  input: NewConnection,
  actor: Actor,
): Promise<ConnectionRow> => {
  const connector = knownConnector(hub, input.connector);
  if (input.scheduleLink) refuseNoAts(connector);
  const { settings, secrets } = parseSettings(connector, input.settings);
  if (input.tokens) secrets[tokensName] = JSON.stringify(input.tokens);
  const verification = await verifyOrExplain(hub, connector, settings, secrets);
  const row = await inTransaction(hub.db, async (tx) => {
    const { requestsPerSecond, scheduleLink, name } = input;
    const inserted = await insertConnection(tx, {
      connector: connector.id,
      name,
      settings,
      requestsPerSecond,
      scheduleLink,
    });
    for (const [secret, value] of Object.entries(secrets))
      await putSecret(tx, hub.vault, inserted.id, secret, value);
    await updateVerification(tx, inserted.id, verification);
    // Should this process die before the webhooks stand, a sweep finishes the job.
    await setSweepDue(tx, inserted.id, hub.now() + 60_000);
    await followSender(hub, tx, connector);
    await insertAudit(tx, actor, 'connection.create', inserted.id, {
      connector: connector.id,
      name,
      ...(input.tokens ? { by: 'oauth' } : {}),
      ...(scheduleLink ? { scheduleLink } : {}),
    });
    return inserted;
  });
  await settleIn(hub, row);
  return findConnection(hub.db, row.id);
};

const refuseNoAts = (connector: Connector): void => {
  if (connector.role === 'ats') return;
  throw invalid(
    'schedule_link_not_an_ats',
    `connection: ${connector.name} is no ATS and has no candidates to put the link to the scheduler on. Switch it on at a connection to an ATS.`,
    'scheduleLink',
  );
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

export interface ConnectionChange {
  name?: string | undefined;
  settings?: Record<string, unknown> | undefined;
  requestsPerSecond?: number | null | undefined;
  scheduleLink?: boolean | undefined;
}

/**
 * Secrets that are not given stay as they are; a key that is given takes the place of a consent. The
 * new settings are tested before they are stored, together with those that stay.
 */
export const changeConnection = async (
  hub: Hub,
  id: string,
  change: ConnectionChange,
  by: { actor: Actor; mayReplace: MayReplace },
): Promise<void> => {
  const row = await findConnection(hub.db, id);
  await by.mayReplace(hub.db, row);
  if (change.scheduleLink === true) refuseNoAts(connectorOf(hub, row));
  const tested = change.settings ? await testChange(hub, row, change.settings) : null;
  const isStored = await inTransaction(hub.db, async (tx) => {
    const now = await lockConnection(tx, id);
    await by.mayReplace(tx, now);
    if (tested && now.version !== row.version) return false;
    await storeChange(hub, tx, now, change, tested);
    await insertAudit(tx, by.actor, 'connection.change', id, {
      fields: [
        ...Object.keys(change).filter((field) => field !== 'settings'),
        ...Object.keys(change.settings ?? {}).map((field) => `settings.${field}`),
      ],
    });
    return true;
  });
  // Somebody was first while the vendor was asked: what they said is tested with it.
  if (!isStored) await changeConnection(hub, id, change, by);
};

interface Tested {
  settings: Settings;
  secrets: Record<string, string>;
  endsConsent: boolean;
  verification: Verification;
}

const storeChange = async (
  hub: Hub,
  tx: Executor,
  row: ConnectionRow,
  { name, requestsPerSecond, scheduleLink }: ConnectionChange,
  tested: Tested | null,
): Promise<void> => {
  await updateConnection(tx, row.id, {
    ...(name === undefined ? {} : { name }),
    ...(tested ? { settings: tested.settings } : {}),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(scheduleLink === undefined ? {} : { scheduleLink }),
  });
  if (!tested) return;
  for (const [secret, value] of Object.entries(tested.secrets))
    await putSecret(tx, hub.vault, row.id, secret, value);
  if (tested.endsConsent) await deleteSecret(tx, row.id, tokensName);
  await updateVerification(tx, row.id, tested.verification);
  await followSender(hub, tx, connectorOf(hub, row));
};

const testChange = async (
  hub: Hub,
  row: ConnectionRow,
  given: Record<string, unknown>,
): Promise<Tested> => {
  const connector = connectorOf(hub, row);
  const stored = await listSecrets(hub.db, hub.vault, row.id);
  const fields = secretFields(connector.settings);
  const known = Object.fromEntries(
    Object.entries(stored).filter(([name]) => fields.includes(name)),
  );
  const { settings, secrets } = parseSettings(connector, { ...row.settings, ...known, ...given });
  const endsConsent = fields.some((name) => name in given);
  const { [tokensName]: tokens, ...others } = stored;
  const kept = tokens === undefined || endsConsent ? others : stored;
  const all = { ...kept, ...secrets };
  const verification = await verifyOrExplain(hub, connector, settings, all, row);
  return { settings, secrets, endsConsent, verification };
};

/** Tests the key, then lets everything that waited go on. */
export const resume = async (hub: Hub, id: string, actor: Actor): Promise<void> => {
  await testConnection(hub, id);
  await inTransaction(hub.db, async (tx) => {
    await resumeConnection(tx, id);
    await insertAudit(tx, actor, 'connection.resume', id);
  });
  await goOn(hub, id);
};

const goOn = async (hub: Hub, id: string): Promise<ConnectionRow> => {
  const row = await findConnection(hub.db, id);
  await settleIn(hub, row);
  await wakeConnection(hub, id);
  return row;
};

/**
 * The tokens of a new consent take the place of whatever opened the account before, and everything
 * that waited goes on. Throws `oauth_other_account`, and what a test throws; nothing is changed then.
 */
export const connectAgain = async (
  hub: Hub,
  id: string,
  tokens: OAuthTokens,
  actor: Actor,
): Promise<ConnectionRow> => {
  const row = await findConnection(hub.db, id);
  const connector = connectorOf(hub, row);
  const secrets = { [tokensName]: JSON.stringify(tokens) };
  await refuseOtherAccount(hub, connector, row, tokens, secrets);
  const verification = await verifyOrExplain(hub, connector, row.settings, secrets);
  await withTokens(hub.db, id, () =>
    inTransaction(hub.db, async (tx) => {
      await lockConnection(tx, id);
      for (const name of secretFields(connector.settings)) await deleteSecret(tx, id, name);
      await putSecret(tx, hub.vault, id, tokensName, secrets[tokensName]);
      await updateConnection(tx, id, {});
      await updateVerification(tx, id, verification);
      await resumeConnection(tx, id);
      await insertAudit(tx, actor, 'connection.connect_again', id);
    }),
  );
  return goOn(hub, id);
};

/**
 * Rules, candidates and webhooks of a connection belong to one account. Where the tokens do not tell
 * which one it was, as after a pasted key, it is known by the user in whose name the hub acts.
 */
const refuseOtherAccount = async (
  hub: Hub,
  connector: Connector,
  row: ConnectionRow,
  tokens: OAuthTokens,
  secrets: Record<string, string>,
): Promise<void> => {
  const before = await readTokens(hub.db, hub.vault, row.id);
  const account = before && connector.oauth?.accountOf(before);
  const consented = connector.oauth?.accountOf(tokens);
  if (account && consented) {
    if (account === consented) return;
    throw otherAccount(connector, row, 'the consent was given for another account');
  }
  const { ats } = connector.connect(hub.link({ connector, settings: row.settings, secrets }));
  const users = ats ? await usersOf(ats) : [];
  if (users.length === 0) return;
  for (const name of choiceFields(connector))
    if (!users.some(({ id }) => id === row.settings[name]))
      throw otherAccount(
        connector,
        row,
        'the account that consented has no active user like the one in whose name the hub acts',
      );
};

const otherAccount = (connector: Connector, row: ConnectionRow, why: string): LoopwrightError =>
  new LoopwrightError(
    'oauth_other_account',
    409,
    `connection: ${why}, so ${row.name} was left as it is. Sign in to the ${connector.name} account of this connection and connect again, or connect the other account as a new one.`,
  );

/** Makes hooks again that were removed at the vendor; what happened meanwhile stays undone. */
export const subscribeAgain = async (
  hub: Hub,
  id: string,
  wish: { replaceForeign: boolean },
  actor: Actor,
): Promise<void> => {
  const row = await findConnection(hub.db, id);
  const vendor: Capabilities = await hub.open(row);
  await inTransaction(hub.db, async (tx) => {
    await restartRules(tx, id, hub.now());
    await insertAudit(tx, actor, 'connection.subscribe', id, wish);
  });
  await subscribeWebhooks(hub, row, vendor, { again: true, ...wish });
};

export interface Disconnected {
  /** Hooks that only a person can delete at the vendor. */
  deleteByHand: Array<{ event: string; url: string }>;
  /** How many rules rest from now on. */
  restingRules: number;
}

/** Deletes our webhooks at the vendor first, then drops the key. Works also when the key is no longer good. */
export const disconnect = async (hub: Hub, id: string, actor: Actor): Promise<Disconnected> => {
  const row = await findConnection(hub.db, id);
  return withWebhooks(hub, id, async () => {
    const vendor = await hub.open(row).catch(() => null);
    const deleteByHand = await unsubscribeWebhooks(hub, row, vendor);
    return inTransaction(hub.db, async (tx) => {
      await markRemoved(tx, id);
      await followSender(hub, tx, connectorOf(hub, row));
      await deleteSecrets(tx, id);
      const restingRules = await countRulesUsing(tx, id);
      await insertAudit(tx, actor, 'connection.remove', id, {
        deleteByHand: deleteByHand.map(({ event }) => event),
        restingRules,
      });
      return { deleteByHand, restingRules };
    });
  });
};
