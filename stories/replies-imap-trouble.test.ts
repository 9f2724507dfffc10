/** Mails that cannot be taken, servers that never come to an end, and a stop in the middle of a look. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, beforeEach, test, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { mailboxName } from '#api/present/reply-mailbox.ts';
import { startReplyMailbox } from '#api/reply-mailbox.ts';
import { findReplyMailbox, listReplyMails } from '#store/reply-mailbox.ts';
import { startAnswering } from './answering.ts';
import { startImapServer, type Misconduct } from './imap-server.ts';
import { startWorld, until } from './world.ts';

const server = await startImapServer();
const logged: Array<Record<string, unknown> & { text: string }> = [];
const note = (fields: Record<string, unknown>, text: string): void => {
  logged.push({ ...fields, text });
};
let ahead = 0;
const place = {
  url: `imap://interviews@127.0.0.1:${String(server.port)}`,
  password: 'right',
  mailbox: 'INBOX',
  seconds: 1,
};
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  overrides: {
    log: { info: note, warn: note, error: note },
    now: () => Date.now() + ahead,
  },
  env: {
    LOOPWRIGHT_REPLIES: 'imap',
    LOOPWRIGHT_IMAP_URL: place.url,
    LOOPWRIGHT_IMAP_PASSWORD: place.password,
    LOOPWRIGHT_IMAP_SECONDS: '1',
  },
});
after(async () => {
  await world.close();
  await server.close();
});
const { db } = world.hub.hub;
const { mail, answered } = await startAnswering(world);
const hour = 3_600_000;

beforeEach(() => {
  server.misconduct = () => undefined;
});

/** What PostgreSQL itself refuses, for as long as it is poisoned. */
const poisoned = '20310101T100000Z';
await sql`
  create function refuse_poison() returns trigger language plpgsql as $$
  begin
    if new.stamp = '2031-01-01T10:00:00Z' then raise exception 'poison'; end if;
    return new;
  end $$`.execute(db);
await sql`
  create trigger poison before insert or update on rsvp
  for each row execute function refuse_poison()`.execute(db);

const idOf = ({ raw }: { raw: string }): string => /<[^>]+>/.exec(raw)?.[0] ?? '';

const health = () =>
  world.api.get<{
    problems: Array<{ code: string }>;
    replies: {
      mailbox: {
        stuck: Array<{ messageId: string; attempts: number; nextTryAt: string | null }>;
      };
    };
  }>('/health');
const stuck = async (one: { raw: string }) =>
  (await health()).replies.mailbox.stuck.find(({ messageId }) => messageId === idOf(one));
const saidOf = (one: { raw: string }): string[] =>
  logged.filter(({ messageId }) => messageId === idOf(one)).map(({ text }) => text);

test('an answer that cannot be stored holds nobody up, is named once, and is given up in the end', async () => {
  const poison = server.put(mail('DECLINED', { stamp: poisoned }));
  server.put(mail('ACCEPTED'));
  await until('the next one counts', async () => (await answered()) === 'accepted');
  for (let tries = 1; tries <= 6; tries += 1) {
    await until(`try ${String(tries)}`, async () => (await stuck(poison))?.attempts === tries);
    ahead += 25 * hour;
  }
  const last = await stuck(poison);
  assert.equal(last?.nextTryAt, null);
  assert.equal(poison.reads, 6);
  assert.equal(saidOf(poison).length, 1);
  assert.match(saidOf(poison)[0] ?? '', /could not be taken/);
  assert.ok((await health()).problems.some(({ code }) => code === 'replies_stuck'));
});

test('an answer that was given up is tried anew once it is moved out of the folder and back', async () => {
  const [poison] = server.mails;
  assert.ok(poison);
  await sql`alter table rsvp disable trigger poison`.execute(db);
  server.mails.splice(0, 1);
  await until('it is not listed any more', async () => (await stuck(poison)) === undefined);
  assert.equal(await answered(), 'accepted');
  server.put(poison.raw);
  await until('it counts', async () => (await answered()) === 'declined');
  await sql`alter table rsvp enable trigger poison`.execute(db);
});

