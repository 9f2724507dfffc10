/** The database goes away while vendors deliver: they are told to try again, and nothing is lost. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { quiet, startScreening, type Screening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let screening: Screening;
let wire: Server;
const sockets = new Set<Socket>();
let isCut = false;
let hook: { url: string; signatureToken: string };

/** The way to PostgreSQL, which can be cut. */
const lay = async (databaseUrl: string): Promise<string> => {
  const target = new URL(databaseUrl);
  const { hostname, port } = target;
  wire = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
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
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(wire, 'listening');
  target.hostname = '127.0.0.1';
  target.port = String((wire.address() as AddressInfo).port);
  return target.href;
};

const cut = (): void => {
  isCut = true;
  for (const socket of sockets) socket.destroy();
};

before(async () => {
  world = await startWorld();
  await world.restart({ env: { DATABASE_URL: await lay(world.database.url) } });
  screening = await startScreening(world);
  const found = leverAdminOf(world)
    .account()
    .hooks.find(({ event }) => event === 'candidateStageChange');
  assert.ok(found);
  hook = found;
  await quiet(world);
});

after(async () => {
  await world.close();
  wire.close();
});

const deliver = async (opportunityId: string, token: string): Promise<Response> => {
  const triggeredAt = 1_790_000_000_000;
  const signature = createHmac('sha256', hook.signatureToken)
    .update(token + String(triggeredAt))
    .digest('hex');
  const body = {
    event: 'candidateStageChange',
    triggeredAt,
    token,
    signature,
    data: { opportunityId },
  };
  return fetch(hook.url, { method: 'POST', body: JSON.stringify(body) });
};

test('are answered 503 while it is away, and the vendor’s retry succeeds once it is back', async () => {
  const applicant = await screening.apply();
  await quiet(world);
  const faults = world.emulator('lever').webhookFaults;
  faults.drop = true;
  await screening.enter(applicant);
  faults.drop = false;
  const token = randomBytes(24).toString('hex');
  cut();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const refused = await deliver(applicant.id, token);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '5');
    assert.match(await refused.text(), /database_away/);
  }
  const ready = await fetch(`${world.url}/readyz`);
  assert.equal(ready.status, 503);
  assert.match(await ready.text(), /database away/);
  assert.equal((await fetch(`${world.url}/healthz`)).status, 200);

  isCut = false;
  await until(
    'the retry is taken',
    async () => (await deliver(applicant.id, token)).status === 200,
  );
  await screening.arrives(applicant, 30_000);
  await until('it is ready again', async () => (await fetch(`${world.url}/readyz`)).status === 200);
});
