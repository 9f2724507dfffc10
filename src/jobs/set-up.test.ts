import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase, serverTime } from '#store/database.ts';
import { createTestDatabase } from '#store/testing.ts';
import { firstSetupLink, setUp, setupLinkAgain } from './set-up.ts';

const hub = 'https://hub.example.com';

test('whoever starts again has a link until there is an account, and then none', async (t) => {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 1, onError: () => undefined });
  t.after(async () => {
    await close();
    await database.drop();
  });
  const now = await serverTime(db);
  const first = await firstSetupLink(db, hub, now);
  assert.equal(await firstSetupLink(db, hub, now), null);
  const again = await setupLinkAgain(db, hub, now);
  const ada = { name: 'Ada Lovelace', email: 'ada@example.com', passwordHash: 'of the test' };
  const use = (link: string | null) => setUp(db, link?.split('/').at(-1) ?? '', ada, now);
  await assert.rejects(use(first), { code: 'setup_link_wrong' });
  assert.equal((await use(again)).role, 'super_admin');
  assert.equal(await setupLinkAgain(db, hub, now), null);
});
