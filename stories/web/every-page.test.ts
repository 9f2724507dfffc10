/** Every page of the route list: each role is let in or told that it is not for it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { capabilities, reach, roles, type Capability } from '#core/roles.ts';
import { words } from '../../web/app/words.ts';
import { until } from '../world.ts';
import { openApp, type App } from './app.ts';
import { hostile, hostileTold, hostileWorld } from './hostile.ts';

let app: App;
const list = await readFile(new URL('../../web/app/routes.tsx', import.meta.url), 'utf8');
/** Address and right of each page, and whether it is within the shell. */
const everyPage = list
  .split('\n')
  .filter((line) => /page\((root|shell),/.test(line))
  .map((line) => {
    const [, parent, path = '', right] = /page\((\w+), '([^']+)', .*?\)(?:, '([^']+)')?\),$/.exec(line) ?? [];
    const needs = capabilities.find((one): one is Capability => one === right) ?? null;
    assert.ok(path !== '' && (right === undefined || needs !== null), line);
    return { path, needs, isWithin: parent === 'shell' };
  }); // prettier-ignore
const pages = everyPage.filter(({ isWithin }) => isWithin);

/** Addresses that the navigation leads to, for whoever may go there. */
const entriesOfAll = Array.from(
  (await readFile(new URL('../../web/app/navigation.ts', import.meta.url), 'utf8')).matchAll(
    /to: '([^']+)'/g,
  ),
  ([, to]) => to,
);

before(async () => {
  app = await openApp({
    sandbox: { only: ['lever', 'codeinterview', 'codingame'], candidates: 2 },
  });
});
after(() => app.close());

for (const role of roles)
  test(`${role}: each page is open or says that it is not for the role, and the navigation agrees`, async () => {
    const seat = await app.seat();
    const { page } = seat;
    await seat.signIn(await app.person(role));
    const isOpen = (needs: Capability | null) => needs === null || reach(role, needs) !== 'none';
    const main = page.getByRole('navigation', { name: words.navigation });
    for (const { path, needs } of pages) {
      const count = isOpen(needs) && entriesOfAll.includes(path) ? 1 : 0;
      assert.equal(await main.locator(`a[href="${path}"]`).count(), count, `${role}: ${path}`);
    }
    for (const { path, needs } of pages) {
      // What is open to a role is open to a Super Admin; one page of something needs something.
      if (isOpen(needs) && (role !== 'super_admin' || path.includes('$'))) continue;
      await seat.open(path.replace(/\$\w+/, 'none'));
      const title = page.getByRole('heading', { level: 1 });
      await title.waitFor();
      // Who sees no candidates is led from Today to the own interviews.
      const isLedOn = path === '/' && new URL(page.url()).pathname === '/me';
      const isClosed = isLedOn || (await title.textContent()) === 'Not for your role';
      assert.equal(isClosed, !isOpen(needs), `${role}: ${path}`);
    }
    await seat.context.close();
    app.quiet();
  }); // prettier-ignore

test('what a candidate is called stays text on every page, and no page is wider for it', async () => {
  const places = await hostileWorld(app);
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin', 'reader@example.com'));
  await page.setViewportSize({ width: 360, height: 900 });
  page.on('dialog', (dialog) => {
    assert.fail(`a dialog: ${dialog.message()}`);
  });
  // The doors with a token of their own know no candidate.
  const doors = ['/sign-in', '/forgot-password', '/setup/$token', '/reset/$token', '/invitation/$token'];
  for (const { path } of everyPage.filter((one) => !doors.includes(one.path))) {
    assert.ok(path in places || !path.includes('$'), `${path}: say in hostile.ts which one is opened`);
    for (const { at, names } of places[path] ?? [{ at: path, names: undefined }]) {
      await seat.open(at);
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (names) await page.getByText(hostile).or(page.getByText(hostileTold)).filter({ visible: true }).first().waitFor();
      const loading = page.getByRole('status', { name: 'Loading' });
      await until(`all of ${at} is there`, async () => (await loading.count()) === 0);
      assert.equal(await page.evaluate('window.__hit'), undefined, at);
      assert.equal(await page.locator('img[src=x]').count(), 0, at);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(wide <= 360, `${at} is ${String(wide)} wide`);
    }
  }
  await seat.context.close();
  app.quiet();
}); // prettier-ignore