test('an answer counts as soon as it can be stored, and is not listed any more', async () => {
  await sql`update rsvp set stamp = '2030-01-01T00:00:00Z'`.execute(db);
  const late = server.put(mail('TENTATIVE', { stamp: poisoned }));
  await until('it is listed', async () => (await stuck(late))?.attempts === 1);
  await sql`alter table rsvp disable trigger poison`.execute(db);
  ahead += hour;
  await until('it counts', async () => (await answered()) === 'tentative');
  await until('it is not listed any more', async () => (await stuck(late)) === undefined);
  assert.equal(late.reads, 2);
});

test('a mail over which the connection breaks holds nobody up', async () => {
  const breaking = server.nextUid;
  server.misconduct = (command) =>
    command.startsWith(`UID FETCH ${String(breaking)} `) && command.includes('BODY.PEEK[]')
      ? 'drop'
      : undefined;
  const broken = server.put(mail('DECLINED', { stamp: '20320101T100000Z' }));
  server.put(mail('ACCEPTED', { stamp: '20310102T100000Z' }));
  await until('the next one counts', async () => (await answered()) === 'accepted');
  assert.equal((await stuck(broken))?.attempts, 1);
  assert.equal(saidOf(broken).length, 1);
  server.misconduct = () => undefined;
  ahead += hour;
  await until('it counts after all', async () => (await answered()) === 'declined');
});

/** Each step of a look, by the command that it begins with; empty: the greeting. */
const steps = ['', 'LOGIN', 'EXAMINE', 'UID SEARCH', 'UID FETCH'];

/** Looks into a mailbox of its own, whose server misbehaves at this step, until the test is over. */
const lookAtMisconduct = async (
  t: TestContext,
  step: string,
  misconduct: Misconduct,
  patience?: { silence: number; look: number },
) => {
  const other = await startImapServer();
  other.put(mail('ACCEPTED'));
  let began = false;
  other.misconduct = (command) => {
    if (step === '' ? command !== '' : !command.startsWith(step)) return undefined;
    began = true;
    return misconduct;
  };
  // A port may come again, and with it what was said of the mailbox that was there.
  const user = randomBytes(4).toString('hex');
  const there = { ...place, url: `imap://${user}@127.0.0.1:${String(other.port)}` };
  const polling = startReplyMailbox(world.hub.hub, there, patience);
  t.after(async () => {
    await polling.close();
    await other.close();
  });
  return {
    other,
    polling,
    begun: () => until('the step has begun', () => began),
    fault: async () => (await findReplyMailbox(db, mailboxName(there)))?.fault ?? null,
    listed: () => listReplyMails(db, mailboxName(there), 10),
  };
};

for (const step of steps)
  test(`a server that drips for ever at ${step || 'the greeting'} is cut off when the look's time is up`, async (t) => {
    const patience = { silence: 30_000, look: 1_000 };
    const { other, polling, fault, listed } = await lookAtMisconduct(t, step, 'drip', patience);
    await until('it is told', async () => (await fault()) === 'too_slow', 10_000);
    await polling.close();
    await until('the connection is closed', () => other.open === 0, 5_000);
    // A mail that takes all the time there is is one of those that must not keep the others waiting.
    assert.equal((await listed()).length, step === 'UID FETCH' ? 1 : 0);
  });

for (const step of steps)
  test(`a server that falls silent at ${step || 'the greeting'} is left long before that`, async (t) => {
    const patience = { silence: 500, look: 600_000 };
    const { fault } = await lookAtMisconduct(t, step, 'hang', patience);
    await until('it is told', async () => (await fault()) === 'unreachable', 20_000);
  });

for (const step of steps)
  test(`a stop while the server is silent at ${step || 'the greeting'} takes no time`, async (t) => {
    const { other, polling, begun, fault, listed } = await lookAtMisconduct(t, step, 'hang');
    await begun();
    const begin = performance.now();
    await polling.close();
    assert.ok(performance.now() - begin < 2_000, 'it took too long');
    await until('the connection is closed', () => other.open === 0, 5_000);
    assert.equal(await fault(), null);
    assert.deepEqual(await listed(), []);
  });
