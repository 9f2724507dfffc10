/** The hub answers when a loop can happen and who sits in which seat, and books what it answered. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { field, panelOf, type Interview, type Mail } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
await joinLever(
  world,
  ...[
    'Ana Ott',
    'Bo York',
    'Cy Das',
    'Di Ost',
    'Ed Dane',
    'Oz Opt',
    'Lee Last',
    'Una Una',
    'Vic Vee',
  ],
);
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';

after(() => world.close());

const { person, settled, mails } = panelOf(world);
const week = (from: string, to: string) => {
  const day = [{ from, to }];
  return { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
};

const day = 86_400_000;
/** The Friday before the clocks change in Europe, next spring or the one after. */
const friday = ((): number => {
  const soon = world.hub.hub.now() + 7 * day;
  const lastSunday = (year: number): number => {
    const end = Date.UTC(year, 2, 31);
    return end - new Date(end).getUTCDay() * day;
  };
  const year = new Date(soon).getUTCFullYear();
  const sunday = lastSunday(year) - 2 * day > soon ? lastSunday(year) : lastSunday(year + 1);
  return sunday - 2 * day;
})();
/** On the days from that Friday on, `HH:MM` in UTC. */
const at = (days: number, clock: string): string =>
  new Date(friday + days * day).toISOString().slice(0, 11) + `${clock}:00.000Z`;
const dateOf = (days: number): string => new Date(friday + days * day).toISOString().slice(0, 10);

const away = (days: number) => [{ from: dateOf(days), to: dateOf(days), reason: 'holiday' }];
const ana = await person('Ana Ott', { hours: week('09:00', '17:00'), tags: ['backend'] });
const bo = await person('Bo York', { zone: 'America/New_York', hours: week('09:00', '12:00') });
const cy = await person('Cy Das', { zone: 'Asia/Kolkata', hours: week('09:00', '17:00') });
const di = await person('Di Ost', { hours: week('09:00', '17:00'), tags: ['backend'] });
const ed = await person('Ed Dane', { zone: 'Europe/London', hours: week('08:00', '17:00'), daysOff: [...away(0), ...away(3)] }); // prettier-ignore

const people = (...personIds: string[]) => ({ from: { kind: 'people', personIds } });
const { id: poolId } = await world.api.post<{ id: string }>('/pools', {
  name: 'Backend',
  expression: 'backend',
});
const room = await world.api.post<{ id: string }>('/people', {
  kind: 'room',
  name: 'Room Lhotse',
  email: '',
  zone: 'Europe/Berlin',
});
const names5 = ['Coding', 'Design', 'Values', 'Pairing', 'Manager'];
const { id: templateId } = await world.api.post<{ id: string }>('/templates', {
  name: 'Onsite',
  layer: {
    order: 'any',
    maxGapMinutes: 30,
    events: [
      { name: 'Coding', minutes: 45, seats: [{ from: { kind: 'pool', poolId, count: 1 } }, people(room.id)] },
      { name: 'Design', minutes: 45, seats: [people(bo)] },
      { name: 'Values', minutes: 45, seats: [people(cy)] },
      { name: 'Pairing', minutes: 45, seats: [{ from: { kind: 'pool', poolId, count: 1 } }, people(room.id)] },
      { name: 'Manager', minutes: 45, seats: [people(ed)] },
    ],
  },
}); // prettier-ignore

interface Loop {
  schedules: Array<{
    events: Array<{ start: string; minutes: number; seats: Array<{ chosen: string[] }> }>;
    score: Record<string, number>;
  }>;
  proof: string;
  override: string[];
}

/** The candidate's afternoon in Kathmandu, 15:00 to 21:45, on these days. */
const windows = (...days: number[]) =>
  days.map((one) => ({ start: at(one, '09:15'), end: at(one, '16:00') }));

const ask = async (name: string) => {
  const candidate = await applyAtLever(world, name, { posting });
  const base = { connectionId, candidateId: candidate.id, templateId, candidateZone: 'Asia/Kathmandu' };
  return { candidate, base, search: { from: at(0, '00:00'), to: at(4, '00:00'), windows: windows(0, 3) } };
}; // prettier-ignore

const times = (interview: Pick<Interview, 'events'>) => interview.events.map(({ start }) => start);
const seatsOf = ({ events }: Interview) =>
  Object.fromEntries(
    events.map(({ name, seats }) => [name, seats.map(({ personId }) => personId)]),
  );
