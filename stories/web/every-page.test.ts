/** Every page of the route list: each role is let in or told that it is not for it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { capabilities, reach, roles, type Capability } from '#core/roles.ts';
import { words } from '../../web/app/words.ts';
import { openApp, type App } from './app.ts';

let app: App;
const list = await readFile(new URL('../../web/app/routes.tsx', import.meta.url), 'utf8');
/** Address and right of each page within the shell. */
const pages = list
  .split('\n')
  .filter((line) => line.includes('page(shell,'))
  .map((line) => {
    const [, path = '', right] = /page\(shell, '([^']+)', .*?\)(?:, '([^']+)')?\),$/.exec(line) ?? [];
    const needs = capabilities.find((one): one is Capability => one === right) ?? null;
    assert.ok(path !== '' && (right === undefined || needs !== null), line);
    return { path, needs };
  }); // prettier-ignore

/** Addresses that the navigation leads to, for whoever may go there. */
const entriesOfAll = Array.from(
  (await readFile(new URL('../../web/app/navigation.ts', import.meta.url), 'utf8')).matchAll(
    /to: '([^']+)'/g,
  ),
  ([, to]) => to,
);

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 2 } });
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
      const isClosed = (await title.textContent()) === 'Not for your role';
      assert.equal(isClosed, !isOpen(needs), `${role}: ${path}`);
    }
    await seat.context.close();
    app.quiet();
  }); // prettier-ignore
