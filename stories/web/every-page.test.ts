/** Every page of the route list: each role is let in or told that it is not for it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { capabilities, reach, roles, type Capability } from '#core/roles.ts';
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

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 2 } });
});
after(() => app.close());

for (const role of roles)
  test(`${role}: each page is open or says that it is not for the role, and the navigation agrees`, async () => {
    const seat = await app.seat();
    const { page } = seat;
    await seat.signIn(await app.person(role));
    for (const { path, needs } of pages) {
      const isOpen = needs === null || reach(role, needs) !== 'none';
      // Whether one that exists may be opened is the API's to say; the closed ones need no such id.
      if (isOpen && path.includes('$')) continue;
      await seat.open(path.replace(/\$\w+/, 'none'));
      const title = page.getByRole('heading', { level: 1 });
      await title.waitFor();
      assert.equal((await title.textContent()) === 'Not for your role', !isOpen, `${role}: ${path}`);
      const entries = page.locator(`nav[aria-label="Navigation"] a[href="${path}"]`);
      if (!isOpen) assert.equal(await entries.count(), 0, `${role}: ${path} stands in the navigation`);
    }
    await seat.context.close();
    app.quiet();
  }); // prettier-ignore
