import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry } from '#core/template/variables.ts';
import type { PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { event, linkWaitUntil, scene } from './testing.ts';
import { speakerOf } from './texts.ts';
import { atsThing } from './things.ts';
import { want } from './want.ts';
import type { MailContent } from './want-mails.ts';

const text = 'Feedback: $Event.Feedback.Link';

const said = (of: Scene): Array<'pending' | 'empty' | 'link'> => {
  const speaker = speakerOf(of);
  return of.plan.events.map((one) => {
    const { pending, empty } = speaker.say(text, 'interviewer_invite', 'plain', { event: one });
    if (pending.length > 0) return 'pending';
    return empty.length > 0 ? 'empty' : 'link';
  });
};

const invitedAt = (of: Scene): number[] =>
  want(of).flatMap(({ kind, notBefore }) => (kind === 'mail' ? [notBefore] : []));

test('invites wait for a feedback link only where the ATS will be told of the event', () => {
  const events = [event('known', 'u1', null), event('strange', null)];
  assert.deepEqual(said(scene(events)), ['pending', 'empty']);
  assert.deepEqual(invitedAt(scene(events)), [linkWaitUntil, linkWaitUntil, 0]);
  const elsewhere = { takesInterviews: false };
  assert.deepEqual(said(scene(events, elsewhere)), ['empty', 'empty']);
  assert.deepEqual(invitedAt(scene(events, elsewhere)), [0, 0, 0]);
});

test('called off in the ATS, an event keeps the link that it had, and a new one waits for none', () => {
  const off = scene([event('old', 'u1'), event('new', 'u1')], { calledOff: true });
  const shown = { key: 'old', remoteId: 'r', feedbackUrl: 'https://ats.example/r' };
  const standing = new Map([[atsThing('iv_1'), { url: null, result: { events: [shown] } }]]);
  assert.deepEqual(said({ ...off, standing }), ['link', 'empty']);
  assert.deepEqual(invitedAt({ ...off, standing }), [0, 0]);
});

const platform = (names: string[]): Partial<Scene> => ({
  registry: createRegistry([{ platform: 'CodeSignal', live: true, tests: true }]),
  platforms: new Map(
    names.map((id) => [
      id,
      { platform: 'CodeSignal', live: true, tests: true, linkLifetime: null },
    ]),
  ),
});

const spoken = (texts: Partial<Scene['plan']['texts']>, more: Partial<Scene> = {}): Scene => {
  const of = scene([event('e1', 'u1')], { takesInterviews: false });
  const coding = ['cn_2', 'cn_3'].map((connectionId) => ({
    connectionId,
    platform: 'CodeSignal',
    kind: null,
    id: null,
    name: null,
  }));
  const plan = { ...of.plan, coding, texts: { ...of.plan.texts, ...texts } };
  return { ...of, ...platform(['cn_2', 'cn_3']), ...more, plan };
};

test('a text waits for the links of its itinerary, too, and tells what is missing there', () => {
  const texts = {
    interviewerInvite: { title: 'Talk', body: '$Interview.Itinerary' },
    itinerary: '$Event.Name ($Event.Topic): $Event.CodeSignal.Live.Link',
  };
  assert.deepEqual(invitedAt(spoken(texts)), [linkWaitUntil]);
  const of = spoken(texts);
  const { empty, text: shown } = speakerOf(of).say(texts.interviewerInvite.body, 'interviewer_invite', 'plain', { event: of.plan.events[0] as PlannedEvent }); // prettier-ignore
  assert.match(shown, /link follows/);
  assert.deepEqual(
    empty.map(({ variable }) => variable),
    ['$Event.Topic'],
  );
  const other = { ...texts, interviewerInvite: { title: 'Talk', body: 'Hello' } };
  assert.deepEqual(invitedAt(spoken(other)), [0]);
});

test('of two accounts at one platform the first is meant, in a template’s link as well', () => {
  const body = '$Interview.CodeSignal.Template.Link';
  const texts = { interviewerInvite: { title: 'Talk', body } };
  const url = 'https://codesignal.example/x1';
  const standing = new Map([['interview/iv_1/live-session/cn_2', { url, result: null }]]);
  const of = spoken(texts, { standing });
  assert.equal(speakerOf(of).say(body, 'interviewer_invite', 'plain').text, url);
});

test('a mail whose text names what nothing stands for says so, in its itinerary as well', () => {
  const texts = {
    interviewerInvite: { title: 'Talk', body: 'Room: $Interview.CodeSignal.Live.Link' },
    candidateMail: { subject: 'Hello', body: '$Interview.Itinerary' },
    itinerary: '$Event.CodeSignal.Live.Link',
  };
  const mails = want(spoken(texts, { registry: createRegistry([]) })).flatMap(
    ({ kind, content }) => (kind === 'mail' ? [(content as MailContent).unknown] : []),
  );
  assert.deepEqual(mails, [['$Interview.CodeSignal.Live.Link'], ['$Event.CodeSignal.Live.Link']]);
});
