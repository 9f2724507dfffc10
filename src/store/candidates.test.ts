import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eraseGone, findCandidate, markGone, upsertCandidate } from './candidates.ts';
import { insertConnection } from './connections.ts';
import { openDatabase } from './database.ts';
import { createTestDatabase } from './testing.ts';

test('what the ATS told of somebody is kept, and erased when the ATS shows it no longer', async () => {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 2, onError: () => undefined });
  const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
  const { id: connectionId } = await insertConnection(db, input);
  const profile = { phone: '+33 1', location: 'Lyon', customFields: { Pronouns: 'she/her' } };
  const candidate = {
    remoteId: 'r1',
    personId: 'p1',
    name: 'Ada',
    email: 'ada@candidates.example',
    stageId: 's',
    tags: [],
    jobId: null,
    archived: false,
    entries: [],
    url: '',
    profile,
  };
  const { id } = await upsertCandidate(db, connectionId, candidate, 0);
  assert.deepEqual((await findCandidate(db, id)).profile, profile);
  await eraseGone(db, id);
  assert.equal((await findCandidate(db, id)).name, 'Ada', 'it is there');
  await markGone(db, connectionId, 'r1');
  await eraseGone(db, id);
  const { name, email, profile: left } = await findCandidate(db, id);
  assert.deepEqual({ name, email, left }, { name: '', email: null, left: {} });
  await close();
  await database.drop();
});
