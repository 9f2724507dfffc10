/** Every mail that an emulated vendor sends, and the page on which people read them. */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { EmulatedMail } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import { calendarCard, readEntry, stateOf, type CalendarEntry } from './calendar-card.ts';

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
  const mails = Array.isArray(setup.saved) ? (setup.saved as StoredMail[]) : [];
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

/** `GET /` lists (with `?to=`), `GET /:id` shows one mail (with `?zone=`), `GET /:id/eml` is its file. */
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
    if (mail) {
      const zone = knownZone(c.req.query('zone'));
      const body = mailBody(mail, mailbox.list({ to: mail.to }), zone, base);
      return show(c, mail.subject || '(no subject)', body);
    }
    c.status(404);
    return show(c, 'Not found', html`<p class="empty">There is no such mail.</p>`);
  });
  pages.get('/:id/eml', (c) => {
    const raw = mailbox.find(Number(c.req.param('id')))?.raw;
    if (raw === undefined) return c.notFound();
    return c.body(raw, 200, {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="mail-${c.req.param('id')}.eml"`,
    });
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

/** A zone that is none is the one of the machine that the sandbox runs on. */
const knownZone = (wanted: string | undefined): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  }
};

const mailBody = (
  mail: StoredMail,
  ofPerson: readonly StoredMail[],
  zone: string,
  base: string,
): Html =>
  html`<p>
      From ${mail.from}<br />To ${mail.to}<br />Sent <time>${instant(mail.sentAt)}</time> UTC
    </p>
    ${mail.calendar === undefined ? '' : entryOf(mail, ofPerson, zone, base)}
    ${
      mail.html === undefined
        ? html`<pre>${linked(mail.text)}</pre>`
        : html`<iframe
              title="The mail"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              srcdoc="${`<meta charset="utf-8"><base target="_blank">${mail.html}`}"
              style="width:100%;height:24rem;border:1px solid var(--line);background:#fff"
            ></iframe>
            <details>
              <summary>As plain text</summary>
              <pre>${linked(mail.text)}</pre>
            </details>`
    }
    ${
      mail.raw === undefined
        ? ''
        : html`<details>
              <summary>As it travelled</summary>
              <pre>${mail.raw}</pre>
            </details>
            <p><a href="${base}/${mail.id}/eml">Download as .eml</a></p>`
    }`;

/** The card, and the other mails about the same entry. */
const entryOf = (
  mail: StoredMail,
  ofPerson: readonly StoredMail[],
  zone: string,
  base: string,
): Html => {
  const entry = readEntry(mail.calendar ?? '');
  if (!entry) return html`<p class="notice">A calendar entry that cannot be read.</p>`;
  const others = ofPerson.flatMap((one): Array<[StoredMail, CalendarEntry]> => {
    const other = one.calendar === undefined || one.id === mail.id ? null : readEntry(one.calendar);
    return other?.uid === entry.uid ? [[one, other]] : [];
  });
  const earlier = others.flatMap(([one, other]) => (one.id < mail.id ? [other] : []));
  return html`${calendarCard(entry, stateOf(entry, earlier), zone, linked)}
    <form class="row" method="get">
      <label>Your time zone <input name="zone" value="${zone}" /></label> <button>Show</button>
    </form>
    ${
      others.length === 0
        ? ''
        : html`<p>Other mails about this entry:</p>
            <ul>
              ${others.map(
                ([one, other]) =>
                  html`<li>
                    <a href="${base}/${one.id}">${one.subject}</a> (${other.method}, version
                    ${other.sequence}, ${one.id < mail.id ? 'earlier' : 'later'})
                  </li>`,
              )}
            </ul>`
    }`;
};

/** Web addresses become links; a full stop or bracket after one is not part of it. */
const linked = (text: string): Html =>
  html`${text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, position) =>
      position % 2 === 1 ? html`<a href="${part}" rel="noopener">${part}</a>` : part,
    )}`;

const instant = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
