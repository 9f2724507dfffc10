/**
 * Whatever a coordinator does, whatever fails meanwhile and whenever the hub is killed: in the end
 * everything is there once. The hub is a process of its own, with a database and vendors that stay.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { createRig } from './crash/rig.ts';
import { openJobsOf, quietOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, linksIn, panelOf, seat, type Interview, type Mail } from './panel.ts';
import { leverOf } from './vendors.ts';
import { until } from './world.ts';

const vendors = ['lever', 'codesignal', 'smtp'] as const;
const world = await createRig(vendors, 2);
const asked = { api: world.api, hub: { hub: { db: world.db } } };
const panel = panelOf(asked);
let hub = world.start();
let kills = 0;
await hub.ready;
const names = ['Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra', 'Grace Hopper'];
await joinLever(world, ...names);
const connectionId = await world.connect('lever');
const platformId = await world.connect('codesignal');
await world.connect('smtp');
await quietOf(asked);
const { items: offered } = await world.api.get<{ items: Array<{ id: string }> }>(
  `/connections/${platformId}/choices/templates`,
);
const templates = offered.map(({ id }) => id);
const [posting] = await leverOf(world).postings();
const people = await Promise.all(names.map((name) => panel.person(name)));

after(() => world.close());

type Step =
  | { do: 'move'; event: number; hours: number }
  | { do: 'reschedule'; hours: number }
  | { do: 'replace'; event: number; person: number }
  | { do: 'add'; person: number; hours: number }
  | { do: 'remove'; event: number }
  | { do: 'new-link'; event: number }
  | { do: 'event'; event: number; hours: number }
  | { do: 'coding'; template: number }
  | { do: 'cancel' }
  | { do: 'kill'; requests: number }
  | { do: 'fail'; vendor: (typeof vendors)[number]; kind: (typeof kinds)[number] };

const kinds = [500, 503, 'drop_after'] as const;

const small = fc.nat({ max: 3 });
const hours = fc.integer({ min: 0, max: 60 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), event: small, hours }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reschedule' as const), hours }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('replace' as const), event: small, person: small }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add' as const), person: small, hours }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), event: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new-link' as const), event: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('event' as const), event: small, hours }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('coding' as const), template: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('kill' as const), requests: fc.nat({ max: 12 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      vendor: fc.constantFrom(...vendors),
      kind: fc.constantFrom(...kinds),
    }),
  },
);

let round = 0;

/** What the step asks of the API; null where it needs something that is not there. */
const requestOf = (
  { events, effects }: Interview,
  wish: Exclude<Step, { do: 'fail' | 'kill' }>,
  at: (hours: number) => string,
): [path: string, body: Record<string, unknown>] | null => {
  const event = 'event' in wish ? events[wish.event % events.length] : undefined;
  switch (wish.do) {
    case 'move':
      return ['move', { eventId: event?.id, start: at(wish.hours) }];
    case 'reschedule':
      return ['reschedule', { start: at(wish.hours) }];
    case 'replace':
      return [
        'replace',
        {
          eventId: event?.id,
          personId: event?.seats[0]?.personId,
          byPersonId: people[wish.person],
        },
      ];
    case 'add':
      return [
        'add-event',
        {
          event: {
            name: `Extra ${String(wish.hours)}`,
            minutes: 30,
            start: at(wish.hours),
            seats: [seat(people[wish.person] ?? '')],
          },
        },
      ];
    case 'remove':
      return ['remove-event', { eventId: event?.id }];
    case 'new-link': {
      const session = effects.find(
        ({ kind, key }) =>
          (kind as string) === 'live_session' && key.includes(`/${event?.id ?? ''}/`),
      );
      return session ? ['new-link', { effectId: session.id }] : null;
    }
    case 'event':
      return [
        'event',
        { eventId: event?.id, name: `Renamed ${String(wish.hours)}`, minutes: 30 + wish.hours },
      ];
    case 'coding': {
      // One of them stands for a plain room.
      const id = templates[wish.template] ?? null;
      const kind = id === null ? null : 'template';
      return ['coding', { coding: [{ connectionId: platformId, kind, id }] }];
    }
    case 'cancel':
      return ['cancel', {}];
  }
};

const requestsSoFar = (): number =>
  vendors.reduce((sum, id) => sum + world.emulator(id).requests.length, 0);

/** Kills the hub when the vendors have had so many more requests, or nothing is left to do. */
const kill = async (requests: number): Promise<void> => {
  const enough = requestsSoFar() + requests;
  await until(
    'the hub has come so far',
    async () => requestsSoFar() >= enough || (await openJobsOf(world.db)) === 0,
  );
  hub.signal('SIGKILL');
  await hub.killed;
  kills += 1;
  hub = world.start();
  await hub.ready;
};

/** What a server refused for good stays so until a person says otherwise, as one does here. */
const retryRefused = async (id: string): Promise<void> => {
  await quietOf(asked);
  const { effects } = await world.api.get<Interview>(`/interviews/${id}`);
  for (const effect of effects)
    if (effect.state === 'failed')
      await world.api.post(`/effects/${effect.id}/decide`, { decision: 'retry' });
};

