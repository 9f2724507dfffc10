import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintOf } from './diff.ts';
import { defaultTexts } from './layers.ts';
import type { Plan, PlannedEvent } from './model.ts';
import { addEvent, moveEvent, replaceSeat } from './operations.ts';
import type { Scene } from './scene.ts';
import { event, hour, scene } from './testing.ts';
import { want } from './want.ts';

/** Three events of one hour, on two days. */
const loop = (change: (plan: Plan) => Plan = (plan) => plan, more: Partial<Scene> = {}): Scene => {
  const events = ['e1', 'e2', 'e3'].map((id, index): PlannedEvent => {
    const start = (100 + index * 12) * hour;
    return { ...event(id, 'u'), start, end: start + hour };
  });
  const of = scene(events, { takesInterviews: false });
  return { ...of, ...more, plan: change({ ...of.plan, texts: defaultTexts }) };
};

/** Who hears of what makes the one scene into the other, by the ends of the things' names. */
const concerned = (before: Scene, after: Scene): string[] => {
  const mailsOf = (of: Scene) =>
    new Map(
      want(of).flatMap(({ kind, thing, identity, content }) =>
        kind === 'mail' ? [[thing, fingerprintOf(identity ?? content)] as const] : [],
      ),
    );
  const stands = mailsOf(before);
  return [...mailsOf(after)]
    .flatMap(([thing, mark]) => (stands.get(thing) === mark ? [] : [thing]))
    .map((thing) => thing.replace(/^interview\/iv_1\/(event\/)?/, ''));
};

const changed = (change: (plan: Plan) => Plan, more: Partial<Scene> = {}): string[] =>
  concerned(loop(), loop(change, more));

test('an event that moves concerns its own interviewers, and the candidate on its own day', () => {
  assert.deepEqual(
    changed((plan) => moveEvent(plan, 'e2', 109 * hour)),
    ['e2/invite/e20', 'candidate/invite/1', 'candidate/mail'],
  );
  assert.deepEqual(
    changed((plan) => moveEvent(plan, 'e3', 125 * hour)),
    ['e3/invite/e30', 'candidate/invite/2', 'candidate/mail'],
  );
});

test('so it is whatever variable tells of the interview as a whole', () => {
  const body =
    '$Interview.Start.DateTime $Interview.End.DateTime $Interview.Duration $Interview.Interviewers.FullNames $Event.Index of $Event.Count: $Interview.Change.Summary';
  const written = (plan: Plan): Plan => ({
    ...plan,
    texts: { ...defaultTexts, interviewerInvite: { title: body, body } },
  });
  const extra = { ...event('e4', 'u'), start: 98 * hour, end: 99 * hour };
  assert.deepEqual(
    concerned(
      loop(written),
      loop((plan) => addEvent(written(plan), extra), { changeSummary: 'One more at the start' }),
    ),
    ['e4/invite/e40', 'candidate/invite/1', 'candidate/mail'],
  );
});

test('who sits in an event concerns all who do, and the candidate where it is told', () => {
  const [by] = event('x', 'u').seats;
  assert.ok(by);
  assert.deepEqual(
    changed((plan) => replaceSeat(plan, 'e2', 'e20', by)),
    ['e2/invite/x0', 'candidate/invite/1'],
  );
});

test('another text concerns everybody who reads it, also where it would read the same alone', () => {
  const write = (texts: Partial<Plan['texts']>) => (plan: Plan) => ({
    ...plan,
    texts: { ...defaultTexts, interviewerInvite: { title: 'Talk', body: '$Event.Duration' }, ...texts },
  });
  const all = ['e1/invite/e10', 'e2/invite/e20', 'e3/invite/e30'];
  const whole = { interviewerInvite: { title: 'Talk', body: '$Interview.Duration' } };
  assert.deepEqual(concerned(loop(write({})), loop(write(whole))), all);
  assert.deepEqual(
    changed((plan) => ({ ...plan, texts: { ...defaultTexts, itinerary: '- $Event.Name' } })),
    [...all, 'candidate/invite/1', 'candidate/invite/2'],
  );
}); // prettier-ignore

test('a summary of the last change that was read already is no change', () => {
  const told = { title: 'Interview', body: '$Interview.Change.Summary' };
  const write = (plan: Plan) => ({ ...plan, texts: { ...defaultTexts, candidateInvite: told } });
  assert.deepEqual(
    concerned(
      loop(write),
      loop((plan) => moveEvent(write(plan), 'e3', 125 * hour), { changeSummary: 'Moved' }),
    ),
    ['e3/invite/e30', 'candidate/invite/2', 'candidate/mail'],
  );
});