const begins = (mail: Mail): string => {
  const [, y, mo, d, h, mi] = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00Z/.exec(field(mail, 'DTSTART')) ?? [];
  return `${y ?? ''}-${mo ?? ''}-${d ?? ''}T${h ?? ''}:${mi ?? ''}:00.000Z`;
}; // prettier-ignore

test('an onsite of five events in four zones is explained, solved, booked, moved and mended', async () => {
  const { candidate, base, search } = await ask('Asha Gurung');
  const none = await world.api.post<Loop>('/panels/solve', { ...base, ...search });
  assert.deepEqual(none.schedules, [], 'the manager is away on both days');
  const why = await world.api.post<{
    starts: number;
    causes: Array<Array<{ text: string }>>;
    relaxations: Array<{ kind: string; resourceId: string; text: string; opens: number }>;
  }>('/panels/explain', { ...base, ...search });
  assert.equal(why.starts, 0);
  assert.match(JSON.stringify(why.causes), /Manager/);
  const { opens: _opens, ...taken } = why.relaxations.find(({ kind, text }) => kind === 'day_off' && text.includes(dateOf(3))) ?? assert.fail(JSON.stringify(why)); // prettier-ignore
  assert.equal(taken.resourceId, ed);

  const found = await world.api.post<Loop>('/panels/solve', { ...base, ...search, relax: [taken] });
  assert.equal(found.proof, 'optimal');
  assert.deepEqual(found.override, ['day_off']);
  const [best] = found.schedules;
  assert.ok(best);
  assert.equal(best.events.length, 5);
  const startOf = (name: string): string => best.events[names5.indexOf(name)]?.start ?? '';
  assert.ok(startOf('Values') <= at(3, '10:45'), 'before the evening in Kolkata');
  assert.ok(startOf('Design') >= at(3, '13:00'), 'nine in New York, where the clocks have changed');

  const refused = await world.api.call('POST', '/interviews', { ...base, events: best.events });
  assert.equal(refused.body['code'], 'interview_conflicts', 'what is given up has to be overridden');
  const { id, ...made } = await world.api.post<Interview>('/interviews', {
    ...base,
    events: best.events,
    override: found.override,
  });
  assert.deepEqual(
    seatsOf({ id, ...made }),
    Object.fromEntries(best.events.map(({ seats }, index) => [names5[index], seats.flatMap(({ chosen }) => chosen)])),
    'who was chosen is who sits',
  ); // prettier-ignore
  assert.match(made.events[0]?.seats[0]?.why ?? '', /chosen by the panel engine/);
  await settled(id);
  const invites = (await mails(id)).filter(({ calendar }) => calendar !== null);
  for (const event of made.events) {
    const invite = invites.find(({ subject }) => subject.startsWith(event.name));
    assert.ok(invite);
    assert.equal(begins(invite), event.start);
    assert.doesNotMatch(invite.to, /^$/, 'a room without an address gets none');
  }
  const own = invites.find(({ to }) => to === candidate.email);
  assert.ok(own);
  const kathmandu = new Date(Date.parse(times(made).sort()[0] ?? '') + 345 * 60_000).toISOString();
  assert.ok(own.text.includes(kathmandu.slice(11, 16)), own.text);
  assert.doesNotMatch(own.text, /with [^\n]*Lhotse/, 'a room is no interviewer');

  const next = { from: at(4, '00:00'), to: at(8, '00:00'), windows: windows(4, 5) };
  const moved = await world.api.post<Interview>(`/interviews/${id}/reschedule`, { best: next });
  assert.ok(times(moved).every((start) => start >= at(4, '09:15') && start < at(6, '00:00')));
  assert.deepEqual(seatsOf(moved), seatsOf({ id, ...made }), 'with the same people');
  const told = await until('everybody is told', async () => {
    const later = (await mails(id)).filter((mail) => mail.calendar !== null && field(mail, 'SEQUENCE') === '1');
    return later.length === invites.length && later;
  }); // prettier-ignore
  for (const event of moved.events)
    assert.equal(begins(told.find(({ subject }) => subject.startsWith(event.name)) ?? assert.fail()), event.start); // prettier-ignore

  const coding = moved.events.find(({ name }) => name === 'Coding');
  const leaves = coding?.seats[0]?.personId ?? '';
  const { substitutes } = await world.api.post<{ substitutes: Array<{ resourceId: string; score: unknown; remarks: string[] }> }>(
    '/panels/replacements', { interviewId: id, eventId: coding?.id, personId: leaves },
  ); // prettier-ignore
  assert.deepEqual(substitutes.map(({ resourceId }) => resourceId), [leaves === ana ? di : ana], JSON.stringify(substitutes)); // prettier-ignore
  const mended = await world.api.post<Interview>(`/interviews/${id}/replace`, {
    eventId: coding?.id,
    personId: leaves,
    best: true,
  });
  const sits = mended.events.find(({ id: event }) => event === coding?.id)?.seats[0];
  assert.equal(sits?.personId, substitutes[0]?.resourceId);
  assert.match(sits?.why ?? '', /chosen by the panel engine, in place of/);
  const suggested = await world.api.post<{ schedules: Array<{ events: unknown[] }> }>('/panels/moves', {
    interviewId: id, eventId: coding?.id, from: at(4, '00:00'), to: at(8, '00:00'), windows: windows(4, 5),
  }); // prettier-ignore
  const [elsewhere] = suggested.schedules;
  assert.ok(elsewhere, 'one event can be at another time');
  await world.api.post(`/interviews/${id}/reschedule`, { events: elsewhere.events });
}); // prettier-ignore

