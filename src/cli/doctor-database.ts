/** What `doctor` sees of the database and of what stands in it. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { presentWebhook } from '#api/present/webhook.ts';
import { mailboxName, presentReplyMailbox, presentStuckReply } from '#api/present/reply-mailbox.ts';
import type { Connector } from '#connectors/contract.ts';
import { loadConnectors } from '#connectors/registry.ts';
import { noAddressYet } from '#jobs/schedule-link.ts';
import { newestMigration, oldestServer, readCondition, type Condition } from '#store/condition.ts';
import type { ConnectionRow } from '#store/connections.ts';
import { clockOf, openDatabase, type Database } from '#store/database.ts';
import { keyFile } from '#store/key-file.ts';
import { findReplyMailbox, listReplyMails } from '#store/reply-mailbox.ts';
import { hasSuperAdmin, hasUsers } from '#store/users.ts';
import { keyIdsInUse, listSecrets, type Vault } from '#store/vault.ts';
import { listWebhooks } from '#store/webhooks.ts';
import type { Config } from '#config.ts';
import { everyConnection } from './connection.ts';
import { exitCodes } from './exit-codes.ts';
import { guarded, type Finding } from './finding.ts';
import { findVault } from './keys.ts';
import type { Terminal } from './terminal.ts';
import { hasEmbedded, withUrl } from './with-database.ts';

export const checkDatabase = async (config: Config, terminal: Terminal): Promise<Finding[]> => {
  if (config.databaseUrl === undefined && !(await hasEmbedded(config.dataDir))) {
    const text = 'there is none yet: the first start makes it in the data folder.';
    return [{ what: 'database', state: 'note', text }, ...(await checkKey(config, []))];
  }
  return withUrl(config, { create: false }, terminal, async ({ url, alone }) => {
    const condition = await readCondition(url);
    const findings = [checkServer(config, condition, alone), checkMigrations(condition, alone)];
    if (condition.migration !== newestMigration) {
      return condition.migration === null
        ? [...findings, ...(await checkKey(config, []))]
        : findings;
    }
    const { db, close } = openDatabase(url, { max: 2, onError: () => undefined });
    try {
      findings.push(
        ...(await guarded('key', async () => checkKey(config, await keyIdsInUse(db)))),
        ...(await guarded('people', () => checkAdmin(db))),
        ...(await guarded('connections', () => checkConnections(db, config))),
        ...(await guarded('replies', () => checkReplies(db, config))),
      );
      return findings;
    } finally {
      await close();
    }
  });
};

const checkServer = (config: Config, { server }: Condition, alone: boolean): Finding => {
  const what = 'database';
  const which =
    config.databaseUrl !== undefined
      ? 'of DATABASE_URL'
      : alone
        ? 'embedded, no hub is running'
        : 'embedded, running';
  const text = `PostgreSQL ${String(server)} (${which})`;
  return server >= oldestServer
    ? { what, state: 'ok', text }
    : {
        what,
        state: 'problem',
        text: `${text} is too old.`,
        remedy: `Let DATABASE_URL name a PostgreSQL ${String(oldestServer)} or later.`,
        exitCode: exitCodes.unavailable,
      };
};

const checkMigrations = ({ migration }: Condition, alone: boolean): Finding => {
  const what = 'migrations';
  const known = String(newestMigration);
  if (migration === newestMigration) return { what, state: 'ok', text: `at version ${known}` };
  if (migration === null) {
    return { what, state: 'note', text: 'no tables yet: the first start makes them.' };
  }
  const at = `the database is at version ${String(migration)}, this Loopwright knows ${known}.`;
  if (migration > newestMigration) {
    return {
      what,
      state: 'problem',
      text: at,
      remedy: 'Install the newer Loopwright, or restore a backup made by this one.',
      exitCode: exitCodes.protocol,
    };
  }
  const remedy = 'Start the hub, or run loopwright migrate; make a backup with the old one first.';
  return { what, state: alone ? 'note' : 'problem', text: at, remedy };
};

/** Without one nobody connects accounts, invites people or gives rights. */
const checkAdmin = async (db: Database): Promise<Finding[]> => {
  const what = 'Super Admin';
  if (await hasSuperAdmin(db)) return [{ what, state: 'ok', text: 'there is one who may sign in' }];
  // Before the first has signed in that is as it should be; after it somebody is locked out.
  const state = (await hasUsers(db)) ? 'problem' : 'note';
  const remedy = 'Run loopwright setup-link, and open the link that it prints.';
  return [{ what, state, text: 'there is none who may sign in.', remedy }];
};

