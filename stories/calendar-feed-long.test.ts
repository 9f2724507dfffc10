/** A calendar feed of somebody with very many interviews: what it holds, and what it asks the database. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import ical from 'ical.js';
import { sql } from 'kysely';
import { calendarFeed } from '#jobs/calendar-feed.ts';
import { hubOf } from './hub-side.ts';
import { panelOf, seat } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const panel = panelOf(world);
const alan = await panel.person('Alan Turing');
const edsger = await panel.person('Edsger Dijkstra');
const barbara = await panel.person('Barbara Liskov');
const { hub } = world.hub;

after(() => world.close());

const hour = 3_600_000;
const texts = { interviewerInvite: { title: '$Event.Name', body: 'With $Candidate.FullName' } };

/** One interview of this person, at the far end of what a feed shows. */
const far = async (personId: string): Promise<string> => {
  const candidate = await applyAtLever(world, `Fay Far ${personId}`, { posting });
  const start = panel.at(24 * 300);
  const events = [{ name: 'Far', minutes: 60, start, seats: [seat(personId)] }];
  const made = await panel.schedule({ connectionId, candidateId: candidate.id, layer: { texts }, events });
  await panel.settled(made.id);
  return made.id;
}; // prettier-ignore

/** So many more like it, an hour after another from `first`: `Next 1`, `Next 2` and so on. */
const add = async (
  id: string,
  name: string,
  { count, first, step }: { count: number; first: number; step: number },
): Promise<void> => {
  await sql`insert into interview
    select made.* from interview one, generate_series(1, ${count}) number,
      to_jsonb(${first}::bigint + number * ${step}::bigint) start, to_timestamp(start::bigint / 1000) time,
      jsonb_build_object('start', start, 'end', start::bigint + 1800000, 'name', ${name} || ' ' || number) told,
      jsonb_populate_record(one, jsonb_build_object('id', one.id || ${name} || number, 'look_at', null,
        'plan', jsonb_set(one.plan, '{events,0}', (one.plan #> '{events,0}') || told),
        'starts_at', time, 'ends_at', time + interval '30 minutes')) made
    where one.id = ${id}`.execute(hub.db);
  await sql`insert into booking
    select copy.id, event_id, person_id, copy.starts_at, copy.ends_at
    from booking, interview copy
    where interview_id = ${id} and copy.id like ${`${id}${name}%`}`.execute(hub.db);
};

/** The feed over HTTP, as another library reads it. */
const feedOf = async (address: string) => {
  const own = await world.as('interviewer', address);
  const { url } = await own.post<{ url: string }>('/me/calendar-feed');
  const text = await (await fetch(url)).text();
  const entries = new ical.Component(ical.parse(text) as unknown[]).getAllSubcomponents('vevent');
  return { text, names: entries.map((one) => String(one.getFirstPropertyValue('summary'))) };
};

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${String(index + 1)}`);

/** How often the database is asked for the whole feed. */
const statementsFor = async (personId: string): Promise<number> => {
  let count = 0;
  const db = hub.db.withPlugin({
    transformQuery({ node }) {
      count += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  await calendarFeed({ ...hub, db }, personId);
  return count;
};

test('a feed tells the next two hundred interviews and the last hundred, and asks the database as often as for one', async () => {
  const id = await far(alan);
  await far(edsger);
  const now = Date.now();
  await add(id, 'Next', { count: 210, first: now + hour, step: hour });
  await add(id, 'Past', { count: 105, first: now - hour, step: -hour });
  const { names } = await feedOf('alan.turing@example.com');
  assert.deepEqual(names, [...numbered('Next', 200), ...numbered('Past', 100)]);
  assert.deepEqual((await feedOf('edsger.dijkstra@example.com')).names, ['Far']);
  assert.equal(await statementsFor(alan), await statementsFor(edsger));
});

test('a feed of long texts ends before it is too large for calendars, after a whole entry', async () => {
  const id = await far(barbara);
  await sql`update interview set plan = jsonb_set(plan, '{texts,interviewerInvite,body}', to_jsonb(repeat('long ', 4000)))
    where id = ${id}`.execute(hub.db);
  await add(id, 'Next', { count: 60, first: Date.now() + hour, step: hour });
  const { text, names } = await feedOf('barbara.liskov@example.com');
  const octets = Buffer.byteLength(text);
  assert.ok(octets > 950_000 && octets < 1_001_000, `${String(octets)} octets`);
  assert.deepEqual(names, numbered('Next', names.length));
  assert.match(text, /END:VEVENT\r\nEND:VCALENDAR\r\n$/);
});
