/**
 * One look into the organizer's mailbox. It is opened for reading alone and nothing in it is changed:
 * how far it was read is remembered by UID, so that neither a flag nor another reader hides an answer.
 */
import { ImapFlow } from 'imapflow';
import type { Hub } from '#jobs/hub.ts';
import { isDatabaseAway } from '#store/database.ts';
import {
  failReplyMail,
  findDueReplyMails,
  forgetReplyMails,
  listReplyMails,
  moveReadTo,
  openReplyMailbox,
  settleLook,
} from '#store/reply-mailbox.ts';
import { MailboxUnwell, mailboxFaultOf, reasonOf } from './mailbox-fault.ts';
import { largestReplyMail, messageIdOf, readReplyMail, takeReplyMail } from './reply-mail.ts';
import { mailboxName } from './present/reply-mailbox.ts';

export interface Mailbox {
  url: string;
  password: string;
  mailbox: string;
  seconds: number;
}

/** Milliseconds. */
export interface Patience {
  /** Without a byte from the server. */
  silence: number;
  /** For a whole look, however many bytes come. */
  look: number;
}

const day = 86_400_000;
/** How far back the first look goes, and one after the mailbox was numbered anew. */
const lookBack = 14 * day;
/** Milliseconds until an answer that could not be taken is tried again; after the last, no more. */
const tryAgainAfter = [1, 10, 60, 6 * 60, 24 * 60].map((minutes) => minutes * 60_000);
const mostStuck = 500;
/** Of a look's time; a mailbox with more in it is read on in the next one. */
const shareForReading = 0.5;

const clientOf = ({ url, password }: Mailbox, { silence }: Patience): ImapFlow => {
  const { protocol, hostname, port, username } = new URL(url);
  const secure = protocol === 'imaps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLoopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  return new ImapFlow({
    host,
    port: Number(port || (secure ? 993 : 143)),
    secure,
    ...(secure || isLoopback ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: Math.min(silence, 15_000),
    greetingTimeout: Math.min(silence, 15_000),
    socketTimeout: silence,
    maxLiteralSize: largestReplyMail + 65_536,
  });
};

interface Look {
  hub: Hub;
  client: ImapFlow;
  name: string;
  /** Stopped, or over its time. */
  over: AbortSignal;
  /** Throws `MailboxUnwell` where the mailbox fails. */
  ask<T>(work: () => Promise<T>): Promise<T>;
}

/** Throws `MailboxUnwell`, or what the database throws. */
export const lookForReplies = async (
  hub: Hub,
  place: Mailbox,
  stopped: AbortSignal,
  patience: Patience,
): Promise<void> => {
  const client = clientOf(place, patience);
  const timeUp = AbortSignal.timeout(patience.look);
  const over = AbortSignal.any([stopped, timeUp]);
  const breakOff = (): void => {
    client.close();
  };
  over.addEventListener('abort', breakOff);
  // Without a listener a broken connection would end the process.
  client.on('error', () => undefined);
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      over.throwIfAborted();
      return await work();
    } catch (thrown) {
      throw new MailboxUnwell(timeUp.aborted ? 'too_slow' : mailboxFaultOf(thrown), thrown);
    }
  };
  const name = mailboxName(place);
  const begun = hub.monotonic();
  const isLate = (): boolean => hub.monotonic() - begun > patience.look * shareForReading;
  const look: Look = { hub, client, name, over, ask };
  try {
    await ask(() => client.connect());
    const { uidValidity } = await ask(() => client.mailboxOpen(place.mailbox, { readOnly: true }));
    const { readTo, lookedAt } = await openReplyMailbox(hub.db, name, String(uidValidity));
    for (const uid of await findNew(look, readTo, lookedAt)) {
      if (isLate()) break;
      await readOne(look, uid, 0);
      await moveReadTo(hub.db, { mailbox: name, uid });
    }
    // After the new ones, which none of these may keep waiting.
    for (const { uid, attempts } of await findDueReplyMails(hub.db, name, hub.now())) {
      if (isLate()) break;
      await readOne(look, uid, attempts);
    }
    await forgetTakenAway(look);
    await ask(() => client.logout());
    await settleLook(hub.db, name, hub.now());
  } finally {
    over.removeEventListener('abort', breakOff);
    client.close();
  }
};

