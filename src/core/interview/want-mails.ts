/** The mails and invites that an interview owes to its interviewers and its candidate. */
import type { Invite, Party } from '#core/calendar/invite.ts';
import type { Context } from '#core/template/facts.ts';
import type { Rendered } from '#core/template/render.ts';
import type { Wanted } from './diff.ts';
import { calendarPlaceOf, placeOf } from './operations.ts';
import type { FilledSeat, Plan, PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { candidateDays, namesItinerary, type About, type Speaker } from './texts.ts';
import { candidateInvite, candidateMail, dayUid, eventUid, interviewerInvite } from './things.ts';

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

/** Acts of a smaller step go first (`want.ts`). */
const step = 3;

/** Texts wait for links that are on their way, for a while; a hold makes none. */
const patience = (scene: Scene, texts: readonly Rendered[]): number =>
  scene.state !== 'hold' && texts.some(({ pending }) => pending.length > 0)
    ? scene.linkWaitUntil
    : 0;

const unknownIn = (texts: readonly Rendered[]): Pick<MailContent, 'unknown'> => {
  const unknown = [...new Set(texts.flatMap((text) => text.unknown))];
  return unknown.length === 0 ? {} : { unknown };
};

/** The text of an invite, as it is written. */
interface Written {
  title: string;
  body: string;
}

/** The same with its variables looked up. */
interface Spoken {
  title: Rendered;
  text: Rendered;
  html: Rendered;
}

const speak = (
  speaker: Speaker,
  { title, body }: Written,
  context: Context,
  about: About,
): Spoken => ({
  title: speaker.say(title, context, 'title', about),
  text: speaker.say(body, context, 'plain', about),
  html: speaker.say(body, context, 'html', about),
});

/**
 * What an invite is compared by: its entry, and its text as it is written and as `compared` says it.
 * What only the text as it is sent shows owes no update, and rides along with the next one.
 */
const identityOf = (
  { texts }: Plan,
  { to, invite }: MailContent,
  written: Written,
  compared: Spoken,
): unknown => ({
  to,
  invite: invite && {
    ...invite,
    title: '',
    description: '',
    html: null,
    organizer: invite.organizer.address,
  },
  written: [written.title, written.body, namesItinerary(written.body) ? texts.itinerary : ''],
  title: compared.title.text,
  text: compared.text.text,
});

/** A room without an address hears of nothing. */
export const invited = ({ seats }: PlannedEvent): FilledSeat[] =>
  seats.filter(({ email }) => email !== '');

/** What its interviewers are told of an event, as it is written. */
export const writtenFor = ({ texts }: Plan, event: PlannedEvent): Written =>
  event.interviewerInvite ?? texts.interviewerInvite;

/** An event in its interviewers' calendars, with its text looked up already. */
export const interviewerEntry = (
  scene: Scene,
  event: PlannedEvent,
  shown: { title: string; text: string; html: string | null },
): Omit<Invite, 'sequence' | 'stamp'> => {
  const isHold = scene.state === 'hold';
  return {
    uid: eventUid(scene.id, event.id, scene.mail.number),
    start: event.start,
    end: event.end,
    title: isHold ? `[Hold] ${shown.title}` : shown.title,
    description: shown.text,
    html: shown.html,
    location: calendarPlaceOf(scene.plan, event),
    url: null,
    organizer: scene.mail.organizer,
    attendees: invited(event).map(({ name, email, required }) => ({
      name,
      address: email,
      required,
    })),
    status: isHold ? 'TENTATIVE' : 'CONFIRMED',
    isPrivate: false,
  };
};

export const interviewerMails = (scene: Scene, speaker: Speaker): Wanted[] =>
  scene.plan.events.flatMap((event) => {
    const written = writtenFor(scene.plan, event);
    const say = (about: About): Spoken =>
      speak(speaker, written, 'interviewer_invite', { event, ...about });
    const { title, text, html } = say({});
    // As if there were no other event: what happens to one concerns nobody else's invite.
    const alone = say({ events: [event], compared: true });
    const shown = { title: title.text, text: text.text, html: html.text };
    const invite = interviewerEntry(scene, event, shown);
    return invited(event).map((seat): Wanted => {
      const content: MailContent = {
        to: { name: seat.name, address: seat.email },
        subject: invite.title,
        text: text.text,
        html: html.text,
        invite,
        ...unknownIn([title, text]),
      };
      return {
        ...mail(
          scene,
          interviewerInvite(scene.id, event.id, seat.personId),
          content,
          patience(scene, [title, text]),
        ),
        identity: identityOf(scene.plan, content, written, alone),
      };
    });
  });

const mail = (scene: Scene, thing: string, content: MailContent, notBefore: number): Wanted => ({
  thing,
  kind: 'mail',
  connectionId: scene.mail.connectionId,
  content,
  step,
  notBefore,
  lasting: content.invite === null,
  ...(content.invite === null ? {} : { reader: readerOf(content) }),
});

/** Whose an invite is; null where there is no address, or no invite. */
export const readerOf = ({ to, invite }: MailContent): string | null =>
  to === null || invite === null ? null : `${invite.uid} ${to.address.toLowerCase()}`;

export const candidateMails = (scene: Scene, speaker: Speaker): Wanted[] => {
  const { texts } = scene.plan;
  const { email, name } = scene.facts.candidate;
  const to = email === '' ? null : { name, address: email };
  const days = candidateDays(scene.plan);
  const wanted: Wanted[] = [];
  if (texts.candidateInvite) {
    const { title, body } = texts.candidateInvite;
    const written = { title, body: withItinerary(body) };
    days.forEach((events, index) => {
      const first = events[0];
      if (!first) return;
      const say = (about: About): Spoken =>
        speak(speaker, written, 'candidate_invite', { events, ...about });
      const shown = say({});
      const invite: MailContent['invite'] = {
        uid: dayUid(scene.id, index + 1, scene.mail.number),
        start: first.start,
        end: Math.max(...events.map(({ end }) => end)),
        title: shown.title.text,
        description: shown.text.text,
        html: shown.html.text,
        location: scene.plan.remote ? '' : calendarPlaceOf(scene.plan, first),
        url: null,
        organizer: scene.mail.organizer,
        attendees: to ? [{ ...to, required: true }] : [],
        status: 'CONFIRMED',
        isPrivate: false,
      };
      const content: MailContent = {
        to,
        subject: shown.title.text,
        text: shown.text.text,
        html: shown.html.text,
        invite,
        ...unknownIn([shown.title, shown.text]),
      };
      const notBefore = patience(scene, [shown.title, shown.text]);
      wanted.push({
        ...mail(scene, candidateInvite(scene.id, index + 1), content, notBefore),
        identity: identityOf(scene.plan, content, written, say({ compared: true })),
      });
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
      events: days.flat().map((event) => ({
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
