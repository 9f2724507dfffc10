/**
 * Answers to invites (iMIP REPLY, RFC 5546): who sent one is believed for their own address alone, and
 * a later answer counts before an earlier one, by SEQUENCE, then DTSTAMP.
 */
import ICAL from 'ical.js';
import { conflict, invalid, LoopwrightError, notFound } from '#core/errors.ts';
import { stands } from '#core/interview/model.ts';
import { eventUid } from '#core/interview/things.ts';
import { inTransaction } from '#store/database.ts';
import { findInterview, organizerNumber, type InterviewRow } from '#store/interviews.ts';
import { findInviteOwner, recordReply, rsvpsOf, sequenceOf, type Reply } from '#store/invites.ts';
import { findCandidate } from '#store/candidates.ts';
import { changeInterview } from './change-interview.ts';
import type { Hub } from './hub.ts';

const statuses: Readonly<Record<string, Reply['status']>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  'NEEDS-ACTION': 'needs_action',
};

const unreadable = (what: string): LoopwrightError =>
  invalid(
    'reply_unreadable',
    `reply: ${what}. Send the calendar object of an answer to an invite (METHOD:REPLY).`,
    'calendar',
  );

/** Throws `reply_unreadable`. Texts of the reply are read no further than its comment. */
export const readReply = (calendar: string): Reply => {
  const root = parsed(calendar);
  if (String(root.getFirstPropertyValue('method')).toUpperCase() !== 'REPLY')
    throw unreadable('its method is not REPLY');
  const events = root.getAllSubcomponents('vevent');
  const [event] = events;
  if (!event || events.length > 1) throw unreadable('it does not answer exactly one event');
  const attendees = event.getAllProperties('attendee');
  const [attendee] = attendees;
  if (!attendee || attendees.length > 1) throw unreadable('it does not name exactly one attendee');
  // Undefined where it is missing, whatever the types say.
  const partstat: unknown = attendee.getFirstParameter('partstat');
  const status = typeof partstat === 'string' ? statuses[partstat.toUpperCase()] : undefined;
  const stamp = event.getFirstPropertyValue('dtstamp');
  const uid = event.getFirstPropertyValue('uid');
  if (status === undefined || !(stamp instanceof ICAL.Time) || typeof uid !== 'string')
    throw unreadable('its uid, time stamp or answer is missing');
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0);
  const comment = event.getFirstPropertyValue('comment');
  return {
    uid,
    address: String(attendee.getFirstValue())
      .replace(/^mailto:/i, '')
      .trim()
      .toLowerCase(),
    status,
    sequence: Number.isInteger(sequence) && sequence >= 0 && sequence < 1e9 ? sequence : 0,
    stamp: stamp.toJSDate().getTime(),
    comment: typeof comment === 'string' ? comment.slice(0, 2_000) : null,
  };
};

const parsed = (calendar: string): ICAL.Component => {
  try {
    return new ICAL.Component(ICAL.parse(calendar) as unknown[]);
  } catch {
    throw unreadable('it is no calendar object');
  }
};

/**
 * Throws `reply_stranger` where the sender answers for somebody else or was not invited, `not_found`
 * where there is no such invite. Resolves to whether it counted: an older answer does not.
 */
export const takeReply = async (
  hub: Hub,
  message: { from: string; calendar: string },
): Promise<boolean> => {
  const reply = readReply(message.calendar);
  const interview = await findInterview(hub.db, await findInviteOwner(hub.db, reply.uid));
  const invited = await invitedTo(hub, interview, reply.uid);
  if (reply.address !== message.from.trim().toLowerCase() || !invited.includes(reply.address))
    throw invalid(
      'reply_stranger',
      'reply: it does not come from somebody who was invited. Answer from the invited address.',
      'from',
    );
  const counted = await inTransaction(hub.db, (tx) => recordReply(tx, interview.id, reply));
  hub.failpoint('C9', 'reply');
  // Also where it was stored before: the hub may have died between that and this.
  await confirmWhenAllAccept(hub, interview);
  return counted;
};

/**
 * An answer that somebody gives in the hub to the own event; it counts like one that comes by mail.
 * Throws `event_not_found` where they do not sit there, `answer_not_asked` where nobody is asked any more.
 */
export const answerEvent = async (
  hub: Hub,
  interview: InterviewRow,
  answer: { eventId: string; address: string; status: Reply['status'] },
): Promise<void> => {
  const { id, plan, state } = interview;
  const address = answer.address.toLowerCase();
  const event = plan.events.find((one) => one.id === answer.eventId);
  if (!event?.seats.some(({ email }) => email.toLowerCase() === address))
    throw notFound('event', answer.eventId);
  if (!stands(state) || event.end <= hub.now())
    throw conflict(
      'answer_not_asked',
      'interview: its invite asks for no answer, for it does not stand or is over. Ask whoever scheduled it.',
    );
  const uid = eventUid(id, event.id, organizerNumber(interview));
  await inTransaction(hub.db, async (tx) => {
    await findInviteOwner(tx, uid);
    const sequence = await sequenceOf(tx, uid);
    const { status } = answer;
    await recordReply(tx, id, { uid, address, status, sequence, stamp: hub.now(), comment: null });
  });
  await confirmWhenAllAccept(hub, interview);
};

const invitedTo = async (hub: Hub, interview: InterviewRow, uid: string) => {
  const { id, plan, candidate_id } = interview;
  const organizer = organizerNumber(interview);
  const event = plan.events.find((one) => eventUid(id, one.id, organizer) === uid);
  if (event) return event.seats.map(({ email }) => email.toLowerCase());
  const { email } = await findCandidate(hub.db, candidate_id);
  return email === null ? [] : [email.toLowerCase()];
};

/** A hold becomes an interview by itself, where its template says so. */
const confirmWhenAllAccept = async (hub: Hub, interview: InterviewRow): Promise<void> => {
  const { id, state, plan } = interview;
  if (state !== 'hold' || plan.confirmHolds !== true) return;
  const accepted = new Set(
    (await rsvpsOf(hub.db, [id]))
      .filter(({ status }) => status === 'accepted')
      .map(({ uid, address }) => `${uid} ${address}`),
  );
  const organizer = organizerNumber(interview);
  const all = plan.events.every(({ id: eventId, seats }) =>
    seats.every(
      ({ required, email, kind }) =>
        !required ||
        kind === 'room' ||
        accepted.has(`${eventUid(id, eventId, organizer)} ${email.toLowerCase()}`),
    ),
  );
  if (!all) return;
  const actor = { id: 'hub', name: 'Loopwright' };
  const wish = {
    act: 'confirm',
    needs: 'confirm',
    revision: null,
    state: 'confirmed',
  } as const;
  const consent = { actor, override: [], notify: ['candidate', 'interviewers'] } as const;
  await changeInterview(hub, id, wish, consent).catch((thrown: unknown) => {
    // A person confirms it, or sees what speaks against it.
    if (!(thrown instanceof LoopwrightError)) throw thrown;
    hub.log.warn({ interview: id, code: thrown.code }, 'jobs: a hold could not be confirmed.');
  });
};
