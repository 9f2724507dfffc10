import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serializeInvite, type Invite } from '#core/calendar/invite.ts';
import { createMailbox, mailboxPages } from './mailbox.ts';

const invite: Invite = {
  uid: 'iv_1@loopwright',
  sequence: 0,
  stamp: 0,
  start: Date.UTC(2026, 2, 30, 7),
  end: Date.UTC(2026, 2, 30, 8),
  title: 'System <design>',
  description: 'Open https://code.example/s/1',
  html: null,
  location: 'Room 4',
  url: null,
  organizer: { name: 'Interviews', address: 'interviews@company.example' },
  attendees: [{ name: 'Zoë', address: 'zoe@candidates.example', required: true }],
  status: 'CONFIRMED',
  isPrivate: false,
};

const open = () => {
  const mailbox = createMailbox({ saved: undefined, changed: () => undefined });
  const pages = mailboxPages(mailbox, '/mailbox');
  const deliver = (method: 'REQUEST' | 'CANCEL', changes: Partial<Invite> = {}) => {
    mailbox.deliver({
      from: invite.organizer.address,
      to: 'zoe@candidates.example',
      subject: 'Your interview',
      text: 'Plain',
      html: '<p>Hello</p><script>alert(1)</script>"',
      calendar: serializeInvite(method, { ...invite, ...changes }),
      raw: 'Subject: Your interview\r\n\r\nPlain',
      sentAt: 0,
    });
  };
  const read = async (path: string) => (await pages.request(path)).text();
  return { mailbox, deliver, read, pages };
};

describe('an invite in the mailbox', () => {
  it('is a card with title, time in the reader’s zone and as sent, place, people and links', async () => {
    const { deliver, read } = open();
    deliver('REQUEST');
    const page = await read('/1?zone=Europe/Berlin');
    for (const shown of [
      /System &lt;design&gt;/,
      /09:00.10:00 \(Europe\/Berlin\)/u,
      /07:00.08:00 \(UTC\)/u,
      /Room 4/,
      /Zoë &lt;zoe@candidates.example&gt;/,
      /<a href="https:\/\/code.example\/s\/1"/,
      /<strong>invitation<\/strong>/,
    ])
      assert.match(page.replace(/\s+/g, ' ').replace(/ – /g, '–'), shown);
  });

  it('is said to be updated, ignored or cancelled by what its reader had before', async () => {
    const { deliver, read } = open();
    deliver('REQUEST');
    deliver('REQUEST', { sequence: 2 });
    deliver('REQUEST', { sequence: 1 });
    deliver('CANCEL', { sequence: 3, status: 'CANCELLED' });
    deliver('REQUEST', { uid: 'iv_2@loopwright' });
    const states = await Promise.all(
      [1, 2, 3, 4, 5].map(async (id) => /<strong>([^<]*)/.exec(await read(`/${String(id)}`))?.[1]),
    );
    assert.deepEqual(states, [
      'invitation',
      'updated',
      'out of date: ignored',
      'cancelled',
      'invitation',
    ]);
  });

  it('shows the page of the mail in a frame that runs no script, and gives its file', async () => {
    const { deliver, read, pages } = open();
    deliver('REQUEST');
    const page = await read('/1');
    assert.doesNotMatch(page, /<script/);
    assert.match(page, /sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    const file = await pages.request('/1/eml');
    assert.equal(file.headers.get('content-type'), 'message/rfc822');
    assert.equal(await file.text(), 'Subject: Your interview\r\n\r\nPlain');
    assert.equal((await pages.request('/9/eml')).status, 404);
  });

  it('that cannot be read is said to be one', async () => {
    const { mailbox, read } = open();
    mailbox.deliver({ from: '', to: 'x', subject: '', text: '', sentAt: 0, calendar: 'BEGIN:X' });
    assert.match(await read('/1?zone=Nowhere'), /cannot be read/);
  });
});
