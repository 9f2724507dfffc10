import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ConnectorError, type MailMessage } from '#connectors/contract.ts';
import { createDial } from '#connectors/dial.ts';
import type { EmulatedMail } from '#connectors/emulator.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';
import { toBytes } from './mapping.ts';

const mails: EmulatedMail[] = [];
const emulator = createEmulator({
  seed: 7,
  candidates: 0,
  now: () => 1_000,
  later: () => () => undefined,
  fetch: () => new Response(),
  origin: 'http://emulator.test/smtp',
  rate: 0,
  allowHttpLoopback: true,
  deliverMail: (mail) => mails.push(mail),
  changed: () => undefined,
});
const place = (await emulator.listen?.('127.0.0.1', 0)) ?? '';

after(() => {
  emulator.stop();
});

const linkWith = (change: Record<string, unknown> = {}, allowed = [place]) => ({
  settings: connector.settings.parse({ ...emulator.credentials(), ...change }),
  http: () => Promise.reject(new Error('no http here')),
  dial: createDial({ connector: 'smtp', allowed }),
  now: () => 1_000,
});

const mail = (change: Record<string, unknown> = {}) => {
  const { mail: capability } = connector.connect(linkWith(change));
  assert.ok(capability);
  return capability;
};

const message: MailMessage = {
  messageId: '<m1.abc@loopwright>',
  from: { name: 'Interviews, "Ärzte"', address: 'interviews@robotics.example' },
  to: { name: 'Ada\r\nBcc: evil@x.example', address: 'ada@candidates.example' },
  replyTo: null,
  subject: 'Your interview\r\nX-Evil: 1 – Grüße 🙂',
  text: 'Hello\n.\nGrüße',
  html: '<p>Hello</p>',
  date: Date.UTC(2026, 10, 26, 9),
  calendar: {
    method: 'REQUEST',
    content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
  },
  headers: { 'Auto-Submitted': 'auto-generated' },
};

const to = (address: string): MailMessage => ({ ...message, to: { name: '', address } });

const failing = async (work: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(thrown instanceof ConnectorError, String(thrown));
  assert.doesNotMatch(thrown.message, /candidates\.example|@/);
  assert.ok(!thrown.message.includes(emulator.credentials()['password'] ?? 'none'));
  return thrown;
};

