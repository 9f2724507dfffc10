import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { hookSecretName } from '#jobs/subscribe-webhooks.ts';
import { updateWebhook, listWebhooks, type WebhookRow } from '#store/webhooks.ts';
import { getSecret, putSecret } from '#store/vault.ts';
import {
  connect,
  eventually,
  items,
  problem,
  startWorld,
  type Answer,
  type Call,
  type World,
} from './testing.ts';

let world: World;
let admin: Call;
let lever = '';
let codingame = '';
let hook: WebhookRow;
let secret = '';
let count = 0;

before(async () => {
  world = await startWorld();
  admin = await world.as('super_admin');
  lever = await connect(world, admin, 'lever');
  codingame = await connect(world, admin, 'codingame');
});
after(() => world.close());

beforeEach(async () => {
  const { db, vault } = world.running.hub;
  const found = (await listWebhooks(db, lever)).find(
    ({ event }) => event === 'candidateStageChange',
  );
  assert.ok(found);
  hook = found;
  secret = (await getSecret(db, vault, lever, hookSecretName(hook.id))) ?? '';
  assert.notEqual(secret, '');
});

interface Body {
  event: string;
  triggeredAt: number;
  token: string;
  signature: string;
  data: Record<string, string>;
}

/** A delivery as Lever signs it. */
const delivery = (opportunityId: string, change: Partial<Body> = {}, key = secret): Body => {
  count += 1;
  const token = change.token ?? `token-${String(count)}`;
  const triggeredAt = 1_700_000_000_000 + count;
  const signature = createHmac('sha256', key)
    .update(token + String(triggeredAt))
    .digest('hex');
  return {
    event: 'candidateStageChange',
    triggeredAt,
    token,
    signature,
    data: { opportunityId },
    ...change,
  };
};

const post = (
  body: unknown,
  token = hook.token,
  headers: Record<string, string> = {},
): Promise<Answer> => world.stranger('POST', `/hooks/${token}`, body, headers);

interface Stored {
  id: string;
  event: string;
  state: string;
  wakes: Array<{ kind: string; id?: string }>;
}

const stored = async (id = lever): Promise<Stored[]> =>
  items<Stored>(await admin('GET', `/api/v1/deliveries?connectionId=${id}&limit=100`));

const statusOf = async (): Promise<string> => {
  const { body } = await admin('GET', `/api/v1/connections/${lever}`);
  const all = body['webhooks'] as unknown as Array<{ id: string; status: string }>;
  return all.find(({ id }) => id === hook.id)?.status ?? '';
};

describe('a signed delivery', () => {
  test('is stored, answered with 200 and handled, and makes the hook healthy', async () => {
    assert.equal(await statusOf(), 'no_delivery_yet');
    const answer = await post(delivery('nobody-1'));
    assert.equal(answer.status, 200, answer.text);
    const [newest] = await stored();
    assert.deepEqual(newest?.wakes, [{ kind: 'candidate', id: 'nobody-1' }]);
    assert.equal(await statusOf(), 'healthy');
    await eventually(async () => (await stored())[0]?.state === 'done');
  });

  test('that comes again is acknowledged and has no second row', async () => {
    const body = delivery('nobody-2');
    assert.equal((await post(body)).status, 200);
    const rows = (await stored()).length;
    assert.equal((await post(body)).status, 200);
    assert.equal((await stored()).length, rows);
  });

  test('whose token is used again with other data has no effect', async () => {
    const body = delivery('nobody-3');
    assert.equal((await post(body)).status, 200);
    const rows = (await stored()).length;
    assert.equal((await post({ ...body, data: { opportunityId: 'victim' } })).status, 200);
    const now = await stored();
    assert.equal(now.length, rows);
    assert.doesNotMatch(JSON.stringify(now), /victim/);
  });

  test('of an unknown type, or a ping, is acknowledged and asks for nothing', async () => {
    assert.equal(
      (await post(delivery('', { event: 'somethingNew', data: { x: 'y' } }))).status,
      200,
    );
    assert.equal((await post(delivery('', { data: {} }))).status, 200);
    const [ping, unknown] = await stored();
    assert.deepEqual([ping?.event, ping?.state], ['ping', 'ignored']);
    assert.deepEqual([unknown?.event, unknown?.state], ['somethingNew', 'ignored']);
  });

  test('is verified and taken while the hook is only intended, or the connection paused', async () => {
    await updateWebhook(world.running.hub.db, hook.id, { state: 'intended' });
    assert.equal((await post(delivery('nobody-4'))).status, 200);
    await updateWebhook(world.running.hub.db, hook.id, { state: 'registered' });
    await admin('POST', `/api/v1/connections/${lever}/pause`);
    assert.equal((await post(delivery('nobody-5'))).status, 200);
    assert.equal((await stored())[0]?.state, 'queued');
    assert.equal((await admin('POST', `/api/v1/connections/${lever}/resume`)).status, 200);
    await eventually(async () => (await stored())[0]?.state === 'done');
  });

  test('can be replayed, and is then handled once more', async () => {
    assert.equal((await post(delivery('nobody-6'))).status, 200);
    const done = await eventually(async () =>
      (await stored()).find(({ state }, at) => at === 0 && state === 'done'),
    );
    const again = await admin('POST', `/api/v1/deliveries/${done.id}/replay`);
    assert.equal(again.status, 202);
    await eventually(async () => (await stored())[0]?.state === 'done');
    const ignored = (await stored()).find(({ state }) => state === 'ignored');
    assert.equal(
      (await admin('POST', `/api/v1/deliveries/${ignored?.id ?? ''}/replay`)).status,
      202,
    );
    assert.equal(
      (await admin('GET', `/api/v1/deliveries/${ignored?.id ?? ''}`)).body['state'],
      'ignored',
    );
    problem(await admin('POST', '/api/v1/deliveries/999999/replay'), 404, 'delivery_not_found');
  });

  test('counts in the metrics', async () => {
    const { text } = await world.stranger('GET', '/metrics');
    assert.match(text, /loopwright_deliveries_total\{connector="lever",outcome="new"\} [1-9]/);
    assert.match(text, /loopwright_deliveries_total\{connector="lever",outcome="known"\} [1-9]/);
  });
});

