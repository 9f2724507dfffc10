/**
 * What should exist outside for an interview as it is planned now. In the order of its steps:
 * sessions, the ATS, invites and mails, notes. Nothing here looks at what was done before; that is
 * `diff.ts`.
 */
import type { Note } from '#core/model.ts';
import type { Wanted } from './diff.ts';
import { placeOf } from './operations.ts';
import { stands, type PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { linkOf } from './sessions.ts';
import { isForAts, speakerOf, type Speaker } from './texts.ts';
import { atsThing, interviewNote, numbered } from './things.ts';
import { candidateMails, interviewerMails } from './want-mails.ts';

export interface SessionContent {
  title: string;
  templateId: string | null;
}

export interface TestContent {
  testId: string;
  testName: string;
}

export interface AtsContent {
  url: string;
  timeZone: string;
  note: string;
  events: Array<{
    key: string;
    title: string;
    start: number;
    end: number;
    location: string;
    note: string;
    feedbackFormId: string | null;
    interviewers: Array<{ userId: string; email: string; feedbackFormId: string | null }>;
  }>;
}

const steps = { session: 1, ats: 2, note: 4 };

export const want = (scene: Scene): Wanted[] => {
  if (!stands(scene.state)) return [];
  const speaker = speakerOf(scene);
  if (scene.state === 'hold')
    return [...interviewerMails(scene, speaker), ...(scene.ats.gone ? [] : [holdNote(scene)])];
  return [
    ...sessions(scene, speaker),
    ...atsInterview(scene, speaker),
    ...interviewerMails(scene, speaker),
    ...candidateMails(scene, speaker),
    ...linkNote(scene, speaker),
  ];
};

const sessions = (scene: Scene, { sessions: needed }: Speaker): Wanted[] =>
  needed.map((session) => {
    const event = scene.plan.events.find(({ id }) => id === session.eventId);
    const base = { thing: session.thing, kind: session.kind, connectionId: session.connectionId };
    const rest = { step: steps.session, notBefore: session.notBefore };
    if (session.kind === 'assessment') {
      const choice = scene.plan.coding.find((one) => one.connectionId === session.connectionId);
      const content: TestContent = {
        testId: session.choiceId ?? '',
        testName: choice?.name ?? '',
      };
      return { ...base, ...rest, content };
    }
    const content: SessionContent = {
      title: event ? `${scene.plan.name}: ${event.name}` : scene.plan.name,
      templateId: session.choiceId,
    };
    return { ...base, ...rest, content };
  });

const atsInterview = (scene: Scene, speaker: Speaker): Wanted[] => {
  if (scene.ats.calledOff || !scene.ats.takesInterviews) return [];
  const { plan } = scene;
  const events = plan.events.filter(isForAts).map((event) => ({
    key: event.id,
    title: event.name,
    start: event.start,
    end: event.end,
    location: placeOf(event),
    note: scene.ats.showsEventNotes ? linksOf(scene, speaker, event) : '',
    feedbackFormId: event.feedbackFormId,
    interviewers: event.seats.flatMap((seat) =>
      seat.atsUserId === null
        ? []
        : [{ userId: seat.atsUserId, email: seat.email, feedbackFormId: seat.feedbackFormId }],
    ),
  }));
  if (events.length === 0) return [];
  const url = `${scene.hubUrl}/interviews/${scene.id}`;
  const content: AtsContent = { url, timeZone: plan.zone, note: plan.note, events };
  return [
    {
      thing: numbered(atsThing(scene.id), plan.links),
      kind: 'ats_interview',
      connectionId: scene.ats.connectionId,
      content,
      step: steps.ats,
      // An update waits for links that are on their way, so that the ATS is written once.
      notBefore: pendingLinks(scene, speaker, plan.events) ? scene.linkWaitUntil : 0,
    },
  ];
};

const liveFor = ({ sessions: needed }: Speaker, event: PlannedEvent) =>
  needed.filter((one) => one.kind === 'live_session' && (one.eventId ?? event.id) === event.id);

const linksOf = (scene: Scene, speaker: Speaker, event: PlannedEvent): string =>
  liveFor(speaker, event)
    .flatMap((session) => {
      const link = linkOf(scene, session);
      return link.state === 'ready' ? [`${session.platform}: ${link.url}`] : [];
    })
    .join('\n');

const pendingLinks = (scene: Scene, speaker: Speaker, events: readonly PlannedEvent[]): boolean =>
  scene.ats.showsEventNotes &&
  events.some((event) =>
    liveFor(speaker, event).some((session) => linkOf(scene, session).state === 'pending'),
  );

const note = (scene: Scene, about: 'hold' | 'links', lines: Note, notBefore: number): Wanted => ({
  thing: interviewNote(scene.id, about),
  kind: 'note',
  connectionId: scene.ats.connectionId,
  content: lines,
  step: steps.note,
  notBefore,
  lasting: true,
});

/** A hold is no interview in the ATS yet; whoever reads the profile should know of it. */
const holdNote = (scene: Scene): Wanted =>
  note(
    scene,
    'hold',
    [
      [`Interview on hold: ${scene.plan.name}`],
      ...scene.plan.events.map(({ name, start }) => [`${new Date(start).toISOString()} ${name}`]),
      [{ text: 'Open in Loopwright', href: `${scene.hubUrl}/interviews/${scene.id}` }],
    ],
    0,
  );

/** Where the ATS has no place beside the event, the links are told in a note. */
const linkNote = (scene: Scene, speaker: Speaker): Wanted[] => {
  const live = speaker.sessions.filter(({ kind }) => kind === 'live_session');
  if (scene.ats.gone || scene.ats.showsEventNotes || live.length === 0) return [];
  const lines: Note = live.flatMap((session) => {
    const link = linkOf(scene, session);
    if (link.state === 'pending') return [];
    const event = scene.plan.events.find(({ id }) => id === session.eventId);
    const what = event ? `${session.platform}, ${event.name}` : session.platform;
    return [[`Technical interview link (${what}): `, { text: link.url, href: link.url }]];
  });
  const isPending = lines.length < live.length;
  // There is nothing to tell before the first link exists.
  const notBefore = lines.length === 0 ? Number.POSITIVE_INFINITY : isPending ? scene.linkWaitUntil : 0;
  return [note(scene, 'links', lines, notBefore)];
}; // prettier-ignore
