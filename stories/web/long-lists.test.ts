/** A thousand rows in each list: what the page holds stays small, and the farthest row is reached. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { interviewsOf } from './interviews.ts';

let app: App;
let seat: Seat;
let connectionId = '';
let personId = '';
let poolId = '';
let ruleId = '';
let candidateId = '';

/** Copies the newest row of a table a thousand times, each with its number in what is told of it. */
const copy = async (table: string, change: string): Promise<void> => {
  await sql`insert into ${sql.table(table)} overriding system value
    select made.* from (select * from ${sql.table(table)} order by id desc limit 1) one,
      generate_series(1, 1000) number, lpad(number::text, 4, '0') told,
      jsonb_populate_record(one::${sql.raw(table)}, ${sql.raw(change)}) made`.execute(app.world.hub.hub.db);
}; // prettier-ignore

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview'], candidates: 0 } });
  const ours = await interviewsOf(app);
  const { api, hub } = app.world;
  connectionId = ours.connectionId;
  personId = ours.alan;
  await app.person('admin');
  const made = await ours.schedule('Nora Next');
  await ours.panel.settled(made.id);
  candidateId = (await api.get<{ candidateId: string }>(`/interviews/${made.id}`)).candidateId;
  const { id: stage } = (await ours.hub.choices(connectionId, 'stages'))[0] ?? { id: '' };
  ruleId = (await ours.hub.rule({ connectionId, platformId: ours.platformId, stageIds: [stage], enabled: false })).id;
  poolId = (await api.post<{ id: string }>('/pools', { name: 'Everybody', expression: 'backend' })).id;
  await api.post('/templates', { name: 'Onsite', layer: {} });
  await ours.hub.quiet();
  await copy('candidate', `jsonb_build_object('id', 'ca_' || told, 'remote_id', told, 'person_id', told, 'name', 'Number ' || told)`);
  await copy('interview', `jsonb_build_object('id', 'iv_' || told, 'candidate_id', 'ca_' || told, 'look_at', null)`);
  await sql`insert into booking
    select 'iv_' || lpad(number::text, 4, '0'), event_id, person_id, starts_at + number * interval '1 day', ends_at + number * interval '1 day'
    from booking, generate_series(1, 1000) number where interview_id = ${made.id}`.execute(hub.hub.db);
  await copy('template', `jsonb_build_object('id', 'tp_' || told, 'name', 'Number ' || told)`);
  await copy('pool', `jsonb_build_object('id', 'po_' || told, 'name', 'Number ' || told)`);
  await copy('rule', `jsonb_build_object('id', 'ru_' || told, 'name', 'Number ' || told)`);
  await copy('app_user', `jsonb_build_object('id', 'us_' || told, 'name', 'Number ' || told, 'email', 'u' || told || '@example.com')`);
  await copy('api_key', `jsonb_build_object('id', 'ak_' || told, 'name', 'Number ' || told, 'hash', '\\x' || md5(told))`);
  await copy('person', `jsonb_build_object('id', 'pe_' || told, 'name', 'Number ' || told, 'email', 'p' || told || '@example.com', 'tags', '{backend}'::text[])`);
  await copy('mail', `jsonb_build_object('id', 'ma_' || told, 'subject', 'Number ' || told, 'effect_id', null)`);
  await sql`update person set tags = '{backend}' where id = ${personId}`.execute(hub.hub.db);
  await sql`insert into decision (rule_id, candidate_id, stage_id, entered_at, outcome, reason)
    select ${ruleId}, ${candidateId}, 'stage', now() - number * interval '1 minute', 'skipped', 'Number ' || lpad(number::text, 4, '0')
    from generate_series(1000, 1, -1) number`.execute(hub.hub.db);
  await sql`insert into webhook (id, connection_id, event, token, url, state)
    values ('wh_long', ${connectionId}, 'every', 'long', 'https://hub.example', 'subscribed')`.execute(hub.hub.db);
  await sql`insert into delivery (webhook_id, connection_id, dedupe_key, event, wakes, state)
    select 'wh_long', ${connectionId}, 'long ' || number, 'Number ' || lpad(number::text, 4, '0'), '[]', 'done'
    from generate_series(1000, 1, -1) number`.execute(hub.hub.db);
  seat = await app.seat();
  await seat.signIn(await app.person('super_admin', 'alan.turing@example.com'));
}); // prettier-ignore
after(() => app.close());

