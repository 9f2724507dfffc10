/** Looks for answers to invites in the organizer's mailbox; marks what it took and deletes nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Hub } from '#jobs/hub.ts';
import { isDatabaseAway } from '#store/database.ts';
import { withFreeLock } from '#store/lock.ts';
import { largestReplyMail, readReplyMail, takeReplyMail } from './reply-mail.ts';

export interface Mailbox {
  url: string;
  password: string;
  mailbox: string;
  seconds: number;
}

const keyword = '$LoopwrightTaken';
const lookBack = 14 * 86_400_000;
const longestRound = 120_000;
const longestPause = 15 * 60_000;

/** Looks until `close`, which breaks off a look that is under way; never throws. */
export const startReplyMailbox = (hub: Hub, place: Mailbox): { close(): Promise<void> } => {
  const stop = new AbortController();
  const ended = poll(hub, place, stop.signal);
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
};

const poll = async (hub: Hub, place: Mailbox, stopped: AbortSignal): Promise<void> => {
  const looked = new Set<string>();
  let failures = 0;
  let said = '';
  const isStopped = (): boolean => stopped.aborted;
  while (!isStopped()) {
    try {
      await withFreeLock(hub.db, 'replies/imap', () => look(hub, place, looked, stopped));
      if (failures > 0) hub.log.info({}, 'api: the mailbox for replies is read again.');
      failures = 0;
      said = '';
    } catch (thrown) {
      if (isStopped()) return;
      failures += 1;
      const text = plainly(thrown);
      if (text !== said) hub.log.error({ reason: reasonOf(thrown) }, text);
      said = text;
    }
    const wait = Math.min(place.seconds * 1_000 * 2 ** Math.min(failures, 10), longestPause);
    const next = failures > 0 ? wait : place.seconds * 1_000;
    await pause(next, undefined, { signal: stopped }).catch(() => undefined);
  }
};

const isLoginFault = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'authenticationFailed' in thrown &&
  Boolean(thrown.authenticationFailed);

const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';

const plainly = (thrown: unknown): string =>
  isLoginFault(thrown)
    ? 'api: the mailbox for replies refuses the login. Check LOOPWRIGHT_IMAP_URL and LOOPWRIGHT_IMAP_PASSWORD; the hub tries again by itself.'
    : 'api: the mailbox for replies cannot be read. Check LOOPWRIGHT_IMAP_URL, LOOPWRIGHT_IMAP_MAILBOX and whether the server runs; the hub tries again by itself.';

const clientOf = ({ url, password }: Mailbox): ImapFlow => {
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
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    maxLiteralSize: largestReplyMail + 65_536,
  });
};

const look = async (
  hub: Hub,
  place: Mailbox,
  looked: Set<string>,
  stopped: AbortSignal,
): Promise<void> => {
  const client = clientOf(place);
  const over = AbortSignal.any([stopped, AbortSignal.timeout(longestRound)]);
  const breakOff = (): void => {
    client.close();
  };
  over.addEventListener('abort', breakOff);
  // Without a listener a broken connection would end the process.
  client.on('error', () => undefined);
  try {
    over.throwIfAborted();
    await client.connect();
    const { permanentFlags, uidValidity } = await client.mailboxOpen(place.mailbox);
    const takesKeyword =
      permanentFlags !== undefined && (permanentFlags.has('\\*') || permanentFlags.has(keyword));
    const mark = takesKeyword ? keyword : '\\Seen';
    const found = await client.search(
      {
        since: new Date(hub.now() - lookBack),
        ...(takesKeyword ? { unKeyword: keyword } : { seen: false }),
      },
      { uid: true },
    );
    if (!Array.isArray(found)) throw new Error('imap: the search failed.');
    for (const uid of found) {
      over.throwIfAborted();
      const name = `${String(uidValidity)}/${String(uid)}`;
      if (looked.has(name)) continue;
      await takeOne(hub, client, uid, mark);
      looked.add(name);
    }
    await client.logout();
  } finally {
    over.removeEventListener('abort', breakOff);
    client.close();
  }
};

/** A mark that cannot be set is no fault: the same answer counts once, however often it is read. */
const takeOne = async (hub: Hub, client: ImapFlow, uid: number, mark: string): Promise<void> => {
  const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
  if (head === false) return;
  if (head.size === undefined || head.size > largestReplyMail) {
    hub.log.warn({ uid, size: head.size }, 'api: a mail is too large to be an answer; skipped.');
    return;
  }
  const { source } = (await client.fetchOne(String(uid), { source: true }, { uid: true })) || {};
  if (source === undefined) return;
  const mail = await readReplyMail(source).catch(() => null);
  if (mail === null || !/^METHOD[^:\r\n]*:REPLY\s*$/im.test(mail.calendar)) return;
  try {
    await takeReplyMail(hub, mail);
  } catch (thrown) {
    if (isDatabaseAway(thrown)) throw thrown;
    hub.log.error(
      { uid, reason: reasonOf(thrown) },
      'api: a reply could not be stored; left unmarked.',
    );
    return;
  }
  await client.messageFlagsAdd(String(uid), [mark], { uid: true });
};
