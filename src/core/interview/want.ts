/**
 * What should exist outside for an interview as it is planned now. In the order of its steps:
 * sessions, the ATS, invites and mails, notes. Nothing here looks at what was done before; that is
 * `diff.ts`.
 */
import type { Invite, Party } from '#core/calendar/invite.ts';
import type { Note } from '#core/model.ts';
import type { Rendered } from '#core/template/render.ts';
import type { Wanted } from './diff.ts';
import { placeOf } from './operations.ts';
import type { FilledSeat, PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { linkOf } from './sessions.ts';
import { isForAts, namesItinerary, speakerOf, type Speaker } from './texts.ts';
import {
  atsThing,
  candidateInvite,
  candidateMail,
  dayUid,
  eventUid,
  interviewerInvite,
  interviewNote,
  numbered,
} from './things.ts';

/** A mail but for what is only known when it is sent: its number in the sequence and its date. */
export interface MailContent {
  /** Null: the candidate has no address yet. */
  to: Party | null;
  subject: string;
  text: string;
  html: string;
  invite: Omit<Invite, 'sequence' | 'stamp'> | null;
  /** Variables that nothing stands for any more: such a mail must not be sent. Left out: none. */
  unknown?: string[];
}

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

const steps = { session: 1, ats: 2, mail: 3, note: 4 };

export const want = (scene: Scene): Wanted[] => {
  if (scene.state !== 'hold' && scene.state !== 'confirmed') return [];
  const speaker = speakerOf(scene);
  if (scene.state === 'hold') return [...interviewerMails(scene, speaker), holdNote(scene)];
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

/** Texts wait for links that are on their way, for a while; a hold makes none. */
const patience = (scene: Scene, texts: readonly Rendered[]): number =>
  scene.state !== 'hold' && texts.some(({ pending }) => pending.length > 0)
    ? scene.linkWaitUntil
    : 0;

const unknownIn = (texts: readonly Rendered[]): Pick<MailContent, 'unknown'> => {
  const unknown = [...new Set(texts.flatMap((text) => text.unknown))];
  return unknown.length === 0 ? {} : { unknown };
};

/** A room without an address hears of nothing. */
const invited = ({ seats }: PlannedEvent): FilledSeat[] =>
  seats.filter(({ email }) => email !== '');

const interviewerMails = (scene: Scene, speaker: Speaker): Wanted[] => {
  const { plan, state } = scene;
  return plan.events.flatMap((event) => {
    const { title, body } = event.interviewerInvite ?? plan.texts.interviewerInvite;
    const say = (text: string, format: 'title' | 'plain' | 'html'): Rendered =>
      speaker.say(text, 'interviewer_invite', format, { event });
    const shown = { title: say(title, 'title'), text: say(body, 'plain'), html: say(body, 'html') };
    const subject = state === 'hold' ? `[Hold] ${shown.title.text}` : shown.title.text;
    const invite = {
      uid: eventUid(scene.id, event.id),
      start: event.start,
      end: event.end,
      title: subject,
      description: shown.text.text,
      html: shown.html.text,
      location: placeOf(event),
      url: null,
      organizer: scene.mail.organizer,
      attendees: invited(event).map(({ name, email, required }) => ({
        name,
        address: email,
        required,
      })),
      status: state === 'hold' ? ('TENTATIVE' as const) : ('CONFIRMED' as const),
      isPrivate: false,
    };
    return invited(event).map((seat): Wanted => {
      const to = { name: seat.name, address: seat.email };
      const content: MailContent = {
        to,
        subject,
        text: shown.text.text,
        html: shown.html.text,
        invite,
        ...unknownIn([shown.title, shown.text]),
      };
      return mail(
        scene,
        interviewerInvite(scene.id, event.id, seat.personId),
        content,
        patience(scene, [shown.title, shown.text]),
      );
    });
  });
};

const mail = (scene: Scene, thing: string, content: MailContent, notBefore: number): Wanted => ({
  thing,
  kind: 'mail',
  connectionId: scene.mail.connectionId,
  content,
  step: steps.mail,
  notBefore,
  lasting: content.invite === null,
});

const candidateMails = (scene: Scene, speaker: Speaker): Wanted[] => {
  const { texts } = scene.plan;
  const { email, name } = scene.facts.candidate;
  const to = email === '' ? null : { name, address: email };
  const wanted: Wanted[] = [];
  if (texts.candidateInvite) {
    const { title, body } = texts.candidateInvite;
    speaker.days.forEach((events, index) => {
      const first = events[0];
      if (!first) return;
      const whole = withItinerary(body);
      const say = (text: string, format: 'title' | 'plain' | 'html'): Rendered =>
        speaker.say(text, 'candidate_invite', format, { events });
      const shown = {
        title: say(title, 'title'),
        text: say(whole, 'plain'),
        html: say(whole, 'html'),
      };
      const invite: MailContent['invite'] = {
        uid: dayUid(scene.id, index + 1),
        start: first.start,
        end: Math.max(...events.map(({ end }) => end)),
        title: shown.title.text,
        description: shown.text.text,
        html: shown.html.text,
        location: scene.plan.remote ? '' : placeOf(first),
        url: null,
        organizer: scene.mail.organizer,
        attendees: to ? [{ ...to, required: true }] : [],
        status: 'CONFIRMED',
        isPrivate: false,
      };
      const content = {
        to,
        subject: shown.title.text,
        text: shown.text.text,
        html: shown.html.text,
        invite,
        ...unknownIn([shown.title, shown.text]),
      };
      const notBefore = patience(scene, [shown.title, shown.text]);
      wanted.push(mail(scene, candidateInvite(scene.id, index + 1), content, notBefore));
    });
  }
  if (texts.candidateMail) {
    const { subject, body } = texts.candidateMail;
    const shown = {
      subject: speaker.say(subject, 'candidate_mail', 'title'),
      text: speaker.say(body, 'candidate_mail', 'plain'),
      html: speaker.say(body, 'candidate_mail', 'html'),
    };
    const content = {
      to,
      subject: shown.subject.text,
      text: shown.text.text,
      html: shown.html.text,
      invite: null,
      ...unknownIn([shown.subject, shown.text]),
    };
    const notBefore = patience(scene, [shown.subject, shown.text]);
    // Links reach the candidate by the invite; another mail goes out when the events change.
    const identity = {
      to,
      events: speaker.days.flat().map((event) => ({
        id: event.id,
        start: event.start,
        end: event.end,
        location: placeOf(event),
      })),
    };
    wanted.push({ ...mail(scene, candidateMail(scene.id), content, notBefore), identity });
  }
  return wanted;
};

/** The candidate's invite always tells the day's events, also where its text forgot to. */
export const withItinerary = (body: string): string =>
  namesItinerary(body) ? body : `${body}\n\n$Interview.Itinerary`.trim();

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
  if (scene.ats.showsEventNotes || live.length === 0) return [];
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
