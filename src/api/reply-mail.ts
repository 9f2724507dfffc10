/** A mail that may hold an answer to an invite, whichever door it came through. */
import PostalMime from 'postal-mime';
import { LoopwrightError } from '#core/errors.ts';
import type { Hub } from '#jobs/hub.ts';
import { takeReply } from '#jobs/take-reply.ts';

/** In bytes. */
export const largestReplyMail = 1024 * 1024;

export type ReplyMail = { from: string; calendar: string };

/**
 * Null: it holds no answer to an invite. Another method than REPLY is none: a proposal for another
 * time (COUNTER) is for a person to read, and invites of others (REQUEST, CANCEL) are not ours.
 */
export const readReplyMail = async (raw: string | Uint8Array): Promise<ReplyMail | null> => {
  // What cannot even be parsed is no answer, however often it is offered.
  const mail = await PostalMime.parse(raw).catch(() => null);
  const answer = mail?.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!answer || mail?.from?.address === undefined) return null;
  const { content } = answer;
  const calendar = typeof content === 'string' ? content : new TextDecoder().decode(content);
  if (!/^METHOD[^:\r\n]*:REPLY\s*$/im.test(calendar)) return null;
  return { from: mail.from.address, calendar };
};

/** Throws where the hub itself fails, so that the mail is to be offered again. */
export const takeReplyMail = async (hub: Hub, mail: ReplyMail | null): Promise<void> => {
  if (mail === null) return;
  try {
    await takeReply(hub, mail);
  } catch (thrown) {
    // Whoever sent it need not hear what the hub knows.
    if (!(thrown instanceof LoopwrightError)) throw thrown;
    hub.log.info({ code: thrown.code }, 'api: a reply did not count.');
  }
};

/** For logs and people: the id as its sender wrote it, at most so long, in plain characters. */
export const messageIdOf = (head: string): string => {
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const [, id = ''] = /^message-id:\s*(\S+)/im.exec(unfolded) ?? [];
  return id.replace(/[^\x21-\x7e]/g, '?').slice(0, 250);
};
