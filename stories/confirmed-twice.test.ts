/** Two who send one interview at the same moment: everything leaves the hub once, and one of them reads why. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { atOnce } from '#store/testing-at-once.ts';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld();
const hub = hubOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra');
const connectionId = await hub.connect('lever');
await hub.connect('codeinterview');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
after(() => world.close());

const panel = panelOf(world);
const alan = await panel.person('Alan Turing');
const edsger = await panel.person('Edsger Dijkstra');
const coordinators = [await world.as('admin', 'one@example.com'), await world.as('admin', 'two@example.com')]; // prettier-ignore

const texts = {
  interviewerInvite: { title: 'Interview', body: 'Room: $Event.CodeInterview.Live.Link' },
  candidateInvite: { title: 'Interview', body: 'Rooms: $Event.CodeInterview.Live.Link' },
};

/** Each of a day of its own. */
const plan = async (name: string, state: 'draft' | 'hold', day: number): Promise<Interview> => {
  const { id: candidateId } = await applyAtLever(world, name, { posting });
  const event = (what: string, hour: number, who: string) => ({
    name: what, minutes: 60, start: panel.at(day * 24 + hour), seats: [seat(who)],
  }); // prettier-ignore
  const made = await panel.schedule({
    connectionId,
    candidateId,
    candidateZone: 'UTC',
    state,
    layer: { texts },
    events: [event('Design', 0, alan), event('Coding', 1, edsger)],
  });
  await hub.quiet();
  return world.api.get(`/interviews/${made.id}`);
};

/** What was asked of the vendors that changes something there; ids differ. */
const asked = (): string[] =>
  ['lever', 'codeinterview'].flatMap((vendor) =>
    world
      .emulator(vendor)
      .requests.filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${vendor} ${method} ${path.replaceAll(/[\w-]{12,}/g, 'ID')}`),
  );

const byKind = (all: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

const less = (now: Record<string, number>, before: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(now)
      .map(([what, count]) => [what, count - (before[what] ?? 0)] as const)
      .filter(([, count]) => count !== 0),
  );

/** What left the hub when `send` was done: requests by kind, and mails by reader. */
const leaving = async (id: string, send: () => Promise<unknown>) => {
  const before = byKind(asked());
  const mailsBefore = (await panel.mails(id)).length;
  await send();
  await panel.settled(id);
  const mails = (await panel.mails(id)).slice(mailsBefore);
  return {
    requests: less(byKind(asked()), before),
    mails: mails.map(({ to, subject, calendar }) => {
      const reader = to.endsWith('@example.com') ? to : 'the candidate';
      return `${reader}: ${subject.replace(/: .*/, '')}, ${calendar?.method ?? 'no invite'}`;
    }).sort(),
  }; // prettier-ignore
};

for (const [index, state] of (['draft', 'hold'] as const).entries())
  test(`a ${state} that two confirm at the same moment is sent as if one had`, async () => {
    const solo = await plan('Sam Same', state, index * 2);
    const twin = await plan('Sam Same', state, index * 2 + 1);
    const confirm = (id: string, revision: number | undefined, by = coordinators[0]) =>
      by?.call('POST', `/interviews/${id}/confirm`, { revision }) ?? assert.fail();
    const once = await leaving(solo.id, () => confirm(solo.id, solo.revision));
    assert.ok(once.mails.length >= 3 && Object.keys(once.requests).length >= 2, JSON.stringify(once));

    const both = await leaving(twin.id, async () => {
      const answers = await atOnce(world.hub.hub.db, 'interview', () =>
        coordinators.map((by) => confirm(twin.id, twin.revision, by)),
      );
      const [refused, ...others] = answers.filter(({ status }) => status !== 200);
      assert.deepEqual([refused?.status, refused?.body['code'], others.length], [409, 'interview_changed', 0]);
      assert.match(String(refused?.body['detail']), /\(admin: confirm\)/);
    });
    assert.deepEqual(both, once);
    const { items } = await world.api.get<{ items: Array<{ act: string }> }>(`/interviews/${twin.id}/changes`);
    assert.equal(items.filter(({ act }) => act === 'confirm').length, 1);

    const late = await confirm(twin.id, undefined);
    assert.deepEqual([late.status, late.body['code']], [409, 'interview_state']);
  }); // prettier-ignore
