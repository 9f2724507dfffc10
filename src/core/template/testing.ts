/** Facts of one interview for the tests of texts. */
import type { FilledSeat } from '#core/interview/model.ts';
import type { EventFacts, Facts } from './facts.ts';

export const seat = (name: string, change: Partial<FilledSeat> = {}): FilledSeat => ({
  personId: `pe_${name.toLowerCase().replaceAll(' ', '_')}`,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
  title: '',
  zone: 'Europe/Berlin',
  atsUserId: null,
  required: true,
  feedbackFormId: null,
  why: 'named in the template',
  ...change,
});

const hour = 3_600_000;
/** 1 December 2026, 10:00 in Berlin. */
export const tenInBerlin = Date.UTC(2026, 11, 1, 9);

export const eventFacts = (id: string, index: number, change: Partial<EventFacts> = {}): EventFacts => ({
  id,
  name: `Event ${id}`,
  topic: 'A topic',
  start: tenInBerlin + index * hour,
  end: tenInBerlin + (index + 1) * hour,
  location: '',
  seats: [seat('Alan Turing')],
  live: {},
  feedbackLink: null,
  feedbackFormName: '',
  ...change,
}); // prettier-ignore

export const facts = (change: Partial<Facts> = {}): Facts => ({
  candidate: {
    name: 'Ada Lovelace',
    preferredName: '',
    email: 'ada@candidates.example',
    phone: '',
    zone: 'Asia/Kathmandu',
    location: '',
    tags: [],
    atsLink: 'https://ats.example/ada',
    customFields: {},
    linkedIn: '',
    headline: '',
    title: '',
    company: '',
    source: '',
  },
  job: { name: 'Backend Engineer', department: '', location: '', requisition: '', url: '' },
  stage: { name: 'Onsite' },
  company: { name: 'Example', website: '', phone: '', careersLink: '' },
  sender: null,
  recruiter: null,
  coordinator: { name: 'Grace Hopper', email: 'grace@example.com', title: '', phone: '' },
  hiringManager: null,
  interview: {
    name: 'Onsite',
    zone: 'Europe/Berlin',
    status: 'confirmed',
    remote: true,
    place: null,
    events: [eventFacts('e1', 0), eventFacts('e2', 1), eventFacts('e3', 2)],
    hubLink: 'https://hub.example/interviews/iv_1',
    page: { state: 'ready', url: 'https://hub.example/i/join_1' },
    notes: '',
    changeSummary: '',
    live: {},
    template: {},
    itinerary: '',
  },
  event: null,
  ...change,
});
