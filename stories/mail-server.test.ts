/** Mails and invites over a real SMTP socket: sent once, tried again, bounced, kept. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'smtp'], candidates: 2 } });
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Nobody Home');
const connectionId = await hubOf(world).connect('lever');
const [posting] = await leverOf(world).postings();
const server = world.emulator('smtp');

after(() => world.close());

let day = 0;
const schedule = async (
  name: string,
  interviewer: string,
): Promise<{ id: string; email: string }> => {
  const candidate = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  day += 1;
  const { id, mail } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: { texts: { candidateMail: null } },
    events: [
      { name: 'Design', minutes: 60, start: panel.at(24 * day), seats: [seat(interviewer)] },
    ],
  });
  said = mail;
  return { id, email: candidate.email };
};
let said = '';

const inbox = (address: string) => world.sandbox.mailbox.list({ to: address });

const alan = await panel.person('Alan Turing');

test('without a server every message is kept, and the answer says so', async () => {
  const { id } = await schedule('Kay Kept', alan);
  assert.match(said, /kept in the outbox and nothing is sent/);
  await panel.settled(id);
  const mails = await panel.mails(id);
  assert.deepEqual(new Set(mails.map(({ state }) => state)), new Set(['kept']));
  assert.equal(world.sandbox.mailbox.list().length, 0);
  const [mail] = mails;
  assert.ok(mail);
  const file = await fetch(`${world.url}/api/v1/mails/${mail.id}/eml`, {
    headers: { authorization: `Bearer ${world.api.key}` },
  });
  assert.equal(file.headers.get('content-type'), 'message/rfc822');
  assert.match(await file.text(), /^From: .*\r\nTo: [^]*method=REQUEST[^]*invite\.ics/m);
});

test('once a server is connected, mails arrive, each once, from its sender', async () => {
  await world.connect('smtp');
  const { id, email } = await schedule('Sally Sent', alan);
  assert.match(said, /Sent by The smtp account/);
  await panel.settled(id);
  const mails = await panel.mails(id);
  assert.deepEqual(new Set(mails.map(({ state }) => state)), new Set(['sent']));
  for (const address of [email, 'alan.turing@example.com']) {
    const [mail, ...others] = inbox(address);
    assert.deepEqual(others, []);
    assert.equal(mail?.from, 'interviews@robotics.example');
    assert.match(mail.calendar ?? '', /METHOD:REQUEST/);
    assert.match(
      mail.calendar ?? '',
      /ORGANIZER;CN=Interviews:mailto:interviews@robotics\.example/,
    );
  }
});

test('a server that puts off is asked again, and the message is the same one', async () => {
  server.faults.push({ kind: 429, match: 'RCPT /', times: 1 });
  const before = server.requests.length;
  const { id, email } = await schedule('Paul Put-Off', alan);
  await until('it went out', async () => inbox(email).length === 1, 30_000);
  await panel.settled(id);
  const sent = server.requests.slice(before).map(({ body }) => body);
  assert.equal(new Set(sent).size, sent.length);
});

test('the page of failures puts mails off with a code of the protocol, and refuses them', async () => {
  const add = (kind: string) =>
    world.form('/failures/smtp/requests', { kind, match: '', times: '1' });
  const page = await world.page('/failures');
  for (const code of ['421', '451', '550'])
    assert.match(page, new RegExp(`<option value="${code}">`), code);
  for (const [index, code] of ['421', '451'].entries()) {
    await add(code);
    const { id, email } = await schedule(`Off ${String(index)}`, alan);
    const told = await until(`it is put off with ${code}`, async () =>
      (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
        ({ error }) => error !== null,
      ),
    );
    assert.match(told.error?.text ?? '', new RegExp(`put off by the server \\(${code}\\)`));
    await panel.settled(id);
    assert.equal(inbox(email).length, 1);
  }
  await add('550');
  const { id } = await schedule('Rea Refused', alan);
  const refused = await until('it is refused', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ state }) => state === 'failed',
    ),
  );
  assert.match(refused.error?.text ?? '', /refused for good \(550\)/);
});

test('a broken answer sends the same message again: one Message-ID, equal bytes', async () => {
  server.faults.push({ kind: 'drop_after', match: 'DATA /alan', times: 1 });
  const before = inbox('alan.turing@example.com').length;
  const { id } = await schedule('Dan Dropped', alan);
  await until(
    'it came twice',
    () => inbox('alan.turing@example.com').length === before + 2,
    40_000,
  );
  await panel.settled(id);
  const [again, first] = inbox('alan.turing@example.com');
  assert.equal(again?.raw, first?.raw);
});

test('an address of nobody is shown as bounced, with its person', async () => {
  const nobody = await panel.person('Nobody Home');
  const { id } = await schedule('Bo Bounce', nobody);
  const failed = await until('the bounce is told', async () => {
    const { effects } = await world.api.get<Interview>(`/interviews/${id}`);
    return effects.find(({ state }) => state === 'failed');
  });
  assert.match(failed.error?.text ?? '', /refused for good \(550\)\. Check the address/);
  const mails = await panel.mails(id);
  assert.equal(mails.find(({ to }) => to === 'nobody.home@example.com')?.state, 'bounced');
  const person = await world.api.get<{ bounced: { at: string; error: string } | null }>(
    `/people/${nobody}`,
  );
  assert.match(person.bounced?.error ?? '', /550/);
});

test('a wrong password pauses the connection; what was owed goes out once it is mended', async () => {
  const [{ id: serverId } = { id: '' }] = (
    await world.api.get<{ items: Array<{ id: string; connector: string }> }>('/connections')
  ).items.filter(({ connector }) => connector === 'smtp');
  server.faults.push({ kind: 401, match: 'AUTH /', times: 1 });
  const { id, email } = await schedule('Pia Paused', alan);
  await until('the connection is paused', async () => {
    const { state } = await world.api.get<{ state: string }>(`/connections/${serverId}`);
    return state === 'paused';
  });
  server.faults.splice(0);
  await world.api.post(`/connections/${serverId}/resume`);
  await until('it went out', () => inbox(email).length === 1, 30_000);
  await panel.settled(id);
});
