import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry } from '#core/template/variables.ts';
import type { CodingChoice, Plan } from './model.ts';
import { neededSessions, openedBy, renewChosen, unchosenIn } from './sessions.ts';
import { event, scene } from './testing.ts';

const choice = (connectionId: string, kind: CodingChoice['kind'], id: string | null) => ({
  connectionId,
  platform: connectionId,
  kind,
  id,
  name: id,
});

const chooseCoding = (id: string, plan: Plan, coding: CodingChoice[]): Plan =>
  renewChosen(id, plan, { ...plan, coding });

const planWith = (...coding: CodingChoice[]) => ({ ...scene([event('e1'), event('e2')]).plan, coding }); // prettier-ignore

test('another template replaces the rooms of its platform, for the interview and each event', () => {
  const plan = planWith(choice('cn_1', 'template', 'a'), choice('cn_2', 'template', 'a'));
  const coding = [choice('cn_1', 'template', 'b'), choice('cn_2', 'template', 'a')];
  const changed = chooseCoding('iv_1', plan, coding);
  assert.deepEqual(changed.coding, coding);
  assert.deepEqual(changed.links, {
    'interview/iv_1/live-session/cn_1': 1,
    'interview/iv_1/event/e1/live-session/cn_1': 1,
    'interview/iv_1/event/e2/live-session/cn_1': 1,
  });
});

test('another test is sent anew, and rooms without a template stay as they are', () => {
  const plan = planWith(choice('cn_1', 'test', 'a'));
  assert.deepEqual(chooseCoding('iv_1', plan, [choice('cn_1', 'test', 'b')]).links, {
    'interview/iv_1/assessment/cn_1': 1,
  });
  assert.deepEqual(chooseCoding('iv_1', plan, [choice('cn_1', 'test', 'a')]).links, {});
});

test('what was chosen before is forgotten where a plain room is wanted now', () => {
  const plan = planWith(choice('cn_1', 'template', 'a'));
  const { links } = chooseCoding('iv_1', plan, [choice('cn_1', null, null)]);
  assert.equal(links['interview/iv_1/live-session/cn_1'], 1);
});

const choosing = (plan: Plan, eventId: string, coding: CodingChoice[]): Plan => ({
  ...plan,
  events: plan.events.map((one) => (one.id === eventId ? { ...one, coding } : one)),
});

test('an event begins with a template of its own, and only its room gives way to another', () => {
  const plan = planWith(choice('cn_1', 'template', 'a'));
  const own = choosing(plan, 'e2', [choice('cn_1', 'template', 'b')]);
  assert.deepEqual(renewChosen('iv_1', plan, own).links, {
    'interview/iv_1/event/e2/live-session/cn_1': 1,
  });
  assert.deepEqual(chooseCoding('iv_1', own, [choice('cn_1', 'template', 'c')]).links, {
    'interview/iv_1/live-session/cn_1': 1,
    'interview/iv_1/event/e1/live-session/cn_1': 1,
  });
  assert.deepEqual(renewChosen('iv_1', own, choosing(own, 'e2', [])).links, {
    'interview/iv_1/event/e2/live-session/cn_1': 1,
  });
});

test('an event may have its room at another account of the same platform', () => {
  const of = scene([event('e1'), event('e2')]);
  const at = (connectionId: string, id: string | null) => ({
    ...choice(connectionId, 'template', id),
    platform: 'CodeSignal',
  });
  const body = '$Event.CodeSignal.Live.Link';
  const plan = {
    ...of.plan,
    texts: { ...of.plan.texts, interviewerInvite: { title: '', body } },
    coding: [at('cn_1', 'a'), at('cn_2', null)],
  };
  const registry = createRegistry([{ platform: 'CodeSignal', live: true, tests: true }]);
  const needed = neededSessions({ ...of, registry, plan: choosing(plan, 'e2', [at('cn_2', 'b')]) });
  assert.deepEqual(
    needed.map(({ eventId, connectionId, choiceId }) => [eventId, connectionId, choiceId]),
    [
      ['e1', 'cn_1', 'a'],
      ['e2', 'cn_2', 'b'],
    ],
  );
});

test('where nothing is chosen a platform with rooms opens a plain one, and another gives nothing', () => {
  const registry = createRegistry([
    { platform: 'Rooms', live: true, tests: true },
    { platform: 'Tests', live: false, tests: true },
  ]);
  const text = '$Interview.Rooms.Template.Link $Interview.Tests.Template.Link';
  const none = planWith(choice('Rooms', null, null), choice('Tests', null, null));
  assert.deepEqual(unchosenIn(text, none, registry), [
    { platform: 'Rooms', hasRooms: true },
    { platform: 'Tests', hasRooms: false },
  ]);
  assert.deepEqual(unchosenIn('$Interview.Rooms.Live.Link', none, registry), []);
  const some = planWith(choice('Rooms', 'template', 'a'), choice('Tests', 'test', 'a'));
  assert.deepEqual(unchosenIn(text, some, registry), []);
});

test('a link of an event opens what the event has of its own, else what the interview has', () => {
  const registry = createRegistry([{ platform: 'Codility', live: true, tests: true }]);
  const whole = { ...choice('cn_1', 'template', 'whole'), platform: 'Codility' };
  const own = { ...choice('cn_1', 'template', 'own'), platform: 'Codility' };
  const opened = (text: string, ...events: string[]) =>
    openedBy(
      text,
      { coding: [whole] },
      events.map((id) => ({ ...event(id), ...(id === 'e2' ? { coding: [own] } : {}) })),
      registry,
    ).map(({ id }) => id);
  assert.deepEqual(opened('$Event.Codility.Live.Link', 'e1', 'e2'), ['whole', 'own']);
  assert.deepEqual(opened('$Event.Codility.Live.Link', 'e2'), ['own']);
  assert.deepEqual(opened('$Interview.Codility.Live.Link', 'e2'), ['whole']);
  assert.deepEqual(opened('$Event.Name', 'e1', 'e2'), []);
});