describe('a delivery that nobody signed', () => {
  test('is refused in every form: forged, cut, padded, in other letters, empty, missing', async () => {
    const rows = (await stored()).length;
    const good = delivery('victim');
    const { signature: _, ...unsigned } = good;
    for (const body of [
      delivery('victim', {}, 'wrong key'),
      { ...good, signature: good.signature.slice(0, -1) },
      { ...good, signature: `${good.signature}0` },
      { ...good, signature: good.signature.toUpperCase() },
      { ...good, signature: '' },
      { ...good, triggeredAt: good.triggeredAt + 1 },
      unsigned,
    ])
      problem(await post(body), 401, 'bad_signature');
    assert.equal((await stored()).length, rows);
    assert.equal(await statusOf(), 'signature_failing');
    assert.equal((await post(good)).status, 200);
  });

  test('a secret that changed a moment ago is good at once', async () => {
    assert.equal((await post(delivery('nobody-7'))).status, 200);
    const { db, vault } = world.running.hub;
    await putSecret(db, vault, lever, hookSecretName(hook.id), 'another secret');
    assert.equal((await post(delivery('nobody-8', {}, 'another secret'))).status, 200);
    await putSecret(db, vault, lever, hookSecretName(hook.id), secret);
    problem(await post(delivery('nobody-9', {}, 'a third one')), 401, 'bad_signature');
    assert.equal((await post(delivery('nobody-9'))).status, 200);
  });

  test('needs the whole token: nothing shorter, longer or similar finds a hook', async () => {
    const { token } = hook;
    for (const wrong of [
      token.slice(0, -1),
      `${token}0`,
      token.toUpperCase(),
      `hook_${'0'.repeat(32)}`,
      'hook_%',
    ])
      problem(await post(delivery('victim'), wrong), 404, 'not_found');
  });

  test('a body that is no delivery is refused, whatever it says it is', async () => {
    for (const body of ['', 'not json', '[]', '{"a":1}', '<xml/>'])
      problem(await post(body, hook.token, { 'content-type': 'text/plain' }), 401, 'bad_signature');
  });

  test('where the vendor signs nothing, any content type is a wake-up', async () => {
    const [row] = await listWebhooks(world.running.hub.db, codingame);
    const answer = await post('id_test=1', row?.token ?? '', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(answer.status, 200);
    assert.deepEqual((await stored(codingame))[0]?.wakes, [{ kind: 'assessments' }]);
  });
});

describe('a body that is too much', () => {
  const send = (
    headers: Record<string, string>,
    write: (chunk: (text: string) => void, end: () => void) => void,
  ) =>
    new Promise<number>((resolve, reject) => {
      const sending = request(`${world.url}/hooks/${hook.token}`, { method: 'POST', headers });
      let answered = false;
      sending.on('response', (response) => {
        answered = true;
        resolve(response.statusCode ?? 0);
        sending.destroy();
      });
      sending.on('error', (error) => {
        if (!answered) reject(error);
      });
      write(
        (text) => sending.write(text),
        () => sending.end(),
      );
    });

  test('over 1 MiB is refused before it is read, when its length is told', async () => {
    const status = await send({ 'content-length': String(2 * 1024 * 1024) }, (chunk) => {
      chunk('{');
    });
    assert.equal(status, 413);
  });

  test('over 1 MiB is refused as soon as the limit is passed, when it is not', async () => {
    const status = await send({}, (chunk) => {
      for (let sent = 0; sent < 20; sent += 1) chunk('x'.repeat(64 * 1024));
    });
    assert.equal(status, 413);
  });

  test('exactly 1 MiB is read', async () => {
    const body = JSON.stringify(delivery('nobody-10'));
    assert.equal((await post(body.padEnd(1024 * 1024, ' '))).status, 200);
    problem(await post(body.padEnd(1024 * 1024 + 1, ' ')), 413, 'body_too_large');
  });
});

test('a hook of a removed connection is gone, at the latest when its look-up is', async () => {
  const { token } = hook;
  assert.equal((await post(delivery('nobody-11'))).status, 200);
  assert.equal((await admin('DELETE', `/api/v1/connections/${lever}`)).status, 200);
  problem(await post(delivery('nobody-12'), token), 404, 'not_found');
});
