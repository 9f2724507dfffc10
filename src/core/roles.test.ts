import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities, reach, roles } from './roles.ts';

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