/** A loop of one event with these people, when the candidate can at two times only. */
const single = async (name: string, seats: unknown[], days: number) => {
  const { base } = await ask(name);
  const event = { name: 'Talk', minutes: 60, seats };
  return {
    base: { ...base, templateId: null, candidateZone: 'UTC' },
    events: [event],
    search: {
      from: at(days, '00:00'),
      to: at(days + 1, '00:00'),
      windows: [
        { start: at(days, '10:00'), end: at(days, '11:00') },
        { start: at(days, '13:00'), end: at(days, '14:00') },
      ],
    },
  };
};

test('somebody optional who is busy never removes an offer, and is not booked', async () => {
  const lee = await person('Lee Last', { hours: week('09:00', '17:00') });
  const oz = await person('Oz Opt', { daysOff: away(10) });
  const seats = [people(lee), { ...people(oz), required: false }];
  const { base, events, search } = await single('Opal Optional', seats, 10);
  const { schedules } = await world.api.post<Loop>('/panels/solve', { ...base, events, ...search });
  const [only] = schedules;
  assert.equal(only?.score['optional'], 1, 'a free seat costs, and no more');
  const made = await world.api.post<Interview>('/interviews', { ...base, events: only.events });
  assert.deepEqual(seatsOf(made)['Talk'], [lee]);
  const { schedules: both } = await world.api.post<Loop>('/panels/solve', { ...base, events, ...search, from: at(11, '00:00'), to: at(12, '00:00'), windows: windows(11) }); // prettier-ignore
  assert.deepEqual(both[0]?.events[0]?.seats.map(({ chosen }) => chosen), [[lee], [oz]], 'sits when free'); // prettier-ignore
});

test('two who take the last slot at the same second: one has it, the other sees fresh times', async () => {
  const last = await person('Una Una', { hours: week('09:00', '17:00') });
  const asked = await Promise.all(
    ['Tara Twin', 'Toby Twin'].map((name) => single(name, [people(last)], 11)),
  );
  const answers = await Promise.all(
    asked.map(async ({ base, events, search }) => {
      const { schedules } = await world.api.post<Loop>('/panels/solve', { ...base, events, ...search });
      assert.equal(schedules[0]?.events[0]?.start, at(11, '10:00'), 'both are offered it first');
      return { base, search, events: schedules[0].events };
    }),
  );
  const booked = await Promise.all(
    answers.map(({ base, events, search }) =>
      world.api.call('POST', '/interviews', { ...base, events, windows: search.windows }),
    ),
  );
  assert.deepEqual(booked.map(({ status }) => status).sort(), [201, 409]);
  const loser = booked.findIndex(({ status }) => status === 409);
  const problem = booked[loser]?.body as unknown as { code: string; alternatives: Loop['schedules'] };
  assert.equal(problem.code, 'interview_conflicts');
  const [fresh] = problem.alternatives;
  assert.equal(fresh?.events[0]?.start, at(11, '13:00'), 'what is free after the other has booked');
  await world.api.post('/interviews', { ...answers[loser]?.base, events: fresh.events });
  const late = await single('Tess Third', [people(last)], 11);
  const { body } = await world.api.call('POST', '/interviews', { ...late.base, events: late.events, ...late.search });
  assert.equal(body['code'], 'no_time_found');
  assert.match(String(body['detail']), /Talk takes 60 min and needs 1 of Una Una/);
  const timed = late.events.map((event) => ({ ...event, start: at(11, '10:00') }));
  const draft = await world.api.post<Interview>('/interviews', { ...late.base, events: timed, state: 'draft' });
  const hold = await world.api.call('POST', `/interviews/${draft.id}/hold`, {});
  const [later] = hold.body['alternatives'] as Array<{ events: Array<{ start: string }> }>;
  assert.ok(later, 'a draft that comes too late hears of other times, too');
  const taken = await world.api.post<Interview>(`/interviews/${draft.id}/hold`, { events: later.events });
  assert.deepEqual(times(taken), later.events.map(({ start }) => start), 'one of them is taken with the same act');
}); // prettier-ignore

