import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertAudit } from '#store/audit.ts';
import { upsertCandidate } from '#store/candidates.ts';
import { insertConnection } from '#store/connections.ts';
import { ensureEffect } from '#store/effects.ts';
import { applicant } from '#store/testing-candidate.ts';
import { items, problem, startWorld, type Call, type World } from './testing.ts';

interface Entry {
  act: string;
  object: string;
  objectName: string | null;
  at: string;
}

let world: World;
let admin: Call;
let effectId = '';
let connectionId = '';

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
  const { db, now } = world.running.hub;
  const base = { connector: 'lever', settings: {}, requestsPerSecond: null };
  connectionId = (await insertConnection(db, { ...base, name: 'The ATS' })).id;
  const facts = { ...applicant, name: '=Ada, "A"' };
  const candidate = await upsertCandidate(db, connectionId, facts, now());
  const wish = { key: 'k', kind: 'note', state: 'failed', candidateId: candidate.id, connectionId, ruleId: null, parentId: null, request: {} } as const;
  effectId = (await ensureEffect(db, wish)).row.id;
  const zoe = { id: 'us_zoe', name: 'Zoë 100%' };
  await insertAudit(db, zoe, 'effect.skip', effectId);
  await insertAudit(db, zoe, 'connection.pause', connectionId);
  await insertAudit(db, { id: 'us_max', name: '@Max' }, 'rule.enable', 'ru_gone', { name: 'x' });
}); // prettier-ignore
after(() => world.close());

const acts = async (filter: string): Promise<string[]> =>
  items<Entry>(await admin('GET', `/api/v1/audit?${filter}`)).map(({ act }) => act);

test('entries are found by who, what, about what and when', async () => {
  assert.deepEqual(await acts('who=zoë'), ['connection.pause', 'effect.skip']);
  assert.deepEqual(await acts('who=0%25'), ['connection.pause', 'effect.skip']);
  assert.deepEqual(await acts('who=%25'), ['connection.pause', 'effect.skip']);
  assert.deepEqual(await acts('act=rule'), ['rule.enable']);
  assert.deepEqual(await acts('act=rule.disable'), []);
  assert.deepEqual(await acts('about=ada'), ['effect.skip']);
  assert.deepEqual(await acts(`about=${effectId}`), ['effect.skip']);
  assert.deepEqual(await acts(`about=${connectionId}`), ['connection.pause', 'effect.skip']);
  assert.deepEqual(await acts('about=ru_gone'), ['rule.enable']);
  const [newest] = items<Entry>(await admin('GET', '/api/v1/audit?limit=1'));
  assert.deepEqual(await acts(`to=${newest?.at ?? ''}&act=rule`), []);
  assert.deepEqual(await acts(`from=${newest?.at ?? ''}&act=rule`), ['rule.enable']);
  problem(await admin('GET', '/api/v1/audit?act=Rule%20x'), 422, 'input_invalid', 'act');
});

test('an object has the name that it has now', async () => {
  const names = items<Entry>(await admin('GET', '/api/v1/audit')).map((one) => one.objectName);
  assert.deepEqual(names, [null, 'The ATS', '=Ada, "A"']);
});

test('the table holds the whole result, safe for spreadsheets', async () => {
  const { db } = world.running.hub;
  const answer = await admin('GET', '/api/v1/audit/export?about=ada');
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename=/);
  const lines = answer.text.split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', /time,who,who_id,act,object,object_name,detail$/);
  assert.match(lines[1] ?? '', /,Zoë 100%,us_zoe,effect\.skip,ef_\w+,"'=Ada, ""A""",\{\}$/);
  const raw = await fetch(`${world.url}/api/v1/audit/export`, {
    headers: await world.keyOf('super_admin'),
  });
  const bytes = new Uint8Array(await raw.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);

  for (let count = 0; count < 1_203; count += 1)
    await insertAudit(db, { id: 'us_many', name: `Many ${String(count)}` }, 'many.act', 'x');
  const many = await admin('GET', '/api/v1/audit/export?act=many');
  const names = many.text.match(/Many \d+/g) ?? [];
  assert.equal(names.length, 1_203);
  assert.equal(new Set(names).size, 1_203);
});

test('an Admin exports the own acts alone', async () => {
  const call = await world.as('admin');
  assert.equal((await call('GET', '/api/v1/audit/export')).text.split('\r\n').length, 2);
  problem(await (await world.as('team_member'))('GET', '/api/v1/audit/export'), 403, 'role_lacks_right');
}); // prettier-ignore
