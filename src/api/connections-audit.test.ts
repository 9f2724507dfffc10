/** What a person does to a connection and the audit of it are committed together, or neither is. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { insertRule } from '#store/rules.ts';
import {
  connect,
  read,
  settingsOf,
  startWorld,
  type Answer,
  type Call,
  type World,
} from './testing.ts';

let world: World;
let admin: Call;
let id = '';

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
  id = await connect(world, admin, 'lever');
  const { db } = world.running.hub;
  await sql`create function refuse() returns trigger language plpgsql
    as $$ begin raise exception 'no room'; end $$`.execute(db);
  await sql`create trigger refuse before insert on audit execute function refuse()`.execute(db);
  await audit(true);
  await insertRule(
    db,
    {
      name: 'Screening',
      connectionId: id,
      stageIds: ['lead-new'],
      tag: null,
      jobId: null,
      action: 'assessment',
      platformId: id,
      testId: '101',
      repeats: false,
    },
    0,
  );
});
after(() => world.close());

/** Whether entries of the audit log can be written. */
const audit = (works: boolean): Promise<unknown> =>
  sql`alter table audit ${sql.raw(works ? 'disable' : 'enable')} trigger refuse`.execute(
    world.running.hub.db,
  );

/** All that a person's change touches. */
const stored = async (): Promise<unknown> => {
  const { db } = world.running.hub;
  return {
    connections: await db
      .selectFrom('connection')
      .select(['id', 'name', 'state', 'settings'])
      .orderBy('id')
      .execute(),
    secrets: await db.selectFrom('secret').selectAll().orderBy('name').execute(),
    rules: await db.selectFrom('rule').select(['id', 'enabled_at']).execute(),
  };
};

const at = (rest = ''): string => `/api/v1/connections/${id}${rest}`;

/** *Accept* on Lever's page, and back. */
const consent = async (begun: Answer): Promise<Answer> => {
  const url = new URL(read(begun, 'authorizeUrl'));
  const body = new URLSearchParams([...url.searchParams, ['decision', 'accept']]);
  const answer = await world.emulators['lever']?.api.request('/auth/authorize', {
    method: 'POST',
    body,
  });
  const back = new URL(answer?.headers.get('location') ?? '');
  return world.stranger('GET', back.pathname + back.search);
};

const changes: Array<[act: string, change: () => Promise<Answer>]> = [
  [
    'connection.create',
    () =>
      admin('POST', '/api/v1/connections', {
        connector: 'lever',
        name: 'Another',
        settings: settingsOf(world, 'lever'),
      }),
  ],
  [
    'connection.change',
    () =>
      admin('PATCH', at(), {
        name: 'Ours',
        settings: { apiKey: settingsOf(world, 'lever')['apiKey'] },
      }),
  ],
  ['connection.pause', () => admin('POST', at('/pause'))],
  ['connection.resume', () => admin('POST', at('/resume'))],
  ['connection.subscribe', () => admin('POST', at('/subscribe'))],
  ['connection.connect_again', async () => consent(await admin('POST', at('/oauth')))],
  ['connection.remove', () => admin('DELETE', at())],
];

for (const [act, change] of changes)
  test(`${act} changes nothing while it cannot be written down`, async () => {
    const before = await stored();
    await audit(false);
    const refused = await change();
    assert.equal(refused.status, 500, refused.text);
    assert.deepEqual(await stored(), before);
    await audit(true);
    const done = await change();
    assert.ok(done.status < 300, done.text);
    assert.notDeepEqual(await stored(), before);
    const { items } = (await admin('GET', '/api/v1/audit')).body as unknown as {
      items: Array<{ act: string }>;
    };
    assert.equal(items[0]?.act, act);
  });
