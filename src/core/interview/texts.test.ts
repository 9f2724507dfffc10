import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry } from '#core/template/variables.ts';
import type { PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { speakerOf } from './texts.ts';
import { atsThing } from './things.ts';
import { want } from './want.ts';

const hour = 3_600_000;

const event = (id: string, ...accounts: Array<string | null>): PlannedEvent => ({
  id,
  name: id,
  topic: '',
  start: 100 * hour,
  end: 101 * hour,
  location: '',
  seats: accounts.map((atsUserId, index) => ({
    personId: `${id}${String(index)}`,
    name: id,
    email: `${id}${String(index)}@example.com`,
    title: '',
    zone: 'UTC',
    atsUserId,
    required: true,
    feedbackFormId: null,
    why: '',
  })),
  feedbackFormId: null,
  interviewerInvite: null,
  internal: false,
});

const text = 'Feedback: $Event.Feedback.Link';
const linkWaitUntil = 2 * hour;

const scene = (events: PlannedEvent[], ats: Partial<Scene['ats']> = {}): Scene => ({
  id: 'iv_1',
  state: 'confirmed',
  now: hour,
  registry: createRegistry([]),
  changeSummary: '',
  platforms: new Map(),
  facts: {
    candidate: {
      name: 'Ada Lovelace',
      preferredName: '',
      email: 'ada@candidates.example',
      phone: '',
      zone: 'UTC',
      location: '',
      tags: [],
      atsLink: '',
      customFields: {},
    },
    job: { name: '', department: '', location: '' },
    stage: { name: '' },
    company: { name: '', website: '', phone: '' },
  },
  ats: {
    connectionId: 'cn_1',
    takesInterviews: true,
    showsEventNotes: true,
    calledOff: false,
    feedbackForms: new Map(),
    ...ats,
  },
  mail: { connectionId: null, organizer: { name: '', address: 'hub@example.com' } },
  hubUrl: 'https://hub.example',
  standing: new Map(),
  joinUrls: new Map(),
  linkWaitUntil,
  plan: {
    name: 'Onsite',
    zone: 'UTC',
    candidateZone: 'UTC',
    remote: true,
    events,
    texts: {
      candidateMail: null,
      candidateInvite: null,
      interviewerInvite: { title: '$Event.Name', body: text },
      itinerary: '$Event.Name',
    },
    coding: [],
    recruiter: null,
    coordinator: null,
    hiringManager: null,
    lastEvent: events.length,
    links: {},
    note: '',
  },
});

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