/** UIDs beyond `readTo`, ascending. */
const findNew = async (
  { hub, client, ask }: Look,
  readTo: number,
  lookedAt: number | null,
): Promise<number[]> => {
  const now = hub.now();
  // A day more than it was not looked at: servers count in days of their own zone.
  const since = new Date(Math.min(now - lookBack, (lookedAt ?? now) - day));
  const uid = `${String(readTo + 1)}:*`;
  const found = await ask(async () => {
    const uids = await client.search(readTo === 0 ? { uid, since } : { uid }, { uid: true });
    if (!Array.isArray(uids)) throw new Error('imap: the search failed.');
    return uids;
  });
  // `n:*` always means the last mail, too, however low its number is.
  return found.filter((one) => one > readTo).sort((one, other) => one - other);
};

/**
 * Whatever speaks against this mail alone is written down with it and does not keep the next one
 * waiting. Throws where the database is away or the connection is lost.
 */
const readOne = async (look: Look, uid: number, attempts: number): Promise<void> => {
  const { hub, client, name, over, ask } = look;
  let messageId = '';
  try {
    const head = await ask(() =>
      client.fetchOne(String(uid), { size: true, headers: ['message-id'] }, { uid: true }),
    );
    messageId = messageIdOf(head ? (head.headers?.toString() ?? '') : '');
    if (head && (head.size ?? Infinity) > largestReplyMail) {
      const { size } = head;
      hub.log.warn({ uid, messageId, size }, 'api: a mail is too large to be an answer; skipped.');
    } else if (head) {
      const whole = await ask(() => client.fetchOne(String(uid), { source: true }, { uid: true }));
      if (whole && whole.source) await takeReplyMail(hub, await readReplyMail(whole.source));
      hub.failpoint('C7', 'reply');
    }
  } catch (thrown) {
    const isMailbox = thrown instanceof MailboxUnwell;
    if (isMailbox ? over.aborted && thrown.fault !== 'too_slow' : isDatabaseAway(thrown))
      throw thrown;
    const reason = isMailbox ? thrown.reason : reasonOf(thrown);
    await noteFailed(look, { uid, messageId, reason, attempts: attempts + 1 });
    // Or this mail would be the first of every look, and the one that breaks it off.
    if (isMailbox) {
      await moveReadTo(hub.db, { mailbox: name, uid });
      throw thrown;
    }
    return;
  }
  if (attempts > 0) await forgetReplyMails(hub.db, name, [uid]);
};

const noteFailed = async (
  { hub, name }: Look,
  mail: { uid: number; messageId: string; reason: string; attempts: number },
): Promise<void> => {
  const { uid, messageId, reason, attempts } = mail;
  const wait = tryAgainAfter[attempts - 1];
  const now = hub.now();
  await failReplyMail(
    hub.db,
    { mailbox: name, ...mail },
    now,
    wait === undefined ? null : now + wait,
  );
  if (attempts === 1)
    hub.log.error(
      { uid, messageId, reason },
      `api: a mail in the mailbox for replies could not be taken. It is tried ${String(tryAgainAfter.length)} times more and shown by loopwright doctor.`,
    );
};

/** Whoever took a mail out of the folder has seen to it. */
const forgetTakenAway = async ({ hub, client, name, ask }: Look): Promise<void> => {
  const stuck = (await listReplyMails(hub.db, name, mostStuck)).map(({ uid }) => uid);
  if (stuck.length === 0) return;
  const there = await ask(() => client.search({ uid: stuck.join(',') }, { uid: true }));
  if (!Array.isArray(there)) return;
  await forgetReplyMails(
    hub.db,
    name,
    stuck.filter((uid) => !there.includes(uid)),
  );
};
