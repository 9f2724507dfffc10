/** How the tracking of answers to invites is, for the health API and `loopwright doctor`. */
import type { ReplyMailboxRow, ReplyMailRow } from '#store/reply-mailbox.ts';
import { isMailboxFault, mailboxFaultTexts, type MailboxFault } from '../mailbox-fault.ts';

/** Milliseconds that one look takes at most. */
export const longestLook = 120_000;
/** Milliseconds between two looks at most, while they fail. */
export const longestPause = 15 * 60_000;

/** What the database calls a mailbox; the address holds the user and no password. */
export const mailboxName = ({ url, mailbox }: { url: string; mailbox: string }): string =>
  `${url} ${mailbox}`;

/** `silent`: nothing failed, but nobody looks any more. */
export const mailboxStates = ['waiting', 'working', 'failing', 'silent'] as const;

export interface MailboxReport {
  state: (typeof mailboxStates)[number];
  text: string;
  fault: MailboxFault | null;
  lookedAt: number | null;
  failingSince: number | null;
}

export const presentReplyMailbox = (
  row: ReplyMailboxRow | null,
  seconds: number,
  now: number,
): MailboxReport => {
  const lookedAt = row?.looked_at ?? null;
  const failingSince = row?.failing_since ?? null;
  const fault = row !== null && isMailboxFault(row.fault) ? row.fault : null;
  const report = { fault, lookedAt, failingSince };
  if (fault !== null) return { ...report, state: 'failing', text: mailboxFaultTexts[fault] };
  if (lookedAt === null)
    return {
      ...report,
      state: 'waiting',
      text: 'the mailbox for replies was not read yet. A process that works off jobs (--role all or worker) reads it.',
    };
  if (now - lookedAt > 3 * (seconds * 1_000 + longestLook))
    return {
      ...report,
      state: 'silent',
      text: 'the mailbox for replies is not read any more. Start a process that works off jobs (--role all or worker), or read its log.',
    };
  return { ...report, state: 'working', text: 'the mailbox for replies is read.' };
};

export const presentStuckReply = ({
  message_id,
  uid,
  attempts,
  reason,
  first_at,
  next_try_at,
}: ReplyMailRow) => ({
  messageId: message_id,
  uid,
  attempts,
  reason,
  firstAt: first_at,
  nextTryAt: next_try_at,
  text:
    next_try_at === null
      ? 'it could not be taken and is not tried any more. Read it; move it out of the folder, and back in to have it tried anew.'
      : 'it could not be taken; the hub tries again by itself.',
});
