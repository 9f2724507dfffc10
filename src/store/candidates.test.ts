import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eraseGone, findCandidate, markGone, upsertCandidate } from './candidates.ts';
import { insertConnection } from './connections.ts';
import { openDatabase, type Database, type DatabaseHandle } from './database.ts';
import { applicant } from './testing-candidate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;
let db: Database;
let connectionId = '';

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 8, onError: () => undefined });
  ({ db } = handle);
  const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
  ({ id: connectionId } = await insertConnection(db, input));
});
after(async () => {
  await handle.close();
  await database.drop();
});

const profile = { phone: '+33 1', location: 'Lyon', customFields: { Pronouns: 'she/her' } };
const candidate = { ...applicant, email: 'ada@candidates.example', profile };

test('of many who read the same newcomer at once, all keep the same row', async () => {
  for (let round = 0; round < 60; round += 1) {
    const newcomer = { ...candidate, remoteId: `newcomer ${String(round)}` };
    const rows = await Promise.all(
      Array.from({ length: 8 }, () => upsertCandidate(db, connectionId, newcomer, 0)),
    );
    assert.equal(new Set(rows.map(({ id }) => id)).size, 1);
  }
});

test('what the ATS told of somebody is kept, and erased when the ATS shows it no longer', async () => {
  const { id } = await upsertCandidate(db, connectionId, candidate, 0);
  assert.deepEqual((await findCandidate(db, id)).profile, profile);
  await eraseGone(db, id);
  assert.equal((await findCandidate(db, id)).name, 'Ada', 'it is there');
  await markGone(db, connectionId, 'r1');
  await eraseGone(db, id);
  const { name, email, profile: left } = await findCandidate(db, id);
  assert.deepEqual({ name, email, left }, { name: '', email: null, left: {} });
});
