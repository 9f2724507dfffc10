/** Mails while no server is connected: every page says so, and the outbox shows them as text. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { insertMail, settleMail } from '#store/mails.ts';
import { openApp, type App } from './app.ts';

const hostile = '<img src=x onerror=alert(1)> Ada';

let app: App;

before(async () => {
  app = await openApp({ announced: true });
});
after(() => app.close());

const keep = async (): Promise<string> => {
  const { db } = app.world.hub.hub;
  const message = {
    messageId: '<one@example.com>',
    from: { name: 'Company', address: 'us@example.com' },
    to: { name: hostile, address: 'ada@example.com' },
    subject: `Interview: ${hostile}`,
    text: `Dear ${hostile},\n\nsee you.`,
    html: `<p>Dear ${hostile}</p>`,
    calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
    inReplyTo: null,
  };
  const { id } = await insertMail(db, {
    interviewId: null,
    effectId: null,
    generation: null,
    connectionId: null,
    address: 'ada@example.com',
    subject: message.subject,
    message,
  });
  await settleMail(db, id, 'kept', null);
  return id;
};

test('what was kept is told on every page, and shown as text', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin'));
  const note = page.getByRole('note', { name: 'Mails are not sent' });
  const id = await keep();
  await note.getByRole('link', { name: 'Open the outbox' }).click();
  await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  await note.waitFor();
  const row = page.getByRole('list', { name: 'Messages' }).getByRole('listitem').filter({ hasText: 'Ada' });
  await row.getByText('Kept, not sent').waitFor();
  await seat.looksRight();
  await row.getByRole('link').click();
  await page.getByText(`Dear ${hostile},`, { exact: false }).waitFor();
  await page.getByText('BEGIN:VCALENDAR', { exact: false }).waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
  await seat.looksRight();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download (.eml)' }).click();
  assert.match(await readFile(await (await download).path(), 'utf8'), /^Message-ID: <one@example\.com>/m);
  assert.equal((await download).suggestedFilename(), `${id}.eml`);
  await page.getByRole('link', { name: 'Outbox' }).first().click();
  await page.getByText('Sent', { exact: true }).click();
  await page.getByText('Nothing was written yet').waitFor();
  await seat.context.close();
  app.quiet();
}); // prettier-ignore

test('with a sandbox, every page leads to the other side, and forms know its addresses', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin', 'second@example.com'));
  const note = page.getByRole('note', { name: 'Sandbox' });
  const { url } = app.world.sandbox;
  assert.equal(await note.getByRole('link', { name: 'Lever' }).getAttribute('href'), `${url}/lever`);
  assert.equal(
    await note.getByRole('link', { name: 'Mailbox' }).getAttribute('href'),
    `${url}/mailbox`,
  );
  await seat.open('/settings/company/connect/codeinterview');
  await note.waitFor();
  const { apiKey } = app.world.emulator('codeinterview').credentials();
  await page.getByLabel('API key').fill(apiKey ?? '');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('is connected', { exact: false }).first().waitFor();
  await page.waitForURL(/\/settings\/company\/cn_/);
  await page.getByRole('heading', { level: 1, name: 'CodeInterview' }).waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
}); // prettier-ignore
