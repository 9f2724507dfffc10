import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { mailboxName } from '#api/present/reply-mailbox.ts';
import { readConfig } from '#config.ts';
import { startHub } from '#main.ts';
import { insertConnection, pauseConnection } from '#store/connections.ts';
import { openDatabase, type Database, type DatabaseHandle } from '#store/database.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';
import { failLook, failReplyMail, openReplyMailbox, settleLook } from '#store/reply-mailbox.ts';
import { insertUser, updateUser } from '#store/users.ts';
import { openVault, putSecret, secretKey } from '#store/vault.ts';
import { ensureWebhook, updateWebhook } from '#store/webhooks.ts';
import { checkNode } from './doctor-machine.ts';
import { run, type Outcome } from './testing.ts';

let folder = '';
let database: TestDatabase;
let handle: DatabaseHandle;
let db: Database;
const bytes = randomBytes(32);

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-doctor-'));
  await chmod(folder, 0o711);
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 2, onError: () => undefined });
  db = handle.db;
});

after(async () => {
  await handle.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const doctor = (changes: Record<string, string | undefined> = {}): Promise<Outcome> =>
  run(['doctor'], {
    PORT: '0',
    DATABASE_URL: database.url,
    LOOPWRIGHT_DATA: folder,
    LOOPWRIGHT_SECRET_KEY: bytes.toString('hex'),
    LOOPWRIGHT_PUBLIC_URL: 'https://interviews.example.com',
    ...changes,
  });

const problems = ({ out }: Outcome): string[] =>
  out.split('\n').filter((line) => line.startsWith('PROBLEM'));

test('finds nothing wrong with a sound installation', async () => {
  const outcome = await doctor();
  assert.equal(outcome.code, 0, outcome.out);
  assert.equal(outcome.err, 'Nothing is wrong.');
  assert.deepEqual(problems(outcome), []);
  for (const what of ['node', 'settings', 'data folder', 'database', 'migrations', 'key'])
    assert.match(outcome.out, new RegExp(`^ok      ${what}: `, 'm'));
  assert.ok(!outcome.out.includes(bytes.toString('hex')));
});

test('makes nothing in a fresh folder', async () => {
  const fresh = path.join(folder, 'fresh', 'data');
  const place = { DATABASE_URL: undefined, LOOPWRIGHT_DATA: fresh };
  const { code, out } = await doctor({ ...place, LOOPWRIGHT_SECRET_KEY: undefined });
  assert.equal(code, 0, out);
  assert.match(out, /note {4}database: there is none yet/);
  assert.match(out, /note {4}key: there is none yet/);
  assert.ok(!existsSync(path.dirname(fresh)));
});

test('names every fault of the settings', async () => {
  const outcome = await doctor({ PORT: 'x', HOST: ';' });
  assert.equal(outcome.code, 78);
  assert.equal(problems(outcome).length, 2);
});

test('tells that nobody is Super Admin: first as a note, later as a problem', async () => {
  assert.match((await doctor()).out, /note {4}Super Admin: .*none[^]*-> Run loopwright setup-link/);
  const user = await insertUser(db, { name: 'A', email: 'a@example.com', role: 'admin' });
  const outcome = await doctor();
  assert.match(problems(outcome)[0] ?? '', /Super Admin: there is none who may sign in/);
  assert.match(outcome.out, /-> Run loopwright setup-link/);
  await updateUser(db, user.id, { role: 'super_admin' });
  assert.match((await doctor()).out, /ok {6}Super Admin: there is one/);
});

test('names an old Node', () => {
  assert.equal(checkNode('22.9.0').state, 'problem');
  assert.equal(checkNode('24.0.0').state, 'ok');
});

test('names a data folder that is none', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  const outcome = await doctor({ LOOPWRIGHT_DATA: file });
  assert.equal(outcome.code, 73);
  assert.match(problems(outcome)[0] ?? '', /data folder: .*cannot be written to/);
});

test('names a database that does not answer', async () => {
  const outcome = await doctor({ DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/x' });
  assert.equal(outcome.code, 69);
  assert.match(problems(outcome)[0] ?? '', /database: PostgreSQL does not answer \(ECONNREFUSED\)/);
  assert.ok(!outcome.out.includes('hush'));
});

test('names a database that is newer', async (t) => {
  const newer = await createTestDatabase();
  const other = openDatabase(newer.url, { max: 1, onError: () => undefined });
  t.after(() => newer.drop());
  await sql`insert into schema_migration (number, name) values (9999, 'later')`.execute(other.db);
  await other.close();
  const outcome = await doctor({ DATABASE_URL: newer.url });
  assert.equal(outcome.code, 76);
  assert.match(outcome.out, /migrations: the database is at version 9999/);
});

test('names an address that no vendor reaches', async () => {
  for (const url of ['http://hub.example.com', 'https://localhost', 'https://192.168.1.4']) {
    const outcome = await doctor({ LOOPWRIGHT_PUBLIC_URL: url });
    assert.equal(outcome.code, 1);
    assert.match(problems(outcome)[0] ?? '', /public address: .*Set LOOPWRIGHT_PUBLIC_URL/);
  }
});

test('tells a hub at the port from another program, and from a free port', async (t) => {
  const other = createServer((socket) => socket.resume().end('220 mail\r\n'));
  t.after(() => {
    other.close();
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const taken = await doctor({ PORT: port });
  assert.equal(taken.code, 69);
  assert.match(problems(taken)[0] ?? '', /port: .* is taken by another program/);
  other.close();
  await once(other, 'close');
  assert.match((await doctor({ PORT: port })).out, /note {4}port: no hub answers .* is free/);
  const config = readConfig({
    PORT: port,
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    LOOPWRIGHT_DATA: folder,
    LOOPWRIGHT_SECRET_KEY: bytes.toString('hex'),
  });
  const hub = await startHub(config);
  const beside = await doctor({ PORT: port });
  await hub.close();
  assert.equal(beside.code, 0, beside.out);
  assert.match(beside.out, /ok {6}port: a hub answers/);
});

test('names paused connections and webhooks that do not work', async () => {
  const insert = (connector: string) =>
    insertConnection(db, { connector, name: 'N', settings: {}, requestsPerSecond: null });
  const paused = await insert('codeinterview');
  await pauseConnection(db, paused.id, 'unauthorized', 'The key was refused.');
  const gone = await insert('lever');
  const hook = (event: string) =>
    ensureWebhook(db, gone.id, event, (token) => `https://interviews.example.com/hooks/${token}`);
  await updateWebhook(db, (await hook('candidateStageChange')).id, {
    state: 'removed_at_vendor',
    detail: 'Subscribe again?',
  });
  for (const event of ['candidateArchiveChange', 'candidateDeleted'])
    await updateWebhook(db, (await hook(event)).id, { state: 'registered' });
  const outcome = await doctor();
  assert.equal(outcome.code, 1);
  assert.deepEqual(
    problems(outcome),
    [
      `PROBLEM connection ${paused.id} (codeinterview): paused. The key was refused.`,
      `PROBLEM connection ${gone.id} (lever): webhook candidateStageChange: removed at the vendor: subscribe again?.`,
    ].sort((a, b) => outcome.out.indexOf(a) - outcome.out.indexOf(b)),
  );
  assert.match(
    outcome.out,
    /note {4}connection .*candidateArchiveChange, candidateDeleted: registered, no delivery seen/,
  );
  await db.deleteFrom('connection').execute();
});

test('names a link to the scheduler that would lead nowhere', async () => {
  const input = { connector: 'lever', name: 'N', settings: {}, requestsPerSecond: null };
  const { id } = await insertConnection(db, { ...input, scheduleLink: true });
  const outcome = await doctor({ LOOPWRIGHT_PUBLIC_URL: undefined });
  assert.equal(outcome.code, 1);
  const [problem = ''] = problems(outcome);
  assert.match(
    problem,
    /lever\): the link to the scheduler is not put\. .* Set LOOPWRIGHT_PUBLIC_URL/,
  );
  assert.ok(problem.includes(id));
  assert.deepEqual(problems(await doctor()), []);
  await db.deleteFrom('connection').execute();
});

test('tells how the mailbox for replies is, and which mails in it wait for a person', async () => {
  const imap = { url: 'imaps://interviews@imap.example.com', mailbox: 'INBOX' };
  const name = mailboxName(imap);
  const look = () =>
    doctor({
      LOOPWRIGHT_REPLIES: 'imap',
      LOOPWRIGHT_IMAP_URL: imap.url,
      LOOPWRIGHT_IMAP_PASSWORD: 'hush-hush',
    });
  const says = async (code: number, text: RegExp): Promise<void> => {
    const outcome = await look();
    assert.equal(outcome.code, code, outcome.out);
    assert.match(outcome.out, text);
    assert.ok(!outcome.out.includes('hush-hush'));
  };
  assert.match((await doctor()).out, /ok {6}replies: not tracked/);
  await says(0, /note {4}replies: .* was not read yet/);
  await openReplyMailbox(db, name, '7');
  await settleLook(db, name, Date.now());
  await says(0, /ok {6}replies: .* is read/);
  await settleLook(db, name, Date.now() - 3_600_000);
  await says(1, /PROBLEM replies: .* is not read any more\. Start a process/);
  await failLook(db, name, 'login_refused', Date.now());
  await says(1, /PROBLEM replies: .* refuses the login\. Check .*LOOPWRIGHT_IMAP_PASSWORD/);
  await settleLook(db, name, Date.now());
  const mail = { mailbox: name, uid: 3, messageId: '<a@example.com>', reason: 'P0001' };
  await failReplyMail(db, { ...mail, attempts: 6 }, Date.now(), null);
  await says(1, /PROBLEM replies: the mail <a@example\.com> \(P0001\): .*not tried any more/);
  await db.deleteFrom('reply_mailbox').execute();
});

test('names a key that is missing, wrong, or open to others', async () => {
  const input = { connector: 'codeinterview', name: 'N', settings: {}, requestsPerSecond: null };
  const { id } = await insertConnection(db, input);
  await putSecret(db, openVault(secretKey(bytes)), id, 'apiKey', 'x');
  const keyId = secretKey(bytes).id;
  const missing = await doctor({ LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex') });
  assert.equal(missing.code, 78);
  assert.match(
    problems(missing)[0] ?? '',
    new RegExp(`key: .*under the key ${keyId}, which is not`),
  );
  const wrong = await doctor({
    LOOPWRIGHT_SECRET_KEY: `${keyId}:${randomBytes(32).toString('hex')}`,
  });
  assert.match(problems(wrong)[0] ?? '', /does not open under the key/);
  const keys = path.join(folder, 'secret.key');
  await writeFile(keys, `${keyId}:${bytes.toString('hex')}\n`, { mode: 0o644 });
  const open = await doctor({ LOOPWRIGHT_SECRET_KEY: undefined });
  assert.equal(open.code, 78);
  assert.match(problems(open)[0] ?? '', /others on this machine may read/);
  await chmod(keys, 0o600);
  assert.equal((await doctor({ LOOPWRIGHT_SECRET_KEY: undefined })).code, 0);
  await rm(keys);
  await db.deleteFrom('connection').execute();
});
