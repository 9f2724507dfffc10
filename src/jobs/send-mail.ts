/**
 * One mail to one person. It is written down complete to the byte before it is handed over, so that a
 * crash sends the same message again, with the same Message-ID, UID, SEQUENCE and text.
 */
import { serializeInvite, type Invite } from '#core/calendar/invite.ts';
import { fingerprintOf } from '#core/interview/diff.ts';
import { isAt } from '#core/interview/readers.ts';
import { audienceOf, isCandidatePage, isTestPage } from '#core/interview/things.ts';
import type { AtsResult } from '#core/interview/scene.ts';
import type { MailContent } from '#core/interview/want-mails.ts';
import { escapedLines, leaks } from '#core/template/render.ts';
import { ConnectorError, type Capabilities, type MailMessage } from '#connectors/contract.ts';
import { inTransaction, newId, type Executor } from '#store/database.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { nextSequence } from '#store/invites.ts';
import { findMailOf, insertMail, mayHaveGone, settleMail, type MailRow } from '#store/mails.ts';
import type { Hub } from './hub.ts';
import { done, lacks, type Act } from './thing-act.ts';
import { noAddress, type Done } from './requests.ts';

export const sendMail = async (hub: Hub, act: Act, vendor: Capabilities): Promise<Done> => {
  const { row } = act;
  // As it is wanted now: texts may have been mended since it was asked for.
  const wanted = act.wanted.find(({ thing }) => thing === row.key);
  const content = (wanted?.content ?? row.request) as MailContent;
  // It was asked for and tried; a message that was never written down has reached nobody.
  if (row.act === 'remove' && row.stands === null && !(await mayHaveGone(hub.db, row.id)))
    return done('Nobody had been told.');
  if (content.to === null) {
    if (row.act === 'remove') return done('Nobody had been told.');
    return { outcome: { state: 'waiting', text: noAddress } };
  }
  const [unknown] = content.unknown ?? [];
  if (row.act !== 'remove' && unknown !== undefined)
    return {
      outcome: {
        state: 'failed',
        text: `The text names ${unknown}, which means nothing here now. Connect the platform again, or change the texts, then retry.`,
        errorKind: 'rejected',
      },
    };
  if (row.act !== 'remove' && tellsTooMuch(act, content))
    return {
      outcome: {
        state: 'failed',
        text: 'The text would tell an internal address, or one that is for the candidate alone. Take it out of the texts and retry.',
        errorKind: 'rejected',
      },
    };
  const mail = await inTransaction(
    hub.db,
    async (tx) =>
      (await findMailOf(tx, row.id, row.generation)) ?? (await compose(hub, tx, act, content)),
  );
  if (row.connection_id === null)
    return {
      ...done('Kept in the outbox: no mail server is connected, nothing was sent.'),
      follow: (tx) => settleMail(tx, mail.id, 'kept', null),
    };
  if (!vendor.mail) return lacks('mail');
  try {
    const { accepted } = await vendor.mail.send(mail.message as MailMessage);
    return {
      ...done('Sent.', { remoteId: accepted }),
      follow: (tx) => settleMail(tx, mail.id, 'sent', null),
    };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.kind !== 'rejected') throw thrown;
    return {
      outcome: { state: 'failed', text: thrown.message, errorKind: 'rejected' },
      follow: (tx) => settleMail(tx, mail.id, 'bounced', thrown.message),
    };
  }
};

/** The last look before a mail is written down: whatever the texts say, nothing that is not for its reader. */
const tellsTooMuch = ({ row, scene }: Act, { subject, text, html }: MailContent): boolean => {
  const said = `${subject}\n${text}\n${html}`;
  const pages = (of: (thing: string) => boolean): string[] =>
    [...scene.joinUrls].flatMap(([thing, url]) => (of(thing) ? [url] : []));
  // The candidate's page acts for whoever holds its link.
  if (audienceOf(row.key) !== 'candidate') return leaks(said, pages(isCandidatePage)).length > 0;
  const feedback = [...scene.standing.values()].flatMap(
    ({ result }) =>
      (result as Partial<AtsResult> | null)?.events?.map(({ feedbackUrl }) => feedbackUrl ?? '') ??
      [],
  );
  const internal = [
    scene.facts.candidate.atsLink,
    `${scene.hubUrl}/interviews/${scene.id}`,
    ...feedback,
    ...pages(isTestPage),
  ];
  return leaks(said, internal).length > 0;
};

