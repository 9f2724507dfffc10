/** Every mail that an emulated vendor sends, and the page on which people read them. */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { EmulatedMail } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';

export interface StoredMail extends EmulatedMail {
  id: number;
}

export interface Mailbox {
  deliver(mail: EmulatedMail): void;
  /** Newest first; `to` is compared without regard to case. */
  list(filter?: { to?: string | undefined }): StoredMail[];
  find(id: number): StoredMail | undefined;
  snapshot(): unknown;
}

const keptMails = 5_000;
const shownMails = 200;

/** `changed` is called after every change. */
export const createMailbox = (setup: { saved: unknown; changed(): void }): Mailbox => {
  const mails = (setup.saved as StoredMail[] | undefined) ?? [];
  return {
    deliver(mail) {
      mails.push({ ...mail, id: (mails.at(-1)?.id ?? 0) + 1 });
      if (mails.length > keptMails) mails.shift();
      setup.changed();
    },
    list({ to } = {}) {
      const wanted = to?.trim().toLowerCase();
      return mails.filter((mail) => !wanted || mail.to.toLowerCase() === wanted).reverse();
    },
    find: (id) => mails.find((mail) => mail.id === id),
    snapshot: () => mails,
  };
};

/** `GET /` lists (with `?to=`), `GET /:id` shows one mail. */
export const mailboxPages = (mailbox: Mailbox, base: string): Hono => {
  const pages = new Hono();
  const show = (c: Context, title: string, body: Html): Response | Promise<Response> =>
    c.html(
      renderPage({ vendor: 'Mailbox', own: true, title, base, tabs: [['', 'All mails']], body }),
    );

  pages.get('/', (c) => {
    const to = c.req.query('to') ?? '';
    return show(c, 'Mails', mailList(mailbox.list({ to }), to, base));
  });
  pages.get('/:id', (c) => {
    const mail = mailbox.find(Number(c.req.param('id')));
    if (mail) return show(c, mail.subject || '(no subject)', mailBody(mail));
    c.status(404);
    return show(c, 'Not found', html`<p class="empty">There is no such mail.</p>`);
  });
  return pages;
};

const mailList = (mails: readonly StoredMail[], to: string, base: string): Html =>
  html`<form class="row" method="get" action="${base}" role="search">
      <label>Sent to <input name="to" type="search" size="36" value="${to}" /></label>
      <button>Show</button>
    </form>
    ${
      mails.length === 0
        ? html`<p class="empty">No mail. What the emulated vendors send arrives here.</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Subject</th>
                  <th>To</th>
                  <th>From</th>
                  <th>Sent (UTC)</th>
                </tr>
              </thead>
              <tbody>
                ${mails.slice(0, shownMails).map(
                  (mail) =>
                    html`<tr>
                      <td><a href="${base}/${mail.id}">${mail.subject || '(no subject)'}</a></td>
                      <td>${mail.to}</td>
                      <td>${mail.from}</td>
                      <td><time>${instant(mail.sentAt)}</time></td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${mails.length > shownMails ? html`<p>The newest ${shownMails} of ${mails.length}.</p>` : ''}`;

const mailBody = (mail: StoredMail): Html =>
  html`<p>
      From ${mail.from}<br />To ${mail.to}<br />Sent <time>${instant(mail.sentAt)}</time> UTC
    </p>
    <pre>${linked(mail.text)}</pre>`;

/** Web addresses become links; a full stop or bracket after one is not part of it. */
const linked = (text: string): Html =>
  html`${text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, position) =>
      position % 2 === 1 ? html`<a href="${part}" rel="noopener">${part}</a>` : part,
    )}`;

const instant = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
