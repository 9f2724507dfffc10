/** The set-up link, as whoever starts the hub sees it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createTestDatabase } from '#store/testing.ts';
import { good, openBrowser, refused } from './browser.ts';
import { runCommand, type Command } from './hub-process.ts';
import { until } from './world.ts';

const linkIn = (text: string): string[] => text.match(/http:\S+\/setup\/[\w-]{32}/g) ?? [];

test('the first start tells one link, later starts none, and the command makes a new one beside them', async (t) => {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'loopwright-setup-'));
  const env = { DATABASE_URL: database.url, LOOPWRIGHT_DATA: folder, PORT: '0' };
  const started: Command[] = [];
  const start = (): Command => {
    const command = runCommand(['serve', '--role', 'web'], env, folder);
    started.push(command);
    return command;
  };
  t.after(async () => {
    for (const command of started) command.signal('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const [one, two] = [start(), start()];
  const urls = await Promise.all([one.address(), two.address()]);
  const links = await until('the link is told in the log and to the terminal', () => {
    const found = linkIn(one.output() + two.output());
    return found.length >= 2 && found;
  });
  assert.equal(new Set(links).size, 1);
  assert.equal(links.length, 2, 'once in the log, once to the terminal');
  const third = start();
  await third.ready();
  assert.deepEqual(linkIn(third.output()), []);

  const made = runCommand(['setup-link'], env, folder);
  assert.equal(await made.ended, 0, made.output());
  const token = /\/setup\/([\w-]{32})/.exec(made.output())?.[1] ?? '';
  const wish = { name: 'Grace Hopper', email: 'grace@example.com', password: 'compile the bug out of it' }; // prettier-ignore
  const browser = openBrowser(urls[0]);
  const first = links[0]?.split('/').at(-1) ?? '';
  refused(
    await browser.call('POST', '/api/v1/setup', { ...wish, token: first }),
    403,
    'setup_link_wrong',
  );
  const me = good(await browser.call('POST', '/api/v1/setup', { ...wish, token }), 201);
  assert.equal(me['role'], 'super_admin');
  // The other process knows the session: it lives in the database.
  const other = openBrowser(urls[1]);
  other.cookies = browser.cookies;
  assert.equal(good(await other.call('GET', '/api/v1/session'))['id'], me['id']);
});
