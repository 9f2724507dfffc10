/** Interviews for tests of what follows from them. */
import { createRegistry } from '#core/template/variables.ts';
import type { PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';

export const hour = 3_600_000;

export const event = (id: string, ...accounts: Array<string | null>): PlannedEvent => ({
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

export const linkWaitUntil = 2 * hour;

export const scene = (events: PlannedEvent[], ats: Partial<Scene['ats']> = {}): Scene => ({
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
      linkedIn: '',
      headline: '',
      title: '',
      company: '',
      source: '',
    },
    job: { name: '', department: '', location: '', requisition: '', url: '' },
    stage: { name: '' },
    company: { name: '', website: '', phone: '', careersLink: '' },
    sender: null,
  },
  ats: {
    connectionId: 'cn_1',
    takesInterviews: true,
    showsEventNotes: true,
    calledOff: false,
    gone: false,
    feedbackForms: new Map(),
    ...ats,
  },
  mail: { connectionId: null, organizer: { name: '', address: 'hub@example.com' }, number: 0 },
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
      interviewerInvite: { title: '$Event.Name', body: 'Feedback: $Event.Feedback.Link' },
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