/** At most a page of a hundred rows is ever drawn at once. */
const bounded = async (path: string): Promise<void> => {
  const rows = await seat.page.locator('main li').count();
  assert.ok(rows > 0 && rows <= 100, `${path} draws ${String(rows)} rows`);
};

test('a list that is longer than a page is searched, and answers page by page', async () => {
  const { page } = seat;
  const lists = [
    ['/interviews', 'Name', '/interviews'], ['/templates', 'Search', '/templates'], ['/pools', 'Search', '/pools'],
    ['/rules', 'Search', '/rules'], ['/settings/users', 'Search', '/users'], ['/settings/api-keys', 'Search', '/api-keys'],
    ['/mails', 'Search', '/mails'], ['/schedule', 'Search a candidate', '/candidates'],
  ] as const;
  for (const [path, label, api] of lists) {
    const first = await app.world.api.get<{ items: unknown[]; next: string | null }>(api);
    assert.ok(first.items.length <= 50 && first.next !== null, api);
    assert.equal((await app.world.api.call('GET', `${api}?limit=1000`)).status, 422, api);
    await seat.open(path);
    const more = page.getByRole('button', { name: 'Show more' });
    await more.first().waitFor();
    await bounded(path);
    const rows = await page.locator('main li').count();
    await more.first().click();
    await until(`${path} shows its next page`, async () => (await page.locator('main li').count()) > rows);
    await page.getByLabel(label, { exact: true }).fill('number 0900');
    await page.getByText('Number 0900').first().waitFor();
    await until(`${path} is narrowed`, async () => (await page.locator('main li').filter({ hasText: /Number 0(?!900)/ }).count()) === 0);
  }
  await page.getByLabel('Search a candidate', { exact: true }).fill('number 9999');
  await page.getByText('Nobody is called').waitFor();
  app.quiet();
}); // prettier-ignore

test('what a rule decided, what came in, and what one has to come are read page by page', async () => {
  const { page } = seat;
  const lists = [
    [`/rules/${ruleId}`, 'Number 0021'], [`/settings/company/${connectionId}`, 'Number 0011'], ['/me', 'Number 0015'],
  ] as const; // prettier-ignore
  for (const [path, next] of lists) {
    await seat.open(path);
    const more = page.getByRole('button', { name: 'Show more' }).first();
    await more.waitFor();
    await bounded(path);
    assert.equal(await page.getByText(next).count(), 0);
    await more.click();
    await page.getByText(next).first().waitFor();
  }
  app.quiet();
});

test('a pool of a thousand says how many, and each of them is found', async () => {
  const { page } = seat;
  await seat.open(`/pools/${poolId}`);
  const members = page.getByRole('list', { name: 'Members' });
  const named = (text: string) => members.getByText(text, { exact: true });
  await page.getByText(/^100\d people$/).waitFor();
  await named('Number 0001').waitFor();
  await bounded('/pools/$id');
  assert.equal(await named('Number 0099').count(), 0);
  for (const pages of [2, 3]) {
    await page.getByRole('button', { name: 'Show more' }).click();
    await until(
      `page ${String(pages)} is there`,
      async () => (await members.locator('li').count()) > 50 * (pages - 1),
    );
  }
  await named('Number 0101').waitFor();
  await page.getByLabel('Search', { exact: true }).fill('P0987@example');
  await named('Number 0987').waitFor();
  await until('nobody else is shown', async () => (await members.locator('li').count()) === 1);
  await seat.looksRight();
  await page.getByLabel('Search', { exact: true }).fill('nobody of this name');
  await page.getByText('Nothing fits “nobody of this name”').waitFor();
  app.quiet();
});

