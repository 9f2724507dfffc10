import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  connect,
  eventually,
  items,
  problem,
  startWorld,
  type Call,
  type World,
} from './testing.ts';

let world: World;
let admin: Call;
let id = '';

before(async () => {
  world = await startWorld();
  admin = await world.as('super_admin');
  id = await connect(world, admin, 'codesignal');
});
after(() => world.close());

interface Shown {
  url: string;
  status: string;
  hint: string | null;
  secret: string | null;
}

const shown = async (): Promise<Shown> => {
  const { body } = await admin('GET', `/api/v1/connections/${id}`);
  const [webhook] = body['webhooks'] as unknown as Shown[];
  assert.ok(webhook);
  return webhook;
};

const codesignal = () => {
  const emulator = world.emulators['codesignal'];
  assert.ok(emulator);
  return emulator;
};

/** Enters the webhook as the admin does in CodeSignal, and tells what its page says then. */
const enter = async (url: string, secret: string): Promise<string> => {
  const form = new URLSearchParams({ url, secret });
  for (const event of ['companyTestSessionCreated', 'companyTestSessionStarted'])
    form.append('events', event);
  const path = '/integrations/webhooks';
  const saved = await codesignal().pages.request(path, { method: 'POST', body: form });
  return decodeURIComponent(saved.headers.get('location') ?? '').replaceAll('+', ' ');
};

const invite = async (): Promise<string> => {
  const { apiKey = '' } = codesignal().credentials();
  const ask = async (query: string) => {
    const answer = await codesignal().api.request('/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query }),
    });
    return ((await answer.json()) as { data: Record<string, Record<string, unknown>> }).data;
  };
  const { companyTests } = await ask('{ companyTests(first: 1) { tests { id } } }');
  const [first] = companyTests?.['tests'] as Array<{ id: string }>;
  const made = await ask(
    `mutation { createCompanyTestSession(sessionFields: { testId: "${first?.id ?? ''}", candidateEmail: "ada@x.example" }) { id } }`,
  );
  return String(made['createCompanyTestSession']?.['id']);
};

interface Stored {
  event: string;
  wakes: unknown[];
}

const stored = async (): Promise<Stored[]> =>
  items<Stored>(await admin('GET', `/api/v1/deliveries?connectionId=${id}&limit=100`));

describe('a webhook that a person enters at the vendor', () => {
  test('is shown with its address, its secret and where to enter them', async () => {
    const { url, status, hint, secret } = await shown();
    assert.equal(status, 'manual');
    assert.match(hint ?? '', /Integrations > Webhooks/);
    assert.ok(hint?.includes(url));
    assert.match(secret ?? '', /^whsec_/);
    assert.ok(
      !hint?.includes(secret ?? ''),
      'the secret is kept encrypted, so no text may hold it',
    );
    const listed = await admin('GET', '/api/v1/connections');
    assert.ok(!listed.text.includes(secret ?? ''));
  });

  test('answers the empty unsigned call with 200, and counts as heard of', async () => {
    const { url, secret } = await shown();
    assert.match(await enter(url, secret ?? ''), /The test call was answered 200/);
    assert.equal((await shown()).status, 'healthy');
    assert.deepEqual(
      (await stored()).map(({ event, wakes }) => ({ event, wakes })),
      [{ event: 'ping', wakes: [] }],
    );
    // Once more, with the same nothing in its hands.
    assert.match(await enter(url, secret ?? ''), /The test call was answered 200/);
  });

  test('takes what the vendor signed, twice as well, and nothing else', async () => {
    const session = await invite();
    const all = await eventually(async () => {
      const rows = await stored();
      return rows.length === 2 && rows;
    });
    assert.equal(all[0]?.event, 'companyTestSessionCreated');
    assert.deepEqual(all[0].wakes, [{ kind: 'assessment', id: session }]);
    const { url } = await shown();
    const path = new URL(url).pathname;
    const body = { event: 'companyTestSessionStarted', triggeredOn: 1, payload: {} };
    problem(await world.stranger('POST', path, body), 401, 'bad_signature');
    assert.equal((await stored()).length, 2);
    // The webhook was entered twice: both deliveries were answered 200, and one row was made of them.
    await eventually(() => {
      const { hooks } = codesignal().snapshot() as {
        hooks: Array<{ state: string; queue: unknown[] }>;
      };
      const isDone = hooks.every(({ state, queue }) => state === 'healthy' && queue.length === 0);
      return Promise.resolve(hooks.length === 2 && isDone);
    });
    assert.equal((await stored()).length, 2);
  });
});
