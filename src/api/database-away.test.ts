import assert from 'node:assert/strict';
import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { listWebhooks } from '#store/webhooks.ts';
import { connect, eventually, problem, startWorld, type Call, type World } from './testing.ts';

/** Stands between the hub and its database, and can be unplugged. */
const createCable = async (databaseUrl: string) => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let plugged = true;
  const server = createServer((near) => {
    if (!plugged) {
      near.destroy();
      return;
    }
    const far = dial(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    pull() {
      plugged = false;
      for (const socket of sockets) socket.destroy();
    },
    plug() {
      plugged = true;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

let world: World;
let admin: Call;
let cable: Awaited<ReturnType<typeof createCable>>;

before(async () => {
  world = await startWorld({
    role: 'web',
    through: async (url) => {
      cable = await createCable(url);
      return cable.url;
    },
  });
  admin = await world.as('super_admin');
});
after(async () => {
  await world.close();
  cable.close();
});

test('without its database the hub answers 503, so that vendors deliver again, and recovers', async () => {
  const id = await connect(world, admin, 'codingame');
  const [hook] = await listWebhooks(world.running.hub.db, id);
  const deliver = () => world.stranger('POST', `/hooks/${hook?.token ?? ''}`, { id_test: 1 });
  assert.equal((await deliver()).status, 200);

  cable.pull();
  const unready = await world.stranger('GET', '/readyz');
  assert.equal(unready.status, 503);
  assert.equal(unready.body['reason'], 'database away');
  assert.equal((await world.stranger('GET', '/healthz')).status, 200);
  assert.equal((await world.stranger('GET', '/metrics')).status, 200);
  // Its look-up is still known: the failure is that of the commit.
  for (const answer of [await deliver(), await admin('GET', '/api/v1/rules')]) {
    problem(answer, 503, 'database_away');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }

  cable.plug();
  await eventually(async () => (await world.stranger('GET', '/readyz')).status === 200);
  assert.equal((await deliver()).status, 200);
  assert.equal((await admin('GET', '/api/v1/rules')).status, 200);
});
