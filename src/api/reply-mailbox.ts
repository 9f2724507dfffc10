/** Looks for answers to invites in the organizer's mailbox, one process at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Hub } from '#jobs/hub.ts';
import { isDatabaseAway } from '#store/database.ts';
import { withFreeLock } from '#store/lock.ts';
import { failLook } from '#store/reply-mailbox.ts';
import { MailboxUnwell, reasonOf } from './mailbox-fault.ts';
import { longestLook, longestPause, mailboxName } from './present/reply-mailbox.ts';
import { lookForReplies, type Mailbox, type Patience } from './reply-look.ts';

const usualPatience: Patience = { silence: 30_000, look: longestLook };

/** Looks until `close`, which breaks off a look that is under way; never throws. */
export const startReplyMailbox = (
  hub: Hub,
  place: Mailbox,
  patience = usualPatience,
): { close(): Promise<void> } => {
  const stop = new AbortController();
  const ended = poll(hub, place, stop.signal, patience);
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
};

const poll = async (
  hub: Hub,
  place: Mailbox,
  stopped: AbortSignal,
  patience: Patience,
): Promise<void> => {
  let failures = 0;
  let said = '';
  const isStopped = (): boolean => stopped.aborted;
  while (!isStopped()) {
    try {
      const looked = await withFreeLock(hub.db, `replies/${mailboxName(place)}`, () =>
        lookForReplies(hub, place, stopped, patience),
      );
      if (looked && said !== '') {
        hub.log.info({}, 'api: the mailbox for replies is read again.');
        said = '';
      }
      failures = 0;
    } catch (thrown) {
      if (isStopped()) return;
      const { text, reason } = plainly(thrown);
      // Another fault than before: somebody is mending it.
      failures = text === said ? failures + 1 : 1;
      if (text !== said) hub.log.error({ reason }, text);
      said = text;
      if (thrown instanceof MailboxUnwell) await noteFault(hub, place, thrown);
    }
    const usual = place.seconds * 1_000;
    const grown = Math.min(usual * 2 ** Math.min(failures, 10), Math.max(usual, longestPause));
    await pause(grown, undefined, { signal: stopped }).catch(() => undefined);
  }
};

/** A database that is away as well has been told of elsewhere; the next look writes it down. */
const noteFault = async (hub: Hub, place: Mailbox, { fault }: MailboxUnwell): Promise<void> => {
  await failLook(hub.db, mailboxName(place), fault, hub.now()).catch(() => undefined);
};

const plainly = (thrown: unknown): { text: string; reason: string } => {
  if (thrown instanceof MailboxUnwell)
    return { text: `api: ${thrown.message}`, reason: thrown.reason };
  const text = isDatabaseAway(thrown)
    ? 'api: the mailbox for replies waits for the database, which does not answer.'
    : 'api: a look into the mailbox for replies failed in the hub itself; it looks again.';
  return { text, reason: reasonOf(thrown) };
};
