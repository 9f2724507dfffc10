/** Mail and replies over TLS and STARTTLS: with a certificate that holds, and with one that does not. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { after, describe, test, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { mailboxName } from '#api/present/reply-mailbox.ts';
import { startReplyMailbox } from '#api/reply-mailbox.ts';
import { ConnectorError, type MailMessage } from '#connectors/contract.ts';
import { createDial } from '#connectors/dial.ts';
import smtp from '#connectors/smtp/index.ts';
import { findReplyMailbox } from '#store/reply-mailbox.ts';
import { startAnswering } from './answering.ts';
import { createAuthority } from './certificates.ts';
import { startImapServer } from './imap-server.ts';
import { startWorld, until } from './world.ts';

const trusted = createAuthority('Trusted by the tests');
const unknown = createAuthority('Trusted by nobody');
setDefaultCACertificates([...getCACertificates('default'), trusted.cert]);

const here = ['127.0.0.1', '0.0.0.0'];
const good = trusted.issue(here);
const bad = [
  ['of an unknown authority', unknown.issue(here)],
  ['of another server', trusted.issue(['localhost'])],
  ['that ran out', trusted.issue(here, 'to 2001')],
] as const;

const password = 'a password that nobody may see';

const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  env: { LOOPWRIGHT_REPLIES: 'api' },
});
after(() => world.close());
const { mail, answered } = await startAnswering(world);
const startSmtp = async (
  mode: 'tls' | 'starttls',
  pair: { key: string; cert: string },
): Promise<{ port: number; came: Array<{ raw: string; secure: boolean }>; close(): void }> => {
  const came: Array<{ raw: string; secure: boolean }> = [];
  const server = new SMTPServer({
    ...pair,
    secure: mode === 'tls',
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, callback) => {
      if (auth.password === password) callback(null, { user: auth.username });
      else callback(new Error('no'));
    },
    onData(stream, session, callback) {
      void textOf(stream).then((raw) => {
        came.push({ raw, secure: session.secure });
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    came,
    close: () => {
      server.close(() => undefined);
    },
  };
};

const message: MailMessage = {
  messageId: '<tls@loopwright>',
  from: { name: 'Interviews', address: 'interviews@robotics.example' },
  to: { name: '', address: 'ada@candidates.example' },
  replyTo: null,
  subject: 'Your interview',
  text: 'Hello',
  html: '<p>Hello</p>',
  date: 0,
  calendar: null,
  headers: {},
};

const sendTo = (port: number, security: 'tls' | 'starttls') => {
  const link = {
    settings: smtp.settings.parse({
      host: '127.0.0.1',
      port,
      security,
      user: 'interviews',
      password,
      fromAddress: message.from.address,
    }),
    http: () => Promise.reject(new Error('no http here')),
    dial: createDial({ connector: 'smtp', allowed: [`127.0.0.1:${String(port)}`] }),
    now: () => 0,
  };
  return smtp.connect(link).mail?.send(message) ?? Promise.reject(new Error('no mail'));
};

void describe('a mail goes out', () => {
  for (const mode of ['tls', 'starttls'] as const) {
    void test(`over ${mode}, to a server that proves who it is`, async () => {
      const server = await startSmtp(mode, good);
      const sent = await sendTo(server.port, mode);
      server.close();
      assert.equal(sent.accepted, message.messageId);
      assert.deepEqual(
        server.came.map(({ secure }) => secure),
        [true],
      );
    });

    for (const [what, pair] of bad)
      void test(`never over ${mode} with a certificate ${what}`, async () => {
        const server = await startSmtp(mode, pair);
        const failure = await sendTo(server.port, mode).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        server.close();
        assert.ok(failure instanceof ConnectorError);
        assert.match(failure.message, /no safe connection.*certificate is not valid/);
        assert.deepEqual([failure.kind, failure.surelyNotDone], ['unreachable', true]);
        assert.deepEqual(server.came, []);
      });
  }
});

let day = 10;

/** Until the test is over. */
const lookAt = async (
  t: TestContext,
  scheme: 'imap' | 'imaps',
  host: string,
  encryption: Parameters<typeof startImapServer>[0],
) => {
  const server = await startImapServer({ host, password: `"${password}"`, ...encryption });
  const url = `${scheme}://interviews@${host}:${String(server.port)}`;
  const place = { url, password, mailbox: 'INBOX', seconds: 1 };
  const polling = startReplyMailbox(world.hub.hub, place);
  t.after(async () => {
    await polling.close();
    await server.close();
  });
  return {
    server,
    fault: async () =>
      (await findReplyMailbox(world.hub.hub.db, mailboxName(place)))?.fault ?? null,
  };
};

/** By each way that there is; the last one demands STARTTLS, as it is not called this machine. */
const ways = [
  ['imaps', '127.0.0.1', 'tls'],
  ['imap', '127.0.0.1', 'starttls'],
  ['imap', '0.0.0.0', 'starttls'],
] as const;

void describe('answers are read', () => {
  for (const [scheme, host, mode] of ways) {
    void test(`over ${scheme} from ${host}, from a server that proves who it is`, async (t) => {
      const { server } = await lookAt(t, scheme, host, { encryption: { mode, ...good } });
      day += 1;
      const status = day % 2 === 0 ? 'ACCEPTED' : 'DECLINED';
      server.put(mail(status, { stamp: `203001${String(day)}T100000Z` }));
      await until('it counts', async () => (await answered()) === status.toLowerCase());
    });

    for (const [what, pair] of bad)
      void test(`never over ${scheme} from ${host} with a certificate ${what}`, async (t) => {
        const { server, fault } = await lookAt(t, scheme, host, {
          encryption: { mode, ...pair },
        });
        await until('it is told', async () => (await fault()) === 'unsafe');
        assert.equal(server.logins, 0);
        assert.ok(!server.commands.join('\n').includes(password));
      });
  }

  void test('never without encryption, unless from this machine', async (t) => {
    const { server, fault } = await lookAt(t, 'imap', '0.0.0.0', {});
    await until('it is told', async () => (await fault()) === 'unsafe');
    assert.equal(server.logins, 0);
  });

  void test('never over imaps from a server that speaks plain', async (t) => {
    const { server, fault } = await lookAt(t, 'imaps', '127.0.0.1', {});
    await until('it is told', async () => (await fault()) === 'unsafe');
    assert.equal(server.logins, 0);
  });
});