test('two who leave the choice to the engine at the same second both get a time', async () => {
  const free = await person('Vic Vee', { hours: week('09:00', '17:00') });
  const made = await Promise.all(
    (['hold', 'confirmed'] as const).map(async (state) => {
      const name = `Gil ${state}`;
      const { base, events, search } = await single(name, [people(free)], 12);
      return world.api.post<Interview>('/interviews', { ...base, events, ...search, state });
    }),
  );
  assert.deepEqual(made.map(({ state }) => state), ['hold', 'confirmed']); // prettier-ignore
  assert.deepEqual(made.flatMap(times).sort(), [at(12, '10:00'), at(12, '13:00')]);
});

test('what is asked for half, twice or too late is refused with the field', async () => {
  const { base, events, search } = await single('Fay Faulty', [people(ana)], 13);
  const refusal = async (path: string, body: unknown) => {
    const { status, body: problem } = await world.api.call('POST', path, body);
    return [status, problem['code'], problem['field']];
  };
  const now = world.hub.hub.now();
  const bad = 'input_invalid';
  assert.deepEqual(await refusal('/interviews', { ...base, events }), [422, bad, 'from']);
  assert.deepEqual(await refusal('/panels/solve', { ...base, events, from: search.from }), [422, bad, 'to']); // prettier-ignore
  assert.deepEqual(await refusal('/panels/solve', { ...search }), [422, bad, 'panel']);
  assert.deepEqual(await refusal('/panels/solve', { ...base, events, ...search, to: '2020-01-01T00:00:00Z' }), [422, 'search_past', 'to']); // prettier-ignore
  assert.deepEqual(await refusal('/panels/solve', { ...base, events, ...search, to: at(300, '00:00') }), [422, 'panel_too_large', 'to']); // prettier-ignore
  const past = { ...search, from: '2020-01-01T00:00:00Z', to: new Date(now + 20 * day).toISOString(), windows: undefined }; // prettier-ignore
  const { starts } = await world.api.post<{ starts: string[] }>('/panels/slots', { ...base, events, ...past }); // prettier-ignore
  assert.ok(starts.length > 0 && starts.every((one) => Date.parse(one) >= now), 'from now on');
  const { id } = await world.api.post<Interview>('/interviews', { ...base, events, ...search, state: 'draft' }); // prettier-ignore
  const limited = await world.as('limited_team_member', 'nobody@example.com');
  const foreign = [
    await limited.call('POST', '/panels/solve', { ...base, events, ...search }),
    await limited.call('POST', '/panels/replacements', { interviewId: id, eventId: 'e1', personId: ana }), // prettier-ignore
  ];
  assert.deepEqual(foreign.map(({ status }) => status), [404, 404], 'of other people’s jobs'); // prettier-ignore
  const preview = await world.api.post<{ events: Interview['events'] }>('/interviews/preview', { ...base, events, ...search }); // prettier-ignore
  assert.deepEqual(times(preview), [at(13, '10:00')], 'a preview shows what would be chosen');
  assert.deepEqual(await refusal(`/interviews/${id}/move`, { eventId: 'e1' }), [422, bad, 'start']);
  assert.deepEqual(await refusal(`/interviews/${id}/replace`, { eventId: 'e1', personId: ana, byPersonId: bo, best: true }), [422, bad, 'best']); // prettier-ignore
  assert.deepEqual(await refusal('/panels/replacements', { interviewId: id, eventId: 'e1', personId: bo }), [422, 'seat_not_found', 'personId']); // prettier-ignore
});
