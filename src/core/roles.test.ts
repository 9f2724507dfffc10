import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities, ownsJob, reach, roles } from './roles.ts';

test('lets only a Super Admin touch connections', () => {
  assert.deepEqual(
    roles.map((role) => reach(role, 'connections.manage')),
    ['any', 'none', 'none', 'none', 'none'],
  );
});

test('answers for every role and capability', () => {
  for (const role of roles)
    for (const capability of capabilities) assert.notEqual(reach(role, capability), undefined);
});

test('limits a Limited Team Member to own jobs, and gives nobody more than a Super Admin', () => {
  assert.equal(reach('limited_team_member', 'candidates.see'), 'own_jobs');
  for (const capability of capabilities) assert.equal(reach('super_admin', capability), 'any');
});

test('knows the owner of a job by address, in any case, and nobody without one', () => {
  assert.equal(ownsJob('Ada@Example.com', ['ada@example.com']), true);
  assert.equal(ownsJob(null, ['ada@example.com']), false);
  assert.equal(ownsJob('eve@example.com', ['ada@example.com']), false);
});
