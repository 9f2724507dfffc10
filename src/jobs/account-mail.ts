/**
 * Mails about accounts: invitations and new passwords. They stand in the outbox like all mails, but
 * the outbox never shows the link, which opens the account of whoever has it: it is put in when the
 * message is handed over.
 */
import { messageOf } from '#core/errors.ts';
import { ConnectorError, type MailMessage } from '#connectors/contract.ts';
import { findCompany } from '#store/company.ts';
import { inTransaction, newId, type Executor } from '#store/database.ts';
import { findMail, insertMail, noteMail, settleMail } from '#store/mails.ts';
import { attachToMail, forgetTokenOfMail, tokenOfMail } from '#store/one-time-links.ts';
import type { Hub } from './hub.ts';
import { mailServer, organizerOf } from './interview-scene.ts';
import { pauseUnauthorized } from './policy.ts';

/** Stands for the token in what is stored; no token looks like this. */
const withheld = '(withheld)';
/** Milliseconds after which a mail that no server takes is given up. */
const patience = 24 * 3_600_000;

export interface AccountMail {
  to: { name: string; address: string };
  subject: string;
  /** Paragraphs before and after the link. */
  before: string;
  after: string;
  /** The part of the link before the token. */
  address: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes the mail and its job down. Says whether there is a server to take it. */
export const composeAccountMail = async (
  hub: Hub,
  tx: Executor,
  mail: AccountMail,
  link: { id: string; token: string },
): Promise<{ mailId: string; hasServer: boolean }> => {
  const server = await mailServer(hub, tx);
  const url = `${mail.address}/${withheld}`;
  const message: MailMessage = {
    messageId: `<${newId('mail', 20)}@loopwright>`,
    from: organizerOf(await findCompany(tx), server),
    to: mail.to,
    replyTo: null,
    subject: mail.subject,
    text: `${mail.before}\n\n${url}\n\n${mail.after}\n`,
    html: `<p>${escape(mail.before)}</p><p><a href="${escape(url)}">${escape(url)}</a></p><p>${escape(mail.after)}</p>`,
    date: hub.now(),
    calendar: null,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  const row = await insertMail(tx, {
    interviewId: null,
    effectId: null,
    generation: null,
    connectionId: server?.id ?? null,
    address: mail.to.address,
    subject: mail.subject,
    message,
  });
  await attachToMail(tx, hub.vault, link, row.id);
  await hub.queue.send(tx, 'send-mail', { mailId: row.id });
  return { mailId: row.id, hasServer: server !== null };
};

/**
 * 1. leave what is settled, and what waits for a paused server, alone;
 * 2. put the token in and hand the message over;
 * 3. settle it and forget the token. What may pass is tried again by the tick, for a day.
 */
export const sendAccountMail = async (hub: Hub, { mailId }: { mailId: string }): Promise<void> => {
  const row = await findMail(hub.db, mailId);
  if (row.state !== 'composed') return;
  const settle = (state: 'sent' | 'kept' | 'bounced', error: string | null): Promise<void> =>
    inTransaction(hub.db, async (tx) => {
      await settleMail(tx, mailId, state, error);
      await forgetTokenOfMail(tx, mailId);
    });
  const token = await tokenOfMail(hub.db, hub.vault, mailId, hub.now());
  if (token === null)
    return settle('kept', 'Its link was used, replaced or out of date before it was sent.');
  const server = await mailServer(hub, hub.db);
  if (server === null) return settle('kept', null);
  if (server.state !== 'active') return;
  const { mail } = await hub.open(server);
  if (!mail) return settle('kept', null);
  try {
    await mail.send(withToken(row.message as MailMessage, token));
    await settle('sent', null);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'unauthorized') await pauseUnauthorized(hub.db, server.id, thrown);
    const isOver = thrown.kind === 'rejected' || hub.now() - row.created_at > patience;
    await (isOver
      ? settle('bounced', messageOf(thrown))
      : noteMail(hub.db, mailId, messageOf(thrown)));
  }
};

const withToken = (message: MailMessage, token: string): MailMessage => ({
  ...message,
  text: message.text.replaceAll(withheld, token),
  html: message.html.replaceAll(withheld, token),
});
