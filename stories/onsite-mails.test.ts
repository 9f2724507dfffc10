/** What an onsite interview tells by mail: the place and the coordinator's signature, as readers' programs take them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ical from 'ical.js';
import PostalMime, { type Email } from 'postal-mime';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'smtp'], candidates: 2 } });

after(() => world.close());

const place = {
  id: 'berlin',
  name: 'Büro "Mitte" <EG>; Haus A',
  address: 'Unter den Linden 1, 10117 Berlin',
  mapLink: 'https://maps.example/?q=52,13&z=<17>',
  instructions: 'Ring at Example & Söhne.\nThird floor; take the <left> lift, please.',
};
const signature = 'Grace Hopper\nTalent & People, Example <Ltd>';
const body = [
  'Come to $Location.Name, $Location.Address.',
  'Map: $Location.MapLink',
  '$Location.Instructions',
  '',
  '$Coordinator.Signature',
].join('\n');
const said = `Come to ${place.name}, ${place.address}.
Map: ${place.mapLink}
${place.instructions}

${signature}`;
const markup = [
  'Come to Büro &quot;Mitte&quot; &lt;EG&gt;; Haus A, Unter den Linden 1, 10117 Berlin.<br>',
  'Map: <a href="https://maps.example/?q=52,13&amp;z=&lt;17&gt;">https://maps.example/?q=52,13&amp;z=&lt;17&gt;</a><br>',
  'Ring at Example &amp; Söhne.<br>',
  'Third floor; take the &lt;left&gt; lift, please.<br>',
  '<br>',
  'Grace Hopper<br>',
  'Talent &amp; People, Example &lt;Ltd&gt;',
].join('\n');

/** What each address got, as a mail program reads it. */
const got = new Map<string, Email[]>();

before(async () => {
  await joinLever(world, 'Alan Turing');
  const connectionId = await hubOf(world).connect('lever');
  await world.connect('smtp');
  const panel = panelOf(world);
  const alan = await panel.person('Alan Turing');
  const coordinator = { name: 'Grace Hopper', email: 'grace@example.com', title: '', phone: '', signature };
  const company = { name: 'Example', places: [place], layer: { coordinator } };
  assert.equal((await world.api.call('PUT', '/company', company)).status, 200);
  const posting = (await leverOf(world).postings())[0]?.id ?? '';
  const candidate = await applyAtLever(world, 'Olga Onsite', { posting });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      remote: false,
      placeId: 'berlin',
      texts: {
        candidateMail: { subject: 'Come to $Location.Name', body },
        candidateInvite: { title: 'Onsite at $Location.Name', body: `${body}\n\n$Interview.Itinerary` },
        interviewerInvite: { title: '$Event.Name', body },
      },
    },
    events: [{ name: 'Design', minutes: 60, start: panel.at(0), location: 'Room Ada', seats: [seat(alan)] }],
  });
  await panel.settled(id);
  for (const { to, raw = '' } of world.sandbox.mailbox.list().reverse())
    got.set(to, [...(got.get(to) ?? []), await PostalMime.parse(raw)]);
}); // prettier-ignore

/** Plain text as it travels: CRLF at its ends of lines, one more at the end of all. */
const plain = ({ text = '' }: Email): string => text.replaceAll('\r\n', '\n').trimEnd();

const mailsOf = (address: string): Email[] => {
  const mails = got.get(address);
  assert.ok(mails, `${address} got nothing, but ${[...got.keys()].join(', ')} did`);
  return mails;
};

const inviteIn = ({ attachments }: Email): ((name: string) => unknown) => {
  const files = attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
  const texts = files.map(({ content }) =>
    typeof content === 'string' ? content : new TextDecoder().decode(content),
  );
  const [text = ''] = texts;
  assert.deepEqual(new Set(texts).size, 1, 'the part and the file are the same');
  const event = new ical.Component(ical.parse(text) as unknown[]).getFirstSubcomponent('vevent');
  return (name) => event?.getFirstPropertyValue(name);
};

/** A property that the library knows nothing of is a TEXT (RFC 5545, 3.8.8.2), which it leaves escaped. */
const unescaped = (text: unknown): string =>
  String(text).replaceAll(/\\([\\;,n])/g, (_, one: string) => (one === 'n' ? '\n' : one));

test('the candidate’s mail tells place and signature in text and in markup, and nothing of it is markup', () => {
  const mail = mailsOf('olga.onsite@candidates.example').find(({ attachments }) => attachments.length === 0);
  assert.ok(mail);
  assert.equal(mail.subject, `Come to ${place.name}`);
  assert.equal(plain(mail), said);
  assert.equal(mail.html?.trim().replaceAll('\r\n', '\n'), markup);
}); // prettier-ignore

test('the candidate’s invite leads there: room, name and address of the place, and the text below', () => {
  const mail = mailsOf('olga.onsite@candidates.example').find((one) => one.attachments.length > 0);
  assert.ok(mail);
  const value = inviteIn(mail);
  assert.equal(value('location'), `Room Ada, ${place.name}, ${place.address}`);
  assert.equal(value('summary'), `Onsite at ${place.name}`);
  assert.match(String(value('description')), /^Come to [^]*\n\n[^\n]*Design[^\n]*$/);
  assert.ok(String(value('description')).startsWith(`${said}\n\n`));
  assert.ok(unescaped(value('x-alt-desc')).startsWith(`${markup}<br>`));
});

test('an interviewer’s invite says the same, and the calendar shows the way as well', () => {
  const [mail, ...others] = mailsOf('alan.turing@example.com');
  assert.ok(mail);
  assert.deepEqual(others, []);
  const value = inviteIn(mail);
  assert.equal(plain(mail), said);
  assert.equal(value('description'), said);
  assert.equal(unescaped(value('x-alt-desc')), markup);
  assert.equal(value('location'), `Room Ada, ${place.name}, ${place.address}`);
});
