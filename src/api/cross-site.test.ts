/**
 * A browser sends the session's cookie along with whatever a page asks for, whoever wrote the page. The
 * list of what must be refused then comes from the description of the API, so new routes are in it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { version } from '#main.ts';
import { openSignIn } from '#jobs/sign-in.ts';
import { insertUser, putPassword } from '#store/users.ts';
import { access } from './access.ts';
import { openApiDocument } from './openapi.ts';
import { problem, publicUrl, startWorld, type World } from './testing.ts';

const { paths } = openApiDocument(version) as { paths: Record<string, Record<string, unknown>> };
const mutating = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method) => method !== 'get')
    .map((method) => {
      const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      return { method: method.toUpperCase(), path, isPublic: access[route] === 'public' };
    }),
);

/** With the cookie's name as browsers demand it over https. */
const startSession = async (world: World): Promise<string> => {
  const { auth } = openSignIn(world.running.hub, null);
  const visitor = { cookie: undefined, userAgent: undefined, address: '127.0.0.1' };
  const signedIn = await auth.signIn('grace@example.com', 'a long and good password', visitor);
  const cookie = signedIn?.cookies[0] ?? '';
  assert.match(cookie, /^__Secure-loopwright\.session_token=.*; Secure/);
  return cookie.split(';')[0] ?? '';
};

let world: World;
let cookie: string;

before(async () => {
  world = await startWorld({ role: 'web' });
  const { db } = world.running.hub;
  const name = 'Grace Hopper';
  const user = await insertUser(db, { name, email: 'grace@example.com', role: 'super_admin' });
  const { auth } = openSignIn(world.running.hub, null);
  await putPassword(db, user.id, await auth.hash('a long and good password'));
  cookie = await startSession(world);
});
after(() => world.close());

const send = (
  { method, path }: { method: string; path: string },
  headers: Record<string, string>,
) =>
  world.stranger(
    method,
    path.replace('/deliveries/{id}', '/deliveries/999').replaceAll(/\{\w+\}/g, 'xx_0000000000'),
    method === 'DELETE' ? undefined : {},
    headers,
  );

const foreign: ReadonlyArray<Record<string, string>> = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: `${publicUrl}.evil.example` },
  { origin: 'https://sub.hub.example.com' },
  { origin: publicUrl.replace('https:', 'http:') },
  { origin: publicUrl, 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
];

describe('requests that change something', () => {
  test('are all in the table', () => {
    assert.ok(mutating.length > 60, String(mutating.length));
    const inAccess = Object.keys(access).filter((route) => /^(?!GET )\w+ \/api\/v1\//.test(route));
    assert.equal(mutating.length, inAccess.length);
  });

  for (const route of mutating) {
    const name = `${route.method} ${route.path}`;
    test(`${name} is refused from another site, and from nowhere in particular`, async () => {
      for (const headers of foreign)
        problem(await send(route, { cookie, ...headers }), 403, 'cross_site');
      // What is open to everybody needs no cookie, so programs may ask for it too.
      if (!route.isPublic) problem(await send(route, { cookie }), 403, 'cross_site');
    });

    test(`${name} is heard from a page of the hub, and with a key from anywhere`, async () => {
      for (const headers of [
        { origin: publicUrl, 'sec-fetch-site': 'same-origin' },
        { origin: publicUrl },
        { 'sec-fetch-site': 'same-origin' },
      ]) {
        const answer = await send(route, { cookie, ...headers });
        assert.notEqual(answer.body['code'], 'cross_site', answer.text);
        assert.notEqual(answer.body['code'], 'session_over', answer.text);
        if (name === 'POST /api/v1/sign-out') cookie = await startSession(world);
      }
      if (route.isPublic) return;
      const key = await world.keyOf('super_admin');
      const answer = await send(route, { ...key, cookie, origin: 'https://evil.example' });
      assert.notEqual(answer.body['code'], 'cross_site', answer.text);
    });
  }
});

test('reading needs no origin, and a key is looked at before a cookie', async () => {
  const read = (headers: Record<string, string>) =>
    world.stranger('GET', '/api/v1/session', undefined, headers);
  assert.equal((await read({ cookie })).body['name'], 'Grace Hopper');
  assert.equal((await read({ cookie, 'sec-fetch-site': 'cross-site' })).status, 200);
  const key = await world.keyOf('interviewer');
  assert.equal((await read({ ...key, cookie })).body['role'], 'interviewer');
  const wrong = { authorization: `Bearer lw_${'w'.repeat(32)}` };
  problem(await read({ ...wrong, cookie }), 401, 'key_missing_or_wrong');
});

test('an Idempotency-Key holds for a session as for a key', async () => {
  const ask = () =>
    world.stranger(
      'POST',
      '/api/v1/api-keys',
      { name: 'once', role: 'interviewer' },
      { cookie, origin: publicUrl, 'idempotency-key': 'one' },
    );
  const first = await ask();
  const again = await ask();
  assert.equal(first.status, 201, first.text);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
});
