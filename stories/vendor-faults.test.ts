/** Vendors fail at each step of the way; the work ends exactly once all the same, and visibly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Fault } from '#connectors/emulator.ts';
import { quiet, startScreening, type Applicant, type Screening } from './screening.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let screening: Screening;

before(async () => {
  world = await startWorld();
  screening = await startScreening(world);
  // Lever's own limit would only slow the waiting down.
  await world.api.call('PATCH', `/connections/${screening.connectionId}`, { requestsPerSecond: 0 });
  await quiet(world);
});

after(() => world.close());

const steps = [
  ['reading the candidate', 'lever', 'GET /v1/opportunities/'],
  ['sending the test', 'codingame', 'POST /assessment/api/v1.1/campaigns/'],
  ['writing the note', 'lever', 'POST /v1/opportunities/'],
] as const;

const passing: ReadonlyArray<[name: string, fault: Pick<Fault, 'kind' | 'retryAfter'>]> = [
  ['429 without Retry-After', { kind: 429 }],
  ['429 with Retry-After', { kind: 429, retryAfter: '1' }],
  ['500', { kind: 500 }],
  ['503 with Retry-After', { kind: 503, retryAfter: '1' }],
  ['a connection that breaks before', { kind: 'drop_before' }],
  ['a connection that breaks after it was done', { kind: 'drop_after' }],
];

/** The fault has struck exactly once, for this applicant. */
const enterWith = async (
  vendor: 'lever' | 'codingame',
  match: string,
  fault: Pick<Fault, 'kind' | 'retryAfter'>,
): Promise<Applicant> => {
  const applicant = await screening.apply();
  await quiet(world);
  const { faults } = world.emulator(vendor);
  faults.push({ ...fault, match, times: 1 });
  await screening.enter(applicant);
  await until('the fault has struck', () => faults.length === 0);
  return applicant;
};

for (const [step, vendor, match] of steps)
  test(`goes on by itself after each passing failure of ${step}`, async (t) => {
    for (const [name, fault] of passing)
      await t.test(name, async () => {
        const applicant = await enterWith(vendor, match, fault);
        await screening.arrives(applicant);
        await quiet(world);
        await screening.arrives(applicant);
      });
  });

interface Effect {
  id: string;
  kind: string;
  state: string;
  error: { kind: string; text: string } | null;
  decisions: string[];
}

const effectsOf = async ({ email }: Applicant): Promise<Effect[]> => {
  const found = await world.api.get<{ items: Array<{ id: string }> }>(
    `/candidates?search=${encodeURIComponent(email)}`,
  );
  const id = found.items[0]?.id ?? '';
  return (await world.api.get<{ items: Effect[] }>(`/effects?candidateId=${id}`)).items;
};

test('shows a failure with the next try while it waits for it', async () => {
  const applicant = await enterWith('codingame', 'POST /assessment/api/v1.1/campaigns/', {
    kind: 503,
    retryAfter: '3',
  });
  const waiting = await until('the failure is shown', async () =>
    (await effectsOf(applicant)).find((effect) => effect.error !== null),
  );
  assert.equal(waiting.state, 'owed');
  assert.match(waiting.error?.text ?? '', /failed at the vendor \(503\)/);
  await screening.arrives(applicant);
});

test('asks a person where a web page came instead of the answer, and does what the person says', async () => {
  const applicant = await enterWith('codingame', 'POST /assessment/api/v1.1/campaigns/', {
    kind: 'html',
  });
  const unknown = await until('nobody can tell whether it happened', async () =>
    (await effectsOf(applicant)).find((effect) => effect.state === 'unknown'),
  );
  assert.match(unknown.error?.text ?? '', /web page instead of data/);
  assert.deepEqual(await screening.codingame.tests(applicant.email), []);
  assert.ok(unknown.decisions.includes('it_did_not'), unknown.decisions.join());
  await world.api.post(`/effects/${unknown.id}/decide`, { decision: 'it_did_not' });
  await screening.arrives(applicant);
});