test('members of a pool follow what is typed, and what is searched among them stays', async () => {
  const { page } = seat;
  await seat.open(`/pools/${poolId}`);
  const members = page.getByRole('list', { name: 'Members' });
  await page.getByLabel('Search', { exact: true }).fill('number 0942');
  await members.getByText('Number 0942', { exact: true }).waitFor();
  await page.getByLabel(/^Who is in it/).fill('backend AND NOT senior OR nowhere');
  await page.getByText('Nobody active has the tag: senior, nowhere', { exact: false }).waitFor();
  await members.getByText('Number 0942', { exact: true }).waitFor();
  await page.getByLabel(/^Who is in it/).fill('nowhere');
  await page.getByText('Nothing fits “number 0942”').waitFor();
  await page.getByLabel('Search', { exact: true }).fill('');
  await page.getByText('No active person has these tags', { exact: false }).waitFor();
  app.quiet();
});

test('a person with a thousand ties tells the first', async () => {
  const { page } = seat;
  await seat.open(`/people/${personId}`);
  await page.getByText('and 980 more').waitFor();
  await bounded('/people/$id');
  app.quiet();
});

/** Pages after the first that are asked for from now on: nobody asked for more. */
const furtherPages = (): string[] => {
  const further: string[] = [];
  seat.page.on('request', (request) => {
    if (new URL(request.url()).searchParams.has('cursor')) further.push(request.url());
  });
  return further;
};

test('whoever schedules finds the last of a thousand templates and pools by typing, and sees them by name', async () => {
  const { page } = seat;
  const further = furtherPages();
  await seat.open(`/schedule?connection=${connectionId}&candidate=${candidateId}`);
  const template = page.getByRole('combobox', { name: 'Template' });
  await template.click();
  await page.getByRole('option').first().waitFor();
  assert.ok((await page.getByRole('option').count()) <= 50);
  await template.fill('no template of this name');
  await page.getByText('Nothing fits “no template of this name”').waitFor();
  await template.fill('number 1000');
  await page.getByRole('option', { name: 'Number 1000' }).waitFor();
  await seat.looksRight();
  await page.getByRole('option', { name: 'Number 1000' }).click();
  await until('it is chosen', async () => (await template.inputValue()) === 'Number 1000');
  await template.fill('number 099');
  await page.getByRole('option', { name: 'Number 0999' }).waitFor();
  assert.equal(await page.getByRole('option', { name: 'Number 1000' }).count(), 0);
  await template.press('Tab');
  await until('it is still chosen', async () => (await template.inputValue()) === 'Number 1000');

  await page.getByRole('button', { name: 'Add an event' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Coding');
  await page.getByRole('button', { name: 'Add a seat' }).click();
  const who = page.getByRole('combobox', { name: 'Seat 1' });
  await who.click();
  await page.getByRole('option').first().waitFor();
  assert.ok((await page.getByRole('option').count()) <= 100);
  await who.fill('number 0998');
  await page.getByRole('group', { name: 'Pools' }).getByRole('option', { name: 'Number 0998' }).click();
  await page.getByText('1 of Number 0998').first().waitFor();
  assert.deepEqual(further, []);
  app.quiet();
}); // prettier-ignore

test('a template builds upon the last of a thousand, which is found by typing and shown by its name', async () => {
  const { page } = seat;
  await seat.open('/templates/tp_0001');
  const base = page.getByRole('combobox', { name: 'Base' });
  await base.fill('number 0001');
  await page.getByText('Nothing fits “number 0001”').waitFor();
  await base.fill('number 1000');
  await page.getByRole('option', { name: 'Number 1000' }).click();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText('Saved').first().waitFor();
  await page.reload();
  await until('it is told', async () => (await base.inputValue()) === 'Number 1000');
  await seat.looksRight();
  app.quiet();
});

test('whether a Super Admin is the last one is told without reading all users', async () => {
  const { page } = seat;
  await seat.open('/settings/users');
  await page.getByLabel('Search', { exact: true }).fill('alan.turing');
  const further = furtherPages();
  await page.getByRole('link', { name: 'Robin super admin' }).click();
  await page.getByRole('radio', { name: /^Super Admin/ }).waitFor();
  assert.deepEqual(further, []);
  app.quiet();
});

test('a candidate’s activity is read to its end, each entry once', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await app.world.api.get<{ items: unknown[]; next: string | null }>(
      `/candidates/${candidateId}/activity?limit=100${cursor}`,
    );
    seen.push(...page.items.map((one) => JSON.stringify(one)));
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.filter((one) => one.includes('Number ')).length, 1_000);
});