/** Keys that are there, and those that stored secrets need. */
const checkKey = async (config: Config, needed: readonly string[]): Promise<Finding[]> => {
  const what = 'key';
  const file = path.resolve(keyFile(config.dataDir));
  const vault = findVault(config);
  const missing = needed.filter((id) => vault?.find(id) === undefined);
  if (missing.length > 0) {
    return [
      {
        what,
        state: 'problem',
        text: `stored secrets are sealed under the key ${missing.join(', ')}, which is not here.`,
        remedy: `Set LOOPWRIGHT_SECRET_KEY as it was, or put secret.key back as ${file}. Is it lost for good, enter the keys of the connections anew.`,
        exitCode: exitCodes.config,
      },
    ];
  }
  if (vault === null) {
    return [{ what, state: 'note', text: `there is none yet: the first start makes ${file}.` }];
  }
  const mode = config.secretKey === undefined ? (await stat(file)).mode : 0;
  if ((mode & 0o077) !== 0) {
    return [
      {
        what,
        state: 'problem',
        text: `others on this machine may read ${file}.`,
        remedy: `Run chmod 600 ${file}, then loopwright rotate-key.`,
        exitCode: exitCodes.config,
      },
    ];
  }
  const source = config.secretKey === undefined ? file : 'LOOPWRIGHT_SECRET_KEY';
  return [{ what, state: 'ok', text: `${vault.current().id} (${source})` }];
};

const checkConnections = async (db: Database, config: Config): Promise<Finding[]> => {
  const connectors = await loadConnectors();
  const vault = findVault(config);
  const publicUrl = config.publicUrl ?? `http://${config.host}:${String(config.port)}`;
  const rows = await everyConnection(db);
  if (rows.length === 0)
    return [{ what: 'connections', state: 'note', text: 'there is none yet.' }];
  const findings: Finding[] = [];
  for (const row of rows) {
    const what = `connection ${row.id} (${row.connector})`;
    const connector = connectors.get(row.connector);
    const faults = connector
      ? [
          ...checkState(row),
          ...checkLink(row, config),
          ...(await checkSecrets(db, vault, row)),
          ...(await checkHooks(db, connector, row, publicUrl)),
        ]
      : [
          {
            state: 'problem' as const,
            text: 'this version has no such connector.',
            remedy: 'Install the version that has it, or remove the connection.',
          },
        ];
    if (faults.length === 0) findings.push({ what, state: 'ok', text: row.state });
    for (const fault of faults) findings.push({ what, ...fault });
  }
  return findings;
};

const checkReplies = async (
  db: Database,
  { replies, imap }: Pick<Config, 'replies' | 'imap'>,
): Promise<Finding[]> => {
  const what = 'replies';
  if (imap === undefined)
    return [{ what, state: 'ok', text: replies === 'off' ? 'not tracked' : `by ${replies}` }];
  const name = mailboxName(imap);
  const row = await findReplyMailbox(db, name);
  const { state, text } = presentReplyMailbox(row, imap.seconds, await clockOf(db));
  const kinds = { working: 'ok', waiting: 'note', failing: 'problem', silent: 'problem' } as const;
  const stuck = (await listReplyMails(db, name, mostStuckReplies)).map(presentStuckReply);
  return [
    { what, state: kinds[state], text },
    ...stuck.map(({ messageId, reason, text: why }) => ({
      what,
      state: 'problem' as const,
      text: `the mail ${messageId} (${reason}): ${why}`,
    })),
  ];
};

const mostStuckReplies = 10;

type Fault = Omit<Finding, 'what'>;

const checkState = ({ state, pause_text: why }: ConnectionRow): Fault[] =>
  state === 'paused'
    ? [
        {
          state: 'problem',
          text: `paused. ${why ?? ''}`.trim(),
          remedy: 'Mend what it says, then resume the connection in the hub.',
        },
      ]
    : [];

const checkLink = (
  { schedule_link: isOn }: ConnectionRow,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): Fault[] =>
  isOn && publicUrl === undefined
    ? [{ state: 'problem', text: `the link to the scheduler is not put. ${noAddressYet}` }]
    : [];

const checkSecrets = async (
  db: Database,
  vault: Vault | null,
  { id }: ConnectionRow,
): Promise<Fault[]> => {
  try {
    if (vault) await listSecrets(db, vault, id);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof LoopwrightError)) throw thrown;
    return [{ state: 'problem', text: thrown.message, exitCode: exitCodes.config }];
  }
};

/** Silence alone is no fault: there may be nothing to tell. */
const checkHooks = async (
  db: Database,
  connector: Connector,
  { id }: ConnectionRow,
  publicUrl: string,
): Promise<Fault[]> => {
  const unwell = (await listWebhooks(db, id))
    .map((row) => presentWebhook(connector, row, publicUrl))
    .filter(({ status }) => status !== 'healthy');
  // What is said of several events is said once.
  const alike = Map.groupBy(unwell, ({ text, hint }) => `${text} ${String(hint)}`);
  return [...alike.values()].flatMap((hooks) => {
    const [first] = hooks;
    if (!first) return [];
    const events = hooks.map(({ event }) => event || 'for every event').join(', ');
    return {
      state: first.attention ? ('problem' as const) : ('note' as const),
      text: `webhook ${events}: ${first.text}.`,
      ...(first.hint === null ? {} : { remedy: first.hint }),
    };
  });
};
