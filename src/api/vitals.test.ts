import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskOf, vitalProblems } from './vitals.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const day = 86_400_000;
const well = {
  queues: [{ queue: 'sweep', waiting: 1, running: 0, failed: 0, oldestDue: now - 60_000 }],
  disk: { freeBytes: 2 * 1024 ** 3, totalBytes: 9 * 1024 ** 3 },
  lastBackup: now - day,
  now,
};

const codes = (change: Partial<Parameters<typeof vitalProblems>[0]>): string[] =>
  vitalProblems({ ...well, ...change }).map(({ code }) => code);

test('a hub that is cared for has no problem', () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ disk: null }), []);
});

test('work that waits, a full disk and a backup that is missing or old are told with the remedy', () => {
  const late = [{ queue: 'sweep', waiting: 1, running: 0, failed: 0, oldestDue: now - 700_000 }];
  assert.deepEqual(codes({ queues: late }), ['queue_late']);
  assert.deepEqual(codes({ disk: { freeBytes: 5, totalBytes: 9 } }), ['disk_full']);
  assert.deepEqual(codes({ lastBackup: null }), ['backup_missing']);
  const [old] = vitalProblems({ ...well, lastBackup: now - 8 * day });
  assert.equal(
    old?.text,
    'backup: the last one is 8 days old. Run loopwright backup FILE, every day by the timer of the machine.',
  );
});

test('the disk of a folder is told, of one that is not there it is not', async () => {
  assert.ok(((await diskOf('.'))?.totalBytes ?? 0) > 0);
  assert.equal(await diskOf('/nowhere/at/all'), null);
});
