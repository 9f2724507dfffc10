/** A candidate whose every word is an attack: what mails, calendars, tables and the candidate's page make of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ical from 'ical.js';
import PostalMime, { type Email } from 'postal-mime';
import { lintCalendar } from '#core/calendar/testing-linter.ts';
import { insertAudit } from '#store/audit.ts';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { linksIn, panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, type Api } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'smtp'], candidates: 2 } });

after(() => world.close());

/** A formula, markup, lines that would be headers and properties, turned directions, emoji, and no end. */
const hostile = [
  `=cmd()|'/C calc'!A0 "><script>window.__hit=1</script><img src=x onerror=alert(1)>`,
  'Bcc: evil@evil.example\r\nATTENDEE:mailto:evil@evil.example\nEND:VEVENT\u2028X-EVIL:1',
  `\u202egnp.exe\u2066 👩‍💻 ${'Wä🙂'.repeat(1_650)}`,
].join('\r\n');
const email = 'hostile@candidates.example';
const turned = /[\u202a-\u202e\u2066-\u2069]/u;

interface Got {
  to: string;
  raw: string;
  read: Email;
}

const got: Got[] = [];
let alan: Api;
let interviewId = '';

before(async () => {
  await joinLever(world, 'Alan Turing');
  const connectionId = await hubOf(world).connect('lever');
  await world.connect('smtp');
  const panel = panelOf(world);
  const person = await panel.person('Alan Turing');
  alan = await world.as('interviewer', 'alan.turing@example.com');
  const posting = (await leverOf(world).postings())[0]?.id ?? '';
  const candidate = await applyAtLever(world, hostile, { posting, email });
  const body = 'For $Candidate.FullName\n$Interview.Confirmation.Link';
  const made = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    note: hostile.slice(0, 1_900),
    layer: {
      texts: {
        candidateMail: { subject: 'Hello $Candidate.FullName', body },
        candidateInvite: { title: 'Interview of $Candidate.FullName', body },
        interviewerInvite: { title: '$Event.Name: $Candidate.FullName', body: '$Candidate.FullName\n$Interview.Notes' },
      },
    },
    events: [{ name: 'Design', minutes: 60, start: panel.at(0), seats: [seat(person)] }],
  });
  interviewId = made.id;
  await panel.settled(interviewId);
  for (const { to, raw = '' } of world.sandbox.mailbox.list())
    got.push({ to, raw, read: await PostalMime.parse(raw) });
}); // prettier-ignore

/** What the name must never become, wherever it is read. */
const isHarmless = (text: string, where: string): void => {
  assert.doesNotMatch(text, turned, `${where} turns its direction`);
  assert.ok(text.isWellFormed(), `${where} holds half a character`);
};

/** The one entry of a calendar object, read by another library once nothing is wrong with its bytes. */
const entryIn = (calendar: string, attendees: number) => {
  assert.deepEqual(lintCalendar(new TextEncoder().encode(calendar), attendees), []);
  const [event, ...others] = new ical.Component(ical.parse(calendar) as unknown[]).getAllSubcomponents('vevent');
  assert.deepEqual(others, []);
  const value = (name: string): string => String(event?.getFirstPropertyValue(name) ?? '');
  isHarmless(value('summary') + value('description'), 'the entry');
  assert.doesNotMatch(value('summary'), /[\r\n]/);
  assert.doesNotMatch(value('x-alt-desc'), /<(?!br>|\/?a\b)/i, 'only breaks and links are markup');
  return value;
}; // prettier-ignore

test('every mail goes to one address, with the headers that the hub wrote and no other', () => {
  assert.deepEqual(got.map(({ to }) => to).sort(), ['alan.turing@example.com', email, email]);
  for (const { to, raw, read } of got) {
    const [head = ''] = raw.split('\r\n\r\n');
    const names = [...head.matchAll(/^([\w-]+):/gm)].map(([, name]) => name?.toLowerCase());
    assert.deepEqual([...new Set(names)].filter((name) => /bcc|attendee|x-evil|^cc$/.test(name ?? '')), []);
    assert.equal(names.length, new Set(names).size, 'each header once');
    assert.deepEqual(read.to?.map(({ address }) => address), [to]);
    const longest = Math.max(...raw.split('\r\n').map((line) => Buffer.byteLength(line)));
    assert.ok(longest <= 998, `a line of ${String(longest)} octets`);
    assert.doesNotMatch(read.subject ?? '', /[\r\n]/);
    assert.match(read.subject ?? '', /=cmd\(\)/);
  }
}); // prettier-ignore

test('its text is told as it is, its markup is none, and nothing in it turns the direction', () => {
  for (const { read } of got) {
    isHarmless(`${read.subject ?? ''}${read.text ?? ''}${read.html ?? ''}`, 'the mail');
    assert.match(read.text ?? '', /"><script>window\.__hit=1<\/script>/);
    assert.match(read.html ?? '', /&lt;script&gt;window\.__hit=1&lt;\/script&gt;/);
    assert.doesNotMatch(read.html ?? '', /<(?!br>|\/?a\b)/i, 'only breaks and links are markup');
  }
}); // prettier-ignore

test('its calendar entries are well formed and invite nobody else', () => {
  const files = got.flatMap(({ read }) => read.attachments.filter(({ mimeType }) => mimeType.includes('ics')));
  assert.equal(files.length, 2);
  for (const { content } of files) {
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    // The reader took the mail's line ends for its own.
    entryIn(text.replaceAll(/\r?\n/g, '\r\n'), 1);
  }
}); // prettier-ignore

test('so is the interviewer’s feed, and the entry on the candidate’s page', async () => {
  const { url } = await alan.post<{ url: string }>('/me/calendar-feed');
  const feed = await (await fetch(url)).text();
  const ofFeeds = /^(NAME|X-WR-CALNAME|REFRESH-INTERVAL;VALUE=DURATION|X-PUBLISHED-TTL):.*\r\n/gm;
  assert.match(entryIn(feed.replaceAll(ofFeeds, ''), 0)('summary'), /^Design: =cmd\(\)/);
  const links = got.flatMap(({ read }) => linksIn(read.text ?? ''));
  const page = links.find((link) => link.startsWith(`${world.url}/i/`)) ?? '';
  const told = page.replace('/i/', '/api/v1/candidate-pages/');
  const { firstName } = (await (await fetch(told)).json()) as { firstName: string };
  isHarmless(firstName, 'the page');
  entryIn(await (await fetch(`${told}/invites/1`)).text(), 0);
});

/** Cells of a table by RFC 4180. */
const cellsOf = (table: string): string[] =>
  [...table.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );

test('no cell of the activity’s table is a formula, whoever or whatever it names', async () => {
  await insertAudit(world.hub.hub.db, { id: 'us_1', name: '+cmd()' }, 'interview.look', interviewId, {
    text: hostile,
  });
  const answer = await fetch(`${world.url}/api/v1/audit/export?act=interview.look`, {
    headers: { authorization: `Bearer ${world.api.key}` },
  });
  const table = await answer.text();
  const cells = cellsOf(table.slice(1).trimEnd());
  assert.equal(cells.length, 14, 'a head and one line of seven');
  assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell)), []);
  assert.equal(cells[8], "'+cmd()");
  assert.match(cells[12] ?? '', /^'=cmd\(\)/);
}); // prettier-ignore
