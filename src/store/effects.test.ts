import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { upsertCandidate } from './candidates.ts';
import { insertConnection } from './connections.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import {
  claimEffect,
  ensureEffect,
  findDueEffects,
  findEffect,
  listEvents,
  moveEffect,
  refOf,
  releaseLeases,
  settleEffect,
  type EffectRow,
} from './effects.ts';
import { applicant } from './testing-candidate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;
let connectionId = '';
let candidateId = '';

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 8, onError: () => undefined });
  const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
  connectionId = (await insertConnection(handle.db, input)).id;
  candidateId = (await upsertCandidate(handle.db, connectionId, applicant, 0)).id;
});

after(async () => {
  await handle.close();
  await database.drop();
});

const want = async (key: string, parentId: string | null = null): Promise<EffectRow> => {
  const { row } = await ensureEffect(handle.db, {
    key,
    kind: 'note',
    state: 'owed',
    candidateId,
    connectionId,
    ruleId: null,
    parentId,
    request: { about: 'sent' },
  });
  return row;
};

const lapse = (id: string) =>
  sql`update effect set lease_until = now() - interval '1 second' where id = ${id}`.execute(
    handle.db,
  );

test('makes one effect of a key, however many want it at once', async () => {
  const rows = await Promise.all(Array.from({ length: 8 }, () => want('k/once')));
  assert.equal(new Set(rows.map((row) => row.id)).size, 1);
});

test('lets one of many claim an effect', async () => {
  const { id } = await want('k/claim');
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, process) => claimEffect(handle.db, id, process, 30)),
  );
  assert.equal(claims.filter((claim) => claim !== null).length, 1);
});

test('gives a lapsed claim to the next one, who is told that it was tried before', async () => {
  const { id } = await want('k/lapsed');
  const first = await claimEffect(handle.db, id, 1, 30);
  assert.equal(first?.triedBefore, false);
  assert.equal(await claimEffect(handle.db, id, 2, 30), null);
  await lapse(id);
  const second = await claimEffect(handle.db, id, 2, 30);
  assert.equal(second?.triedBefore, true);
});

test('fences off the one that was overtaken: it settles nothing', async () => {
  const { id } = await want('k/fence');
  const first = await claimEffect(handle.db, id, 1, 30);
  await lapse(id);
  const second = await claimEffect(handle.db, id, 2, 30);
  assert.ok(first && second);
  assert.equal(
    await settleEffect(handle.db, second.effect, { state: 'done', text: 'second', remoteId: 'b' }),
    true,
  );
  assert.equal(
    await settleEffect(handle.db, first.effect, { state: 'done', text: 'first', remoteId: 'a' }),
    false,
  );
  assert.equal((await findEffect(handle.db, id)).remote_id, 'b');
  assert.deepEqual(
    (await listEvents(handle.db, id)).map((event) => event.text),
    ['Wanted by the rules.', 'second'],
  );
});

test('ends the leases of dead processes at once, and of those alone', async () => {
  const [mine, theirs] = [await want('k/dead'), await want('k/alive')];
  await claimEffect(handle.db, mine.id, 71, 3_600);
  await claimEffect(handle.db, theirs.id, 72, 3_600);
  assert.deepEqual(await releaseLeases(handle.db, [71]), [candidateId]);
  assert.ok(await claimEffect(handle.db, mine.id, 73, 30));
  assert.equal(await claimEffect(handle.db, theirs.id, 73, 30), null);
});

test('holds an effect back until what it depends on is done', async () => {
  const parent = await want('k/parent');
  const child = await want('k/parent/note', parent.id);
  const due = async (): Promise<string[]> =>
    (await findDueEffects(handle.db, candidateId)).map((row) => row.id);
  assert.equal((await due()).includes(child.id), false);
  const claim = await claimEffect(handle.db, parent.id, 1, 30);
  assert.ok(claim);
  await settleEffect(handle.db, claim.effect, { state: 'done', text: 'done' });
  assert.equal((await due()).includes(child.id), true);
});

test('changes by hand only what nobody is working on', async () => {
  const { id } = await want('k/hand');
  await claimEffect(handle.db, id, 1, 30);
  const skip = { state: 'skipped', text: 'by hand', actor: 'Ana' } as const;
  assert.equal(await moveEffect(handle.db, id, ['owed', 'failed'], skip), false);
  assert.equal((await findEffect(handle.db, id)).state, 'started');
});

test('makes refs short, opaque and the same for the same key', () => {
  assert.equal(refOf('candidate/cd_1/note'), refOf('candidate/cd_1/note'));
  assert.notEqual(refOf('candidate/cd_1/note'), refOf('candidate/cd_2/note'));
  assert.match(refOf('candidate/cd_1/note'), /^[0-9a-z]{12}$/);
});
