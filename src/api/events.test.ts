import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { insertPool } from '#store/pools.ts';
import type { Role } from '#core/roles.ts';
import { problem, read, startWorld, type World } from './testing.ts';

let world: World;

before(async () => {
  world = await startWorld({ role: 'web' });
});
after(() => world.close());

const events = { accept: 'text/event-stream' };

/** Listens as a role; `until` reads on until the text fits. */
const listen = async (role: Role, since = '') => {
  const ending = new AbortController();
  const headers = { ...(await world.keyOf(role)), ...events };
  const response = await fetch(`${world.url}/api/v1/events?since=${since}`, {
    headers,
    signal: ending.signal,
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  let text = '';
  return {
    text: () => text,
    async until(pattern: RegExp): Promise<void> {
      while (!pattern.test(text)) {
        const { value, done } = await reader.read();
        assert.ok(!done, `ended with ${text}`);
        text += value;
      }
    },
    end: () => {
      ending.abort();
    },
  };
};

const connect = (name: string) =>
  insertConnection(world.running.hub.db, {
    connector: 'lever',
    name,
    settings: {},
    requestsPerSecond: null,
  });

const makePerson = async (name: string): Promise<void> => {
  const admin = await world.as('super_admin');
  const body = { name, email: `${name}@example.com`, zone: 'UTC' };
  assert.equal((await admin('POST', '/api/v1/people', body)).status, 201);
};

/** Changes something until it is noticed: the line to the database may just be opening. */
const changeUntilSeen = async (seen: Promise<void>): Promise<void> => {
  const noticed = seen.then(() => true);
  const pause = () => new Promise<false>((resolve) => setTimeout(resolve, 50, false));
  for (let count = 0; !(await Promise.race([noticed, pause()])); count += 1)
    await connect(`one ${String(count)}`);
};

test('a change is told to those who may see its noun, as the noun alone', async () => {
  const [admin, interviewer] = [await listen('admin'), await listen('interviewer')];
  await changeUntilSeen(admin.until(/event: changed\ndata: {"noun":"connections"}\n\n/));
  assert.doesNotMatch(admin.text(), /lever|one \d|cn_/);
  await makePerson('Pat');
  await interviewer.until(/"noun":"people"/);
  assert.doesNotMatch(interviewer.text(), /connections/);
  admin.end();
  interviewer.end();
});

test('what was rolled back is not told', async () => {
  const admin = await listen('admin');
  await changeUntilSeen(admin.until(/"noun":"connections"/));
  const heard = admin.text().length;
  const { db } = world.running.hub;
  await assert.rejects(
    inTransaction(db, async (tx) => {
      await insertPool(tx, { name: 'rolled back', expression: 'x' });
      throw new Error('no');
    }),
  );
  await makePerson('Sam');
  await admin.until(/"noun":"people"/);
  assert.doesNotMatch(admin.text().slice(heard), /pools/);
  admin.end();
});

test(
  'whoever comes back is told what changed meanwhile and nothing else; of a foreign position, that nobody knows',
  { timeout: 30_000 },
  async () => {
    const first = await listen('admin');
    await changeUntilSeen(first.until(/"noun":"connections"}\nid: /));
    const asks = await world.as('admin');
    const position = read(await asks('GET', '/api/v1/session'), 'position');
    await makePerson('Kim');
    await first.until(/"noun":"people"}\nid: /);
    first.end();
    const back = await listen('admin', position);
    await back.until(/id: /);
    assert.doesNotMatch(back.text(), /missed|connections/);
    assert.match(back.text(), /"noun":"people"/);
    back.end();
    const other = await listen('admin', 'another.1');
    await other.until(/event: missed\ndata: {}\nid: /);
    other.end();
  },
);

test('nobody listens without a key or a session, nor without meaning it', async () => {
  const admin = await world.as('admin');
  problem(await admin('GET', '/api/v1/events'), 406, 'events_not_accepted');
  problem(await world.stranger('GET', '/api/v1/events'), 401, 'key_missing_or_wrong');
});

test('a stop ends the streams, and does not wait for them', { timeout: 30_000 }, async () => {
  const other = await startWorld({ role: 'web' });
  const response = await fetch(`${other.url}/api/v1/events`, {
    headers: { ...(await other.keyOf('admin')), ...events },
  });
  const text = response.text();
  await other.close();
  assert.match(await text, /retry/);
});
