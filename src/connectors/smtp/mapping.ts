/**
 * A message as it travels: RFC 5322 with the invite as RFC 6047 wants it, an alternative with its
 * method and the same bytes as `invite.ics`. Equal messages are equal to the byte.
 */
import type { MailMessage } from '#connectors/contract.ts';
import { clean } from '#core/template/render.ts';

/** No name turns the direction of what a reader shows after it. */
const straight = ({ name, address }: MailMessage['from']): MailMessage['from'] => ({
  name: clean(name),
  address,
});

/** The whole message, CRLF line ends. */
export const toBytes = async (message: MailMessage): Promise<Buffer> => {
  // Loaded with the first message: a hub without one starts sooner.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { messageId, from, to, replyTo, subject, text, html, date, calendar, headers } = message;
  const composer = new MailComposer({
    messageId,
    // Random by default; a repeated message must be the same.
    baseBoundary: Buffer.from(messageId).toString('hex').slice(0, 40),
    from: straight(from),
    to: [straight(to)],
    ...(replyTo ? { replyTo: straight(replyTo) } : {}),
    subject,
    text,
    html,
    date: new Date(date),
    headers,
    ...(calendar
      ? {
          icalEvent: {
            method: calendar.method.toLowerCase(),
            filename: 'invite.ics',
            content: calendar.content,
          },
        }
      : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};