const play = async (steps: readonly Step[]) => {
  round += 1;
  // Each round has days of its own.
  const at = (offset: number): string => panel.at(round * 96 + offset);
  const candidate = await applyAtLever(world, `Prop ${String(round)}`, {
    posting: posting?.id ?? '',
  });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      linkWaitMinutes: 0,
      texts: {
        interviewerInvite: { title: '$Event.Name', body: 'Room: $Event.CodeSignal.Live.Link' },
        candidateInvite: { title: 'Your day', body: '$Event.CodeSignal.Live.Link' },
        candidateMail: null,
      },
    },
    events: [0, 1].map((index) => ({
      name: `Event ${String(index)}`,
      minutes: 60,
      start: at(index),
      seats: [seat(people[index] ?? '')],
    })),
  });
  for (const wish of steps) {
    if (wish.do === 'fail') {
      const match = wish.vendor === 'smtp' ? 'DATA /' : 'P';
      world.emulator(wish.vendor).faults.push({ kind: wish.kind, match, times: 1 });
      continue;
    }
    if (wish.do === 'kill') {
      await kill(wish.requests);
      continue;
    }
    const request = requestOf(await world.api.get<Interview>(`/interviews/${id}`), wish, at);
    if (!request) continue;
    const { status, body } = await world.api.call(
      'POST',
      `/interviews/${id}/${request[0]}`,
      request[1],
    );
    assert.ok(status < 500, JSON.stringify(body));
  }
  for (const vendor of vendors) world.emulator(vendor).faults.splice(0);
  await retryRefused(id);
  return { candidate, interview: await panel.settled(id) };
};

interface Panel {
  opportunity: string;
  canceledAt: number | null;
  interviews: Array<{ date: number }>;
}

const verify = async (candidate: { id: string; email: string }, interview: Interview) => {
  const isOn = interview.state === 'confirmed';
  const { panels } = world.emulator('lever').snapshot() as { panels: Panel[] };
  const standing = panels.filter(
    (one) => one.opportunity === candidate.id && one.canceledAt === null,
  );
  assert.equal(standing.length, isOn ? 1 : 0, 'panels');
  if (isOn)
    assert.deepEqual(
      standing[0]?.interviews.map(({ date }) => date).sort(),
      interview.events.map(({ start }) => Date.parse(start)).sort(),
      'Lever shows the events at their times',
    );

  const mails = await panel.mails(interview.id);
  const newest = new Map<string, Mail>();
  const numbers = new Map<string, number>();
  for (const mail of mails) {
    assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /\$[A-Z]\w/);
    const uid = field(mail, 'UID');
    const key = `${mail.to} ${uid}`;
    const sequence = Number(field(mail, 'SEQUENCE'));
    assert.ok(sequence >= (numbers.get(key) ?? 0), 'a number never falls');
    numbers.set(key, sequence);
    // Nobody got what was refused for good.
    if (mail.state !== 'bounced') newest.set(key, mail);
    if (mail.to === candidate.email)
      assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /\/lever\/|\/interviews\//);
  }
  const valid = [...newest.values()].filter(({ calendar }) => calendar?.method === 'REQUEST');
  const seats = interview.events.flatMap(({ seats: all }) => all);
  const inside = valid.filter(({ to }) => to !== candidate.email);
  assert.equal(inside.length, isOn ? seats.length : 0, 'one valid invite for each seat');
  const uids = (of: Mail[]): number => new Set(of.map((mail) => field(mail, 'UID'))).size;
  assert.equal(uids(inside), isOn ? interview.events.length : 0, 'one calendar entry an event');
  const own = valid.filter(({ to }) => to === candidate.email);
  const days = new Set(interview.events.map(({ start }) => start.slice(0, 10)));
  assert.equal(
    own.length,
    isOn ? days.size : 0,
    'one valid invite for each of the candidate’s days',
  );
  assert.equal(uids(own), own.length, 'a calendar entry a day');

  const links = new Set(inside.flatMap(({ text }) => linksIn(text)));
  assert.equal(links.size, isOn ? interview.events.length : 0, 'a link for each event');
  assert.deepEqual(new Set(own.flatMap(({ text }) => linksIn(text))), links);
  const { interviews } = world.emulator('codesignal').snapshot() as {
    interviews: Array<{ id: string; status: string; candidateEmail: string | null }>;
  };
  const open = interviews.filter(
    (one) => one.candidateEmail === candidate.email && one.status !== 'deleted',
  );
  const made = [...links].filter((link) => !link.includes('/join/')).length;
  assert.equal(open.length, made, 'no session that nothing needs');
};

test('one panel, one invite a seat and a day, one session an event, nothing else', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const { candidate, interview } = await play(steps);
      await verify(candidate, interview);
    }),
    { numRuns: 12, seed: 727, endOnFailure: true },
  );
  t.diagnostic(`the hub was killed ${String(kills)} times`);
  assert.ok(kills >= 5, 'too few kills to prove anything');
});
