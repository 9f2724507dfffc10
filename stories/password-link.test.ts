/** A new password where no mail goes: a Super Admin makes a link and hands it over. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { good, openBrowser, refused, signIn, tokenIn } from './browser.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 0 } });
after(() => world.close());

const email = 'ada@example.com';
const before = 'notes on the analytical engine';
const invited = await world.api.post<{ link: string }>('/invitations', {
  email,
  role: 'team_member',
});
const joined = await openBrowser(world.url).call('POST', '/api/v1/invitations/accept', {
  token: tokenIn(invited.link),
  name: 'Ada Lovelace',
  password: before,
});
assert.equal(joined.status, 201, joined.text);
const [user] = (await world.api.get<{ items: Array<{ id: string }> }>('/users')).items;
const path = `/users/${user?.id ?? ''}/password-link`;
const make = async (): Promise<string> =>
  tokenIn((await world.api.post<{ link: string; expiresAt: string }>(path)).link);
const reset = (token: string, password: string) =>
  openBrowser(world.url).call('POST', '/api/v1/password/reset', { token, password });

test('the newest link works once; until then the password stays', async () => {
  const first = await make();
  const second = await make();
  const next = 'poetical science of numbers';
  refused(await reset(first, next), 403, 'reset_link_wrong');
  good(await signIn(openBrowser(world.url), email, before));
  assert.equal((await reset(second, next)).status, 204);
  refused(await reset(second, before), 403, 'reset_link_wrong');
  good(await signIn(openBrowser(world.url), email, next));
});

test('a user who is shut out gets none, and loses the one there was', async () => {
  const token = await make();
  await world.api.post(`/users/${user?.id ?? ''}/deactivate`);
  refused(await reset(token, 'poetical science of numbers'), 403, 'reset_link_wrong');
  const { status, body } = await world.api.call('POST', path, {});
  assert.deepEqual([status, body['code']], [409, 'user_inactive']);
});

test('that it was made is in the audit log, the link is not', async () => {
  const { rows } = await sql<{ act: string }>`select * from audit`.execute(world.hub.hub.db);
  assert.ok(rows.some(({ act }) => act === 'password.link'));
  assert.doesNotMatch(JSON.stringify(rows), /\/reset\//);
});