void describe('a message', () => {
  void test('is the same to the byte when it is made again', async () => {
    assert.deepEqual(await toBytes(message), await toBytes(structuredClone(message)));
  });

  void test('takes no line from a hostile name or subject', async () => {
    const head = String(await toBytes(message)).split('\r\n\r\n')[0] ?? '';
    assert.doesNotMatch(head, /^(bcc|x-evil):/im);
    assert.match(head, /^Message-ID: <m1\.abc@loopwright>$/im);
    assert.match(head, /^Date: Thu, 26 Nov 2026 09:00:00 \+0000$/im);
    assert.match(head, /^Auto-Submitted: auto-generated$/im);
  });

  void test('turns no direction by a name', async () => {
    const turned = { name: 'Ada \u202egpj.exe\u202c', address: 'ada@candidates.example' };
    const bytes = (to: MailMessage['to']) => toBytes({ ...message, from: to, to, replyTo: to });
    const straight = { ...turned, name: 'Ada gpj.exe' };
    assert.equal(String(await bytes(turned)), String(await bytes(straight)));
  });

  void test('carries the invite as an alternative with its method, and as invite.ics', async () => {
    const bytes = String(await toBytes(message));
    assert.match(bytes, /Content-Type: multipart\/mixed/);
    assert.match(bytes, /Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
    assert.match(bytes, /filename=invite\.ics/);
  });
});

void describe('smtp', () => {
  void test('hands a message over once, whole', async () => {
    const { accepted } = await mail().send(message);
    assert.equal(accepted, message.messageId);
    assert.equal(mails.length, 1);
    const [came] = mails;
    assert.equal(came?.to, 'ada@candidates.example');
    assert.equal(came.text.replaceAll('\r\n', '\n').trim(), 'Hello\n.\nGrüße');
    assert.match(came.calendar ?? '', /METHOD:REQUEST/);
    const attached = /Content-Type: application\/ics[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(
      came.raw ?? '',
    );
    assert.equal(String(Buffer.from(attached?.[1] ?? '', 'base64')), message.calendar?.content);
    assert.equal(emulator.requests.at(-1)?.body, message.messageId);
  });

  void test('signs in, and says where, without a mail', async () => {
    const before = mails.length;
    const { account } = await connector.verify(linkWith());
    assert.ok(account.some(({ value }) => value === place));
    assert.equal(mails.length, before);
  });

  for (const [what, change, kind] of [
    ['a wrong password', { password: 'wrong' }, 'unauthorized'],
    ['a port where nobody listens', { port: 1 }, 'unreachable'],
    ['encryption that is not offered', { security: 'starttls' }, 'unreachable'],
    ['TLS where there is none', { security: 'tls' }, 'unreachable'],
    ['no encryption over the internet', { host: 'mail.example.com' }, 'rejected'],
  ] as const)
    void test(`reports ${what} as ${kind}`, async () => {
      const link = linkWith(change, [place, '127.0.0.1:1']);
      assert.equal((await failing(connector.verify(link))).kind, kind);
    });

  void test('reports mail without a user as unauthorized', async () => {
    assert.equal((await failing(mail({ user: '' }).send(message))).kind, 'unauthorized');
  });

  void test('calls no private address that was not allowed', async () => {
    const failure = await failing(connector.verify(linkWith({}, [])));
    assert.match(failure.message, /private or local address.*LOOPWRIGHT_ALLOW_HOSTS/);
    assert.equal(failure.surelyNotDone, true);
  });

  void test('reports an address of nobody as rejected, for good', async () => {
    const failure = await failing(mail().send(to('nobody@candidates.example')));
    assert.deepEqual([failure.kind, failure.status], ['rejected', 550]);
  });

  for (const [fault, line, kind, surelyNotDone] of [
    [429, 'RCPT /', 'unreachable', true],
    [503, 'DATA /', 'unreachable', true],
    [500, 'DATA /', 'rejected', true],
    [403, 'RCPT /', 'rejected', true],
    [401, 'AUTH /', 'unauthorized', true],
    ['drop_before', 'DATA /', 'unreachable', false],
    ['drop_after', 'DATA /', 'unreachable', false],
  ] as const)
    void test(`reports ${String(fault)} at ${line} as ${kind}`, async () => {
      const before = mails.length;
      emulator.faults.push({ kind: fault, match: line, times: 1 });
      const failure = await failing(mail().send(message));
      assert.deepEqual([failure.kind, failure.surelyNotDone], [kind, surelyNotDone]);
      assert.equal(mails.length - before, fault === 'drop_after' ? 1 : 0);
      assert.deepEqual(emulator.faults, []);
    });

  void test('gives up on a server that says nothing', async () => {
    const before = mails.length;
    emulator.faults.push({ kind: 'hang', match: 'RCPT /early', times: 1 });
    emulator.faults.push({ kind: 'hang_after', match: 'DATA /late', times: 1 });
    const failures = await Promise.all(
      ['early@x.example', 'late@x.example'].map((address) => failing(mail().send(to(address)))),
    );
    assert.deepEqual(
      failures.map(({ kind, surelyNotDone }) => [kind, surelyNotDone]),
      [
        ['unreachable', false],
        ['unreachable', false],
      ],
    );
    assert.equal(mails.length, before + 1);
  });
});

void describe('the settings', () => {
  const parse = (change: Record<string, unknown>) =>
    connector.settings.safeParse({
      host: 'mail.example.com',
      fromAddress: 'a@example.com',
      ...change,
    });
  for (const [what, change] of [
    ['an address for the server', { host: 'https://mail.example.com' }],
    ['a server with a line end', { host: 'mail.example.com\r\nX' }],
    ['a sender that is no address', { fromAddress: 'Interviews' }],
    ['a name with a line end', { fromName: 'A\r\nBcc: x@y.example' }],
    ['a port beyond all', { port: 70_000 }],
  ] as const)
    void test(`refuse ${what}`, () => {
      assert.equal(parse(change).success, false);
    });

  void test('keep a password as it was given', () => {
    const { data } = parse({ password: ' Bearer of "news" ' });
    assert.equal(data?.password, ' Bearer of "news" ');
  });
});
