/** A mail that may hold an answer to an invite, whichever door it came through. */
import PostalMime from 'postal-mime';
import { LoopwrightError } from '#core/errors.ts';
import type { Hub } from '#jobs/hub.ts';
import { takeReply } from '#jobs/take-reply.ts';

/** In bytes. */
export const largestReplyMail = 1024 * 1024;

export type ReplyMail = { from: string; calendar: string };

/** Null: there is no calendar object in it, or no sender. */
export const readReplyMail = async (raw: string | Uint8Array): Promise<ReplyMail | null> => {
  const { from, attachments } = await PostalMime.parse(raw);
  const answer = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!answer || from?.address === undefined) return null;
  const { content } = answer;
  const calendar = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return { from: from.address, calendar };
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
