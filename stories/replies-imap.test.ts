/** Answers to invites that the hub finds in the organizer's mailbox, in which it changes nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { alansAddress as alan, startAnswering } from './answering.ts';
import { startImapServer } from './imap-server.ts';
import { startWorld, until } from './world.ts';

let server = await startImapServer();
const { port } = server;
await server.close();
const logged: string[] = [];
const note = (_: unknown, text: string): void => {
  logged.push(text);
};
const count = (part: string): number => logged.filter((text) => text.includes(part)).length;
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  overrides: { log: { info: note, warn: note, error: note } },
  env: {
    LOOPWRIGHT_REPLIES: 'imap',
    LOOPWRIGHT_IMAP_URL: `imap://interviews@127.0.0.1:${String(port)}`,
    LOOPWRIGHT_IMAP_PASSWORD: 'right',
    LOOPWRIGHT_IMAP_SECONDS: '1',
  },
});
after(async () => {
  await world.close();
  await server.close();
});
const { mail, answered } = await startAnswering(world);

interface Health {
  problems: Array<{ code: string }>;
  replies: {
    by: string;
    mailbox: {
      state: string;
      text: string;
      fault: string | null;
      lookedAt: string | null;
      failingSince: string | null;
    };
  };
}
const mailbox = async () => (await world.api.get<Health>('/health')).replies.mailbox;
const faulty = (fault: string) => until(fault, async () => (await mailbox()).fault === fault);

test('what is wrong with a mailbox is said once and shown, until it is mended', async () => {
  await until('it is said', () => count('cannot be read') === 1);
  await faulty('unreachable');
  server = await startImapServer({ port, password: 'other' });
  server.folder = 'Elsewhere';
  await until('the login is refused', () => count('refuses the login') === 1);
  await faulty('login_refused');
  server.password = 'right';
  await faulty('mailbox_missing');
  const { failingSince, lookedAt, text } = await mailbox();
  assert.ok(failingSince !== null && lookedAt === null);
  assert.doesNotMatch(text, /right|interviews@/);
  const { problems } = await world.api.get<Health>('/health');
  assert.ok(problems.some(({ code }) => code === 'replies_failing'));
  server.folder = 'INBOX';
  const late = server.put(mail('DECLINED'), { arrived: Date.now() - 20 * 86_400_000 });
  server.put(mail('ACCEPTED'));
  await until('it is shown', async () => (await answered()) === 'accepted');
  await until('all is well', async () => (await mailbox()).state === 'working');
  assert.equal((await mailbox()).failingSince, null);
  assert.deepEqual([late.reads, count('cannot be read'), count('is read again')], [0, 1, 1]);
});

test('neither the same mail again, nor a stranger, nor a mail too large changes an answer', async () => {
  const again = server.put(mail('ACCEPTED'));
  const stranger = server.put(mail('DECLINED', { from: 'eve@example.com' }));
  const large = server.put(
    mail('DECLINED', { stamp: '20300101T120000Z' }) + ' '.repeat(1024 * 1024),
  );
  const plain = server.put(`From: ${alan}\r\n\r\nThanks.\r\n`);
  await until('all were looked at', () => plain.reads > 0);
  assert.equal(await answered(), 'accepted');
  assert.deepEqual(
    [again, stranger, large].map(({ reads }) => reads),
    [1, 1, 0],
  );
  assert.equal(count('too large'), 1);
});

test('an answer that a person has opened already counts, and no mail is read twice', async () => {
  const opened = server.put(mail('DECLINED', { stamp: '20300102T100000Z' }), {
    flags: new Set(['\\Seen']),
  });
  await until('it is shown', async () => (await answered()) === 'declined');
  await world.restart();
  const looks = (): number => server.commands.filter((one) => one === 'LOGOUT').length;
  const before = looks();
  await until('it has looked twice more', () => looks() > before + 1);
  const next = server.put(mail('TENTATIVE', { stamp: '20300103T100000Z' }));
  await until('it is shown', async () => (await answered()) === 'tentative');
  assert.deepEqual([opened.reads, next.reads], [1, 1]);
  assert.deepEqual(
    server.commands.filter((command) => /^(UID )?(STORE|SELECT|EXPUNGE|COPY|MOVE)/i.test(command)),
    [],
  );
});

for (const method of ['REQUEST', 'COUNTER', 'CANCEL', 'ADD', 'REFRESH'])
  test(`a ${method} is left to people, and is no failure`, async () => {
    const before = logged.length;
    const other = server.put(mail('DECLINED', { method, stamp: '20300104T100000Z' }));
    const last = server.put(`From: ${alan}\r\n\r\nThanks.\r\n`);
    await until('both were looked at', () => last.reads > 0);
    assert.equal(other.reads, 1);
    assert.equal(await answered(), 'tentative');
    assert.equal((await mailbox()).state, 'working');
    const said = logged.slice(before).filter((text) => !/jobs: |request was answered/.test(text));
    assert.deepEqual(said, []);
  });

test('a mailbox that is numbered anew loses nothing and doubles nothing', async () => {
  const old = server.mails.at(-1)?.uid ?? 0;
  // Lower numbers than were read to, as after a move to another server.
  server.uidValidity += 1;
  server.mails.forEach((one, at) => (one.uid = at + 1));
  server.nextUid = server.mails.length + 1;
  const newest = server.put(mail('ACCEPTED', { stamp: '20300105T100000Z' }), { uid: 1 });
  server.mails.slice(0, -1).forEach((one) => (one.uid += 1));
  assert.ok(newest.uid < old);
  await until('it is shown', async () => (await answered()) === 'accepted');
  await until('all were read again', () => (server.mails.at(-2)?.reads ?? 0) > 1);
  assert.equal(await answered(), 'accepted');
});
