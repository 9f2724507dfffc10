import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createAuth } from './auth.ts';
import { openDatabase } from './database.ts';
import { createTestDatabase } from './testing.ts';
import { insertUser, putPassword } from './users.ts';
import { secretKey } from './vault.ts';

test('what stands in the database opens no session without the key, and a new key ends them all', async (t) => {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 2, onError: () => undefined });
  t.after(async () => {
    await close();
    await database.drop();
  });
  let key = secretKey(randomBytes(32));
  const auth = createAuth({
    db,
    vault: { current: () => key, find: () => key },
    publicUrl: 'https://hub.example.com',
    provider: null,
    admit: () => Promise.resolve(null),
    admitted: () => Promise.resolve(),
    now: () => Date.now(),
  });
  const visitor = { cookie: undefined, userAgent: undefined, address: '127.0.0.1' };
  const user = await insertUser(db, { name: 'Ada', email: 'ada@example.com', role: 'admin' });
  assert.equal(await auth.signIn('ada@example.com', 'anything at all', visitor), null);
  await putPassword(db, user.id, await auth.hash('anything at all'));
  const entered = await auth.signIn('ada@example.com', 'anything at all', visitor);
  const cookie = entered?.cookies[0]?.split(';')[0] ?? '';
  const [name = '', value = ''] = cookie.split('=');
  const who = async (text: string) => (await auth.session({ ...visitor, cookie: text }))?.userId;
  assert.equal(await who(cookie), user.id);
  const { token } = await db.selectFrom('session').select('token').executeTakeFirstOrThrow();
  assert.ok(value.startsWith(token));
  for (const forged of [token, `${token}.`, `${token}.${randomBytes(32).toString('base64')}`])
    assert.equal(await who(`${name}=${encodeURIComponent(forged)}`), undefined, forged);
  key = secretKey(randomBytes(32));
  assert.equal(await who(cookie), undefined);
});
