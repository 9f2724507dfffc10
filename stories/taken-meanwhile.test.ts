/** Who was chosen from a pool has gone when it is sent: the answer names who else can, and is taken as it is. */
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'ics-feed'], candidates: 2 } });
const hub = hubOf(world);
const panel = panelOf(world);
await joinLever(world, 'Ana Arlt', 'Ben Brecht', 'Cy Celan', 'Dora Duras');
const connectionId = await hub.connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const member = (name: string) => panel.person(name, { tags: ['backend'] });
const ana = await member('Ana Arlt');
const ben = await member('Ben Brecht');
await member('Cy Celan');
const dora = await panel.person('Dora Duras');
const pool = await world.api.post<{ id: string }>('/pools', { name: 'Backend', expression: 'backend' }); // prettier-ignore

after(() => world.close());
beforeEach(() => hub.quiet());

interface Problem {
  code: string;
  detail: string;
  instead?: { swaps: Array<{ event: string; name: string; byName: string }>; events: object[] };
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const everyHour = Object.fromEntries(days.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

const fromPool = (chosen: string[], count = 1) => ({
  from: { kind: 'pool', poolId: pool.id, count },
  chosen,
});

const coding = (hours: number, ...seats: object[]) => ({
  name: 'Coding',
  minutes: 60,
  start: panel.at(hours),
  seats,
});

const wish = async (name: string, events: object[], more: object = {}) => {
  const { id: candidateId } = await applyAtLever(world, name, { posting });
  return { connectionId, candidateId, note: `About ${name}`, events, ...more };
};

const send = (body: object) => world.api.call<Interview & Problem>('POST', '/interviews', body);

const swapsOf = ({ instead }: Problem): string[] =>
  (instead?.swaps ?? []).map(({ event, name, byName }) => `${event}: ${name} -> ${byName}`);

const anybody = ['Ben Brecht', 'Cy Celan'];

test('of four who take the same member at once, the others hear who is next, until nobody is left', async () => {
  let wishes: object[] = await Promise.all(
    ['Tia Three', 'Tom Three', 'Tess Three', 'Ted Three'].map((name) =>
      wish(name, [coding(0, fromPool([ana]))]),
    ),
  );
  const seated = new Set<string>();
  for (const left of [3, 2, 1]) {
    const answers = await Promise.all(wishes.map(send));
    const made = answers.filter(({ status }) => status === 201);
    assert.deepEqual(
      answers.map(({ status, body }) => (status === 201 ? 'made' : `${String(status)} ${body.code}`)).sort(),
      [...Array<string>(left).fill('409 interview_conflicts'), 'made'],
    );
    seated.add(made[0]?.body.events[0]?.seats[0]?.name ?? '');
    const refused = answers.flatMap(({ status, body }, index) =>
      status === 409 ? [{ ...body, asked: wishes[index] }] : [],
    );
    for (const { detail, instead } of refused) {
      const [swap] = instead?.swaps ?? [];
      assert.equal(swap === undefined, left === 1, 'offered as long as there is somebody');
      if (swap) assert.ok(detail.endsWith(` ${swap.byName} can take ${swap.name}’s seat in Coding.`));
      assert.ok(!seated.has(swap?.byName ?? ''));
    }
    wishes = refused.map(({ instead, asked }) => ({ ...asked, events: instead?.events ?? [] }));
  }
  assert.deepEqual([...seated].sort(), ['Ana Arlt', ...anybody]);
}); // prettier-ignore

test('a preview names the next one before anything is sent, and a hold is refused alike', async () => {
  await panel.schedule(await wish('Fay First', [coding(24, fromPool([ana]))]));
  const body = await wish('Sue Second', [coding(24, fromPool([ana]))], { state: 'hold' });
  const foreseen = await world.api.post<Problem>('/interviews/preview', body);
  const { body: refused } = await send(body);
  assert.equal(refused.code, 'interview_conflicts');
  assert.deepEqual(refused.instead, foreseen.instead);
  const { swaps = [], events } = refused.instead ?? {};
  const names = swaps.map(({ byName }) => byName);
  assert.ok(names.length === 1 && anybody.includes(names[0] ?? ''));
  const held = await panel.schedule({ ...body, events });
  assert.equal(held.state, 'hold');
  assert.deepEqual(
    held.events.map(({ start, seats }) => [start, ...seats.map(({ name }) => name)]),
    [[panel.at(24), ...names]],
  );
}); // prettier-ignore

test('several seats are taken by several others, and who is not taken stays', async () => {
  const pairing = { ...coding(50, fromPool([ana, ben], 2)), name: 'Pairing' };
  await panel.schedule(await wish('Una Uses', [coding(48, seat(ana))]));
  await panel.schedule(await wish('Uli Uses', [coding(50, seat(ben))]));
  const body = await wish('Sam Several', [coding(48, fromPool([ana]), seat(dora)), pairing]);
  const { body: refused } = await send(body);
  const [first, second] = swapsOf(refused);
  assert.match(first ?? '', /^Coding: Ana Arlt -> (Ben Brecht|Cy Celan)$/);
  assert.equal(second, 'Pairing: Ben Brecht -> Cy Celan');
  const made = await panel.schedule({ ...body, events: refused.instead?.events });
  assert.deepEqual(
    made.events.map(({ seats }) => seats.map(({ name }) => name)),
    [[first?.split(' -> ')[1], 'Dora Duras'], ['Ana Arlt', 'Cy Celan']],
  );
}); // prettier-ignore

test('who was named alone is not exchanged, nor is anybody where one seat cannot be helped', async () => {
  await panel.schedule(await wish('Ned Named', [coding(72, seat(ana), seat(dora))]));
  for (const seats of [[seat(dora)], [fromPool([ana]), seat(dora)]]) {
    const { status, body } = await send(await wish('Nia Named', [coding(72, ...seats)]));
    assert.equal(status, 409);
    assert.equal(body.instead, undefined);
  }
});

test('of two drafts with the same member that are confirmed at once, the second takes the next one', async () => {
  const drafts = await Promise.all(
    ['Dan Draft', 'Dee Draft'].map(async (name) =>
      panel.schedule(await wish(name, [coding(96, fromPool([ana]))], { state: 'draft' })),
    ),
  );
  const confirm = (id: string, body: object) =>
    world.api.call<Interview & Problem>('POST', `/interviews/${id}/confirm`, body);
  const answers = await Promise.all(drafts.map(({ id }) => confirm(id, {})));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const second = answers.findIndex(({ status }) => status === 409);
  const { swaps: [swap] = [], events } = answers[second]?.body.instead ?? {};
  assert.ok(anybody.includes(swap?.byName ?? ''));
  const { status, body } = await confirm(drafts[second]?.id ?? '', { events });
  assert.equal(status, 200);
  assert.deepEqual(body.events[0]?.seats.map(({ name }) => name), [swap?.byName]);
}); // prettier-ignore

test('a member whose own calendar is taken at that very time is not offered', async () => {
  const feed = await world.connect('ics-feed');
  const busy = { name: 'Ben Brecht', email: 'ben.brecht@example.com', zone: 'Europe/Berlin', tags: ['backend'], busySources: [feed], hours: everyHour }; // prettier-ignore
  assert.equal((await world.api.call('PUT', `/people/${ben}`, busy)).status, 200);
  const local = (hours: number) =>
    new Date(panel.at(hours)).toLocaleString('sv', { timeZone: 'Europe/Berlin' });
  const url = world.emulator('ics-feed').credentials()['url'] ?? '';
  await world.form(`/ics-feed/${/api\/(\w+)\//.exec(url)?.[1] ?? ''}/entries`, {
    title: 'Dentist',
    start: local(120).slice(0, 16).replace(' ', 'T'),
    end: local(121).slice(0, 16).replace(' ', 'T'),
  });
  await panel.schedule(await wish('Cal First', [coding(120, fromPool([ana]))]));
  const { body } = await send(await wish('Cal Second', [coding(120, fromPool([ana]))]));
  assert.deepEqual(swapsOf(body), ['Coding: Ana Arlt -> Cy Celan']);
});
