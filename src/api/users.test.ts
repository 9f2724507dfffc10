/** Users found, and two Super Admins who change the same user, or one another, at once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '#core/roles.ts';
import { atOnce } from '#store/testing-at-once.ts';
import { insertUser } from '#store/users.ts';
import { items, problem, startWorld, type Call, type World } from './testing.ts';
import { onlyOneWins } from './testing-at-once.ts';

let world: World;
let admin: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
});
after(() => world.close());

const userWith = async (email: string, role: Role): Promise<string> => {
  const { id } = await insertUser(world.running.hub.db, { name: 'Robin', email, role });
  return `/api/v1/users/${id}`;
};

test('of several who give a user another role at once, one is served and the others are told', async () => {
  const where = await userWith('alan@example.com', 'interviewer');
  const bodies = ['admin', 'team_member', 'limited_team_member'].map((role) => ({ role }));
  const about = { table: 'app_user', where, bodies, method: 'PATCH' } as const;
  const { now } = await onlyOneWins(world, admin, about);
  for (const act of ['deactivate', 'reactivate']) {
    const { headers } = await admin('POST', `${where}/${act}`);
    assert.equal(headers.get('etag'), now, `${act} replaces nothing that was said`);
  }
  const renamed = await admin('PATCH', where, { name: 'Alan' }, { 'if-match': now });
  assert.equal(renamed.status, 200, renamed.text);
});

test('two last Super Admins who demote and shut out one another at once leave one', async () => {
  const ada = await userWith('ada@example.com', 'super_admin');
  const grace = await userWith('grace@example.com', 'super_admin');
  const [byAda, byGrace] = [
    await world.as('super_admin', 'ada@example.com'),
    await world.as('super_admin', 'grace@example.com'),
  ];
  const answers = await atOnce(world.running.hub.db, 'app_user', () => [
    byAda('PATCH', grace, { role: 'admin' }),
    byGrace('POST', `${ada}/deactivate`),
  ]);
  const refused = answers.filter(({ status }) => status !== 200);
  assert.equal(refused.length, 1);
  for (const answer of refused) problem(answer, 409, 'last_super_admin');
  const left = items<{ role: Role; active: boolean }>(await admin('GET', '/api/v1/users')).filter(
    ({ role, active }) => active && role === 'super_admin',
  );
  assert.equal(left.length, 1);
});

test('users are found by role, and by whether they are active', async () => {
  const { db } = world.running.hub;
  for (const [name, role] of [['Ida', 'interviewer'], ['Ada', 'admin'], ['Out', 'admin']] as const)
    await insertUser(db, { name, email: `${name.toLowerCase()}@found.example`, role });
  const found = async (query: string): Promise<string[]> =>
    items<{ name: string }>(await admin('GET', `/api/v1/users?search=found.example${query}`)).map(({ name }) => name);
  const [out] = items<{ id: string }>(await admin('GET', '/api/v1/users?search=out@found'));
  await admin('POST', `/api/v1/users/${out?.id ?? ''}/deactivate`);
  assert.deepEqual(await found('&role=admin'), ['Ada', 'Out']);
  assert.deepEqual(await found('&role=admin&active=true'), ['Ada']);
  assert.deepEqual(await found('&active=false'), ['Out']);
  problem(await admin('GET', '/api/v1/users?role=boss'), 422, 'input_invalid');
}); // prettier-ignore