const compose = async (
  hub: Hub,
  tx: Executor,
  act: Act,
  content: MailContent,
): Promise<MailRow> => {
  const { row, scene } = act;
  const at = hub.now();
  const calendar = content.invite === null ? null : await calendarOf(tx, act, content.invite, at);
  const isOff = row.act === 'remove';
  const next = isOff ? successorOf(act) : null;
  const opening = isOff ? (next ? goesOn(content, next) : whyOff(content, act.interview)) : '';
  const off = next ? 'Replaced' : 'Cancelled';
  const message: MailMessage = {
    messageId: `<${newId('mail', 20)}@loopwright>`,
    // Whoever sent an invite takes it back.
    from: content.invite?.organizer ?? scene.mail.organizer,
    to: content.to ?? { name: '', address: '' },
    replyTo: null,
    subject: isOff ? `${off}: ${content.subject}` : content.subject,
    text: opening === '' ? content.text : `${opening}\n\n${content.text}`,
    html: opening === '' ? content.html : `${escapedLines(opening)}<br>\n<br>\n${content.html}`,
    date: at,
    calendar,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  return insertMail(tx, {
    interviewId: act.interview.id,
    effectId: row.id,
    generation: row.generation,
    connectionId: row.connection_id,
    address: message.to.address,
    subject: message.subject,
    message,
  });
};

/** The invite that takes the place of one that is taken back: of another organizer or address. */
const successorOf = ({ row, wanted }: Act): MailContent | null =>
  (wanted.find(({ place }) => place !== undefined && isAt(place, row.key))?.content as
    MailContent | undefined) ?? null;

/** A calendar tells by itself that an entry is cancelled; a mail alone has to say it. */
const whyOff = ({ invite }: MailContent, { reason }: InterviewRow): string =>
  [...(invite === null ? ['The interview below is cancelled.'] : []), reason ?? '']
    .join(' ')
    .trim();

const goesOn = (content: MailContent, { to, invite }: MailContent): string =>
  content.to?.address.toLowerCase() === to?.address.toLowerCase()
    ? `The interview goes on: a new invitation from ${invite?.organizer.address ?? ''} takes the place of this one.`
    : 'The interview goes on: this invitation was moved to another address.';

/** The entry that others still take part in, if this event goes on without this person. */
const othersInvite = (act: Act, uid: string): MailContent['invite'] =>
  act.wanted
    .map(({ kind, content }) => (kind === 'mail' ? (content as MailContent).invite : null))
    .find((invite) => invite?.uid === uid) ?? null;

const calendarOf = async (
  tx: Executor,
  act: Act,
  invite: NonNullable<MailContent['invite']>,
  stamp: number,
): Promise<NonNullable<MailMessage['calendar']>> => {
  const { row, interview } = act;
  const isOff = row.act === 'remove';
  const others = isOff ? othersInvite(act, invite.uid) : null;
  const counted = isOff ? (others ?? { cancelled: invite.uid }) : invite;
  const sequence = await nextSequence(tx, {
    uid: invite.uid,
    interviewId: interview.id,
    fingerprint: fingerprintOf(counted),
    times: `${String(invite.start)}/${String(invite.end)}`,
  });
  const to = (row.request as MailContent).to;
  const full: Invite = isOff
    ? {
        ...invite,
        sequence,
        stamp,
        // Uninviting one of several has no status: the event goes on.
        status: others ? null : 'CANCELLED',
        attendees: invite.attendees.filter(({ address }) => address === to?.address),
      }
    : { ...invite, sequence, stamp };
  const method = isOff ? 'CANCEL' : 'REQUEST';
  return { method, content: serializeInvite(method, full) };
};
