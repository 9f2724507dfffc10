/** Deliveries as vendors really send them: twice, late, out of order, forged, cut, and too large. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { quiet, startScreening, type Applicant, type Screening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

const event = 'candidateStageChange';

let world: World;
let screening: Screening;
let url = '';
let signatureToken = '';

before(async () => {
  world = await startWorld();
  screening = await startScreening(world);
  const hook = leverAdminOf(world)
    .account()
    .hooks.find((one) => one.event === event);
  assert.ok(hook);
  ({ url, signatureToken } = hook);
  await quiet(world);
});

after(() => world.close());

interface Shown {
  id: string;
  event: string;
  state: string;
  detail: string | null;
}

const deliveries = async (): Promise<Shown[]> =>
  (
    await world.api.get<{ items: Shown[] }>(
      `/deliveries?limit=100&connectionId=${screening.connectionId}`,
    )
  ).items;

const stageChanges = async (): Promise<Shown[]> =>
  (await deliveries()).filter((one) => one.event === event);

interface Signed {
  event: string;
  triggeredAt: number;
  token: string;
  signature: string;
  data: Record<string, unknown>;
}

const signed = (data: Record<string, unknown>, change: Partial<Signed> = {}): Signed => {
  const token = change.token ?? randomBytes(24).toString('hex');
  const triggeredAt = change.triggeredAt ?? Date.now();
  const signature = createHmac('sha256', signatureToken)
    .update(token + String(triggeredAt))
    .digest('hex');
  return { event, data, signature, ...change, token, triggeredAt };
};

const deliver = async (body: string | Signed): Promise<number> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text });
  await response.arrayBuffer();
  return response.status;
};

/** The emulator sends nothing by itself while `work` goes on. */
const silently = async <T>(work: () => Promise<T>): Promise<T> => {
  const faults = world.emulator('lever').webhookFaults;
  faults.drop = true;
  try {
    return await work();
  } finally {
    Object.assign(faults, noWebhookFaults());
  }
};

const enterSilently = (): Promise<Applicant> => silently(() => screening.enter());

test('come ten times and count once', async () => {
  const before = (await stageChanges()).length;
  const faults = world.emulator('lever').webhookFaults;
  const applicant = await screening.apply();
  faults.copies = 10;
  await screening.enter(applicant);
  faults.copies = 1;
  await screening.arrives(applicant);
  await quiet(world);
  assert.equal((await stageChanges()).length, before + 1);
  await screening.arrives(applicant);
});

test('come in reverse order and end the same', async () => {
  const faults = world.emulator('lever').webhookFaults;
  const applicants = [await screening.apply(), await screening.apply(), await screening.apply()];
  await quiet(world);
  faults.reverse = applicants.length;
  for (const applicant of applicants) await screening.enter(applicant);
  faults.reverse = 0;
  for (const applicant of applicants) await screening.arrives(applicant);
});

test('come 72 hours late and still count', async () => {
  const applicant = await enterSilently();
  const triggeredAt = Date.now() - 72 * 3_600_000;
  assert.equal(await deliver(signed({ opportunityId: applicant.id }, { triggeredAt })), 200);
  await screening.arrives(applicant);
});

test('that are forged are refused and leave nothing behind', async () => {
  const applicant = await enterSilently();
  const before = (await deliveries()).length;
  const good = signed({ opportunityId: applicant.id });
  for (const signature of ['', '0'.repeat(64), good.signature.slice(0, 40), `${good.signature}00`])
    assert.equal(await deliver({ ...good, signature }), 401);
  assert.equal(await deliver({ ...good, triggeredAt: good.triggeredAt + 1 }), 401);
  assert.equal((await deliveries()).length, before);
  assert.deepEqual(await screening.codingame.tests(applicant.email), []);
  assert.equal(await deliver(good), 200);
  await screening.arrives(applicant);
});

test('that reuse a token with another candidate have no effect', async () => {
  const first = await enterSilently();
  const other = await enterSilently();
  const captured = signed({ opportunityId: first.id });
  assert.equal(await deliver(captured), 200);
  await screening.arrives(first);
  const before = (await deliveries()).length;
  assert.equal(await deliver({ ...captured, data: { opportunityId: other.id } }), 200);
  await quiet(world);
  assert.equal((await deliveries()).length, before, 'known already');
  assert.deepEqual(await screening.codingame.tests(other.email), []);
  assert.deepEqual(await screening.lever.notes(other.id), []);
});

test('that are cut off, no JSON, or larger than 1 MiB are refused', async () => {
  const whole = JSON.stringify(signed({}));
  for (const body of [whole.slice(0, whole.length / 2), '', 'not JSON', '[]', 'null'])
    assert.equal(await deliver(body), 401, body);
  const padding = 'x'.repeat(1024 * 1024);
  assert.equal(await deliver(signed({ padding })), 413);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(JSON.stringify(signed({ padding }))));
      controller.close();
    },
  });
  const response = await fetch(url, { method: 'POST', body: stream, duplex: 'half' });
  assert.equal(response.status, 413, 'also without a length in front');
});

test('of an unknown event are acknowledged and ignored', async () => {
  assert.equal(await deliver(signed({ somethingNew: true }, { event: 'candidatePromoted' })), 200);
  const [newest] = await deliveries();
  assert.equal(newest?.event, 'candidatePromoted');
  assert.equal(newest.state, 'ignored');
});

test('to an address that is not ours find nothing, not even with the first part right', async () => {
  for (const at of [
    url.slice(0, -1),
    `${url}0`,
    `${url}/`,
    url.replace(/hook_.*/, ''),
    `${url}%00`,
  ]) {
    const response = await fetch(at, { method: 'POST', body: JSON.stringify(signed({})) });
    assert.ok([400, 404].includes(response.status), `${at}: ${String(response.status)}`);
  }
});

test('about a candidate who is deleted meanwhile are done and say so', async () => {
  const applicant = await enterSilently();
  await silently(() => world.form(`/lever/candidates/${applicant.id}/delete`));
  assert.equal(await deliver(signed({ opportunityId: applicant.id })), 200);
  const done = await until('the delivery is handled', async () => {
    const [newest] = await stageChanges();
    return newest?.state === 'done' && newest;
  });
  assert.match(done.detail ?? '', /gone from the ATS|not \(or no longer\) visible/);
  assert.deepEqual(await screening.codingame.tests(applicant.email), []);
});

test('that are replayed look again and do nothing twice', async () => {
  const applicant = await screening.enter();
  await screening.arrives(applicant);
  await quiet(world);
  const [newest] = await stageChanges();
  await world.api.post(`/deliveries/${newest?.id ?? ''}/replay`);
  await until('it is handled again', async () => {
    const again = await world.api.get<Shown>(`/deliveries/${newest?.id ?? ''}`);
    return again.state === 'done';
  });
  await quiet(world);
  await screening.arrives(applicant);
});
