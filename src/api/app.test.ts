import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { insertConnection } from '#store/connections.ts';
import { items, problem, read, startWorld, type Call, type World } from './testing.ts';

let world: World;
let admin: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
});
after(() => world.close());

const newKey = (name: string) => ({ name, role: 'admin' });

describe('requests that are not right', () => {
  test('an unknown address is 404, a wrong method 405 with what is allowed', async () => {
    problem(await admin('GET', '/api/v1/nothing'), 404, 'not_found');
    problem(await admin('GET', '/wp-login.php'), 404, 'not_found');
    const answer = await admin('DELETE', '/api/v1/rules');
    problem(answer, 405, 'method_not_allowed');
    assert.equal(answer.headers.get('allow'), 'GET, POST');
  });

  test('malformed JSON, another content type and a body that is no object are refused', async () => {
    problem(await admin('POST', '/api/v1/api-keys', '{"name": '), 400, 'body_malformed');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    problem(await admin('POST', '/api/v1/api-keys', 'name=x', form), 415, 'body_not_json');
    problem(await admin('POST', '/api/v1/api-keys', '[]'), 422, 'input_invalid');
    problem(await admin('POST', '/api/v1/api-keys', '"text"'), 422, 'input_invalid');
    problem(await admin('POST', '/api/v1/api-keys'), 422, 'input_invalid', 'name');
  });

  test('a body over 1 MiB is refused, with its length told or not', async () => {
    const large = JSON.stringify(newKey('x'.repeat(1024 * 1024)));
    problem(await admin('POST', '/api/v1/api-keys', large), 413, 'body_too_large');
    const pieces = Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024));
    const { authorization } = await world.keyOf('super_admin');
    const response = await fetch(`${world.url}/api/v1/api-keys`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: Readable.toWeb(Readable.from(pieces)) as ReadableStream,
      duplex: 'half',
    });
    assert.equal(response.status, 413);
  });

  test('strangers are turned away before their body is read', async () => {
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${world.url}/api/v1/rules`, { method: 'POST' });
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      sending.flushHeaders();
    });
    assert.equal(status, 401);
  });

  test('unknown keys, missing and wrong values name their field', async () => {
    problem(
      await admin('POST', '/api/v1/api-keys', { ...newKey('x'), colour: 1 }),
      422,
      'input_unknown_field',
      'colour',
    );
    problem(
      await admin('POST', '/api/v1/api-keys', { role: 'admin' }),
      422,
      'input_invalid',
      'name',
    );
    problem(
      await admin('POST', '/api/v1/api-keys', { name: 'x', role: 'king' }),
      422,
      'input_invalid',
      'role',
    );
    problem(
      await admin('POST', '/api/v1/connections', { connector: 'nope', name: 'x', settings: {} }),
      422,
      'connector_unknown',
      'connector',
    );
    problem(await admin('GET', '/api/v1/rules?colour=1'), 422, 'input_unknown_field', 'colour');
    const unused = await admin('POST', '/api/v1/rules/ru_0000000000/enable', { reason: 'x' });
    problem(unused, 422, 'input_unknown_field', 'reason');
  });

  test('an id that is not one of ours is a wrong address, and U+0000 reaches no query', async () => {
    problem(await admin('GET', '/api/v1/rules/%27%20or%201=1'), 404, 'not_found');
    problem(await admin('GET', '/api/v1/deliveries/99999999999999999999'), 404, 'not_found');
    problem(await admin('GET', '/api/v1/rules/ru_0000000000'), 404, 'rule_not_found');
    problem(await admin('GET', '/api/v1/candidates?search=%00'), 400, 'request_unreadable');
    problem(
      await admin('POST', '/api/v1/api-keys', '{"name":"a\\u0000b","role":"admin"}'),
      422,
      'input_invalid',
    );
  });
});

describe('every answer', () => {
  test('carries security headers and a request id, and allows no other origin', async () => {
    for (const path of ['/', '/healthz', '/api/v1/me', '/api/v1/nothing', '/oauth/callback']) {
      const { headers } = await admin('GET', path, undefined, { origin: 'https://evil.example' });
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'/, path);
      assert.match(headers.get('strict-transport-security') ?? '', /max-age/, path);
      assert.match(headers.get('x-request-id') ?? '', /^rq_/, path);
      assert.equal(headers.get('access-control-allow-origin'), null, path);
    }
  });

  test('a page allows its own style sheet by hash, and nothing else', async () => {
    const { text, headers } = await world.stranger('GET', '/');
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.match(
      headers.get('content-security-policy') ?? '',
      new RegExp(`style-src 'sha256-${hash.replaceAll('+', '\\+')}'`),
    );
    assert.match(text, /api-key create/);
    assert.match(text, /href="\/api\/openapi\.json"/);
    assert.doesNotMatch(text, /<script/);
  });
});

describe('probes', () => {
  test('healthz, readyz and metrics answer without a key', async () => {
    assert.equal((await world.stranger('GET', '/healthz')).body['status'], 'ok');
    assert.equal((await world.stranger('GET', '/readyz')).body['status'], 'ready');
    const { text } = await world.stranger('GET', '/metrics');
    assert.match(
      text,
      /loopwright_http_requests_total\{method="GET",route="\/healthz",status="200"\} \d/,
    );
    assert.match(text, /# TYPE loopwright_effects gauge/);
    assert.match(text, /# TYPE loopwright_deliveries_total counter/);
  });

  test('health tells queues, connections and problems of the public address', async () => {
    const { status, body } = await admin('GET', '/api/v1/health');
    assert.equal(status, 200);
    assert.equal(body['publicUrl'], 'https://hub.example.com');
    const queues = body['queues'] as unknown as Array<{ queue: string }>;
    assert.ok(queues.some(({ queue }) => queue === 'apply-rule'));
  });
});

describe('Idempotency-Key', () => {
  const once = (key: string) => ({ 'idempotency-key': key });
  const keysNamed = async (name: string): Promise<number> => {
    const all = items<{ name: string }>(await admin('GET', '/api/v1/api-keys?limit=100'));
    return all.filter((one) => one.name === name).length;
  };

  test('the same request has one effect and one answer', async () => {
    const first = await admin('POST', '/api/v1/api-keys', newKey('once'), once('k-1'));
    const second = await admin('POST', '/api/v1/api-keys', newKey('once'), once('k-1'));
    assert.equal(first.status, 201);
    assert.equal(first.headers.get('idempotency-replayed'), null);
    assert.equal(second.status, 201);
    assert.equal(second.text, first.text);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal(await keysNamed('once'), 1);
  });

  test('a kept answer is sealed: the database shows no new key', async () => {
    const made = await admin('POST', '/api/v1/api-keys', newKey('sealed'), once('k-2'));
    const rows = await world.running.hub.db.selectFrom('idempotency').selectAll().execute();
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes(read(made, 'key')));
  });

  test('another request under the same key is refused, another caller is not concerned', async () => {
    await admin('POST', '/api/v1/api-keys', newKey('a'), once('k-3'));
    const other = await admin('POST', '/api/v1/api-keys', newKey('b'), once('k-3'));
    problem(other, 422, 'idempotency_key_reused', 'Idempotency-Key');
    const someone = await world.as('super_admin');
    assert.equal((await someone('POST', '/api/v1/api-keys', newKey('b'), once('k-3'))).status, 201);
  });

  test('many at once have one effect; the others are told to wait, or get the answer', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () =>
        admin('POST', '/api/v1/api-keys', newKey('race'), once('k-4')),
      ),
    );
    assert.ok(all.some(({ status }) => status === 201));
    for (const { status, text } of all) assert.ok(status === 201 || status === 409, text);
    assert.equal(await keysNamed('race'), 1);
  });

  test('a refusal is kept as well, as a problem', async () => {
    const first = await admin('POST', '/api/v1/api-keys', { name: '' }, once('k-5'));
    const second = await admin('POST', '/api/v1/api-keys', { name: '' }, once('k-5'));
    problem(first, 422, 'input_invalid', 'name');
    problem(second, 422, 'input_invalid', 'name');
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
  });

  test('a key with odd characters or of great length is refused', async () => {
    for (const key of ['a b', 'x'.repeat(201)])
      problem(
        await admin('POST', '/api/v1/api-keys', newKey('x'), once(key)),
        422,
        'idempotency_key_invalid',
      );
  });
});

describe('pages', () => {
  test('walk through a list without gaps or repetitions, in the same order', async () => {
    for (let count = 0; count < 7; count += 1)
      await admin('POST', '/api/v1/api-keys', newKey(`page ${String(count)}`));
    const whole = await admin('GET', '/api/v1/api-keys?limit=100');
    const all = items<{ id: string }>(whole).map(({ id }) => id);
    assert.equal(whole.body['next'], null);
    const walked: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const answer = await admin('GET', `/api/v1/api-keys?limit=3${cursor}`);
      const shown = items<{ id: string }>(answer);
      assert.ok(shown.length <= 3);
      walked.push(...shown.map(({ id }) => id));
      next = answer.body['next'] as unknown as string | null;
    }
    assert.deepEqual(walked, all);
  });

  test('newest first lists walk back in time', async () => {
    const first = await admin('GET', '/api/v1/audit?limit=2');
    const second = await admin('GET', `/api/v1/audit?limit=2&cursor=${read(first, 'next')}`);
    const ids = [first, second].flatMap((page) =>
      items<{ id: string }>(page).map(({ id }) => Number(id)),
    );
    assert.equal(ids.length, 4);
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => b - a),
    );
  });

  test('limits outside 1 to 100 and cursors of others are refused', async () => {
    for (const limit of ['0', '101', '-1', '1.5', 'x', ''])
      problem(await admin('GET', `/api/v1/rules?limit=${limit}`), 422, 'input_invalid', 'limit');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of ['x', encode({}), encode([1]), encode(['a', 'b']), encode(['a\0'])])
      problem(
        await admin('GET', `/api/v1/rules?cursor=${cursor}`),
        422,
        'cursor_invalid',
        'cursor',
      );
    for (const cursor of [encode(['a']), encode([1.5]), encode([1e300])])
      problem(
        await admin('GET', `/api/v1/audit?cursor=${cursor}`),
        422,
        'cursor_invalid',
        'cursor',
      );
  });
});

describe('what the hub is', () => {
  const add = (to: World, connector: string, apiBase: string) =>
    insertConnection(to.running.hub.db, {
      connector,
      name: connector,
      settings: { apiBase },
      requestsPerSecond: null,
    });
  const sandboxOf = async (ask: Call) => (await ask('GET', '/api/v1/installation')).body['sandbox'];

  test('a proxy at an address like a sandbox’s is no sandbox: only whoever runs the hub says that there is one', async () => {
    await add(world, 'lever', 'https://api.lever.co/v1');
    await add(world, 'codility', 'http://proxy.internal/codility/api');
    assert.equal(await sandboxOf(admin), null);
  });

  test('a sandbox that runs apart plays the accounts that lead there, and no other', async () => {
    const url = 'http://127.0.0.1:4001';
    const other = await startWorld({ role: 'web', sandboxUrl: `${url}/` });
    try {
      const ask = await other.as('interviewer');
      assert.deepEqual(await sandboxOf(ask), { url, vendors: [], mailbox: `${url}/mailbox` });
      await add(other, 'lever', `${url}/lever/api/v1`);
      await add(other, 'codingame', `${url}/codingame/api`);
      await add(other, 'ashby', 'http://proxy.internal/ashby/api');
      assert.deepEqual(await sandboxOf(ask), {
        url,
        vendors: [
          { name: 'CodinGame', url: `${url}/codingame` },
          { name: 'Lever', url: `${url}/lever` },
        ],
        mailbox: `${url}/mailbox`,
      });
    } finally {
      await other.close();
    }
  });
});
