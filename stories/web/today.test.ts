/** Today: what waits for a person, live, by keys, and what becomes of a decision. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pauseConnection } from '#store/connections.ts';
import { ensureEffect, moveEffect } from '#store/effects.ts';
import type { Role } from '#core/roles.ts';
import type { EffectState } from '#core/model.ts';
import { hubOf } from '../hub-side.ts';
import { applyAtLever } from '../newcomers.ts';
import { until } from '../world.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App, type Seat } from './app.ts';

const hostile = 'Vi <img src=x onerror=alert(1)>';

let app: App;
let connectionId = '';
let platformId = '';
let stage = '';
let posting = '';

before(async () => {
  app = await openApp();
  const hub = hubOf(app.world);
  const lever = leverOf(app.world);
  connectionId = await hub.connect('lever');
  platformId = await hub.connect('codingame');
  const testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  stage = await lever.stage('Recruiter screen');
  posting = (await lever.postings())[0]?.id ?? '';
  await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });
});
after(() => app.close());

const sit = async (role: Role): Promise<Seat> => {
  const seat = await app.seat();
  await seat.signIn(
    await app.person(role, `${role}.${String(Math.random()).slice(2)}@example.com`),
  );
  return seat;
};

const laneOf = ({ page }: Seat, name: 'Needs me' | 'In motion') =>
  page.getByRole('list', { name }).getByRole('listitem');

/** An effect of a candidate who is known already. */
const effectOf = async (remoteId: string, key: string, state: EffectState): Promise<string> => {
  const candidate = await hubOf(app.world).candidate(remoteId);
  const { row } = await ensureEffect(app.world.hub.hub.db, {
    key,
    kind: 'note',
    state,
    candidateId: candidate?.id ?? null,
    connectionId,
    ruleId: null,
    parentId: null,
    request: {},
    text: `${key}: the note was refused.`,
  });
  return row.id;
};

const skipAll = async (ids: readonly string[]): Promise<void> => {
  const change = { state: 'skipped', text: 'Over.', actor: null } as const;
  for (const id of ids)
    await moveEffect(app.world.hub.hub.db, id, ['failed', 'unknown', 'waiting', 'owed'], change);
};

test('a test that waits for an address stands there at once, until it is skipped', async () => {
  const { world } = app;
  const seat = await sit('team_member');
  const { page } = seat;
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await seat.looksRight();

  const { id } = await applyAtLever(world, hostile, { posting, email: '' });
  await leverOf(world).move(id, stage);
  const row = laneOf(seat, 'Needs me');
  await row.getByText('no e-mail address', { exact: false }).waitFor();
  assert.equal(await row.count(), 1);
  await row.getByText(hostile, { exact: true }).waitFor();
  const way = await row.getByRole('link', { name: /^Open in the ATS/ }).getAttribute('href');
  assert.ok(way?.startsWith(world.sandbox.url), way ?? '');
  await seat.looksRight();

  await row.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Skip it' }).click();
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await hubOf(world).effect(id, 'assessment', 'skipped');
  await seat.context.close();
  app.quiet();
});

test('from row to row by keys, and Enter does what the row’s button says', async () => {
  const seat = await sit('team_member');
  const { page } = seat;
  const { id } = await applyAtLever(app.world, 'Kay Board', { posting, stage });
  await hubOf(app.world).seen(id, stage);
  await hubOf(app.world).quiet();
  const ids = [];
  for (const key of ['first', 'second', 'third']) ids.push(await effectOf(id, key, 'unknown'));
  const rows = laneOf(seat, 'Needs me');
  await until('the rows are there', async () => (await rows.count()) === 3);
  const focused = () =>
    page.evaluate<string>('document.activeElement.closest("li")?.innerText ?? ""');

  await page.keyboard.press('j');
  assert.match(await focused(), /first/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  assert.match(await focused(), /third/);
  await page.keyboard.press('k');
  assert.match(await focused(), /second/);

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await seat.looksRight();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await until('the focus is where it was', async () => /second/.test(await focused()));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Did it happen?' });
  await dialog.getByText('Look there, then say what you saw', { exact: false }).waitFor();
  await seat.looksRight();
  await dialog.getByRole('button', { name: 'It happened' }).click();
  await until('one less', async () => (await rows.count()) === 2);
  await until('the focus is in the row in its place', async () => /third/.test(await focused()));

  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Skip it' }).click();
  await until('one row is left', async () => (await rows.count()) === 1);
  await skipAll(ids);
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await seat.context.close();
  app.quiet();
});

test('a paused connection comes first; who may not resume it is told who may', async () => {
  const { db } = app.world.hub.hub;
  const [superAdmin, admin] = [await sit('super_admin'), await sit('admin')];
  await pauseConnection(db, platformId, 'unauthorized', 'The key was refused.');
  const mine = laneOf(superAdmin, 'Needs me').first();
  await mine.getByText('The key was refused.').waitFor();
  const theirs = laneOf(admin, 'Needs me').first();
  await theirs.getByText('A Super Admin can put this right.').waitFor();
  assert.equal(await theirs.getByRole('link').count(), 0);
  await mine.getByRole('link', { name: /^Open connection/ }).click();
  await superAdmin.page.getByRole('button', { name: 'Resume' }).click();
  await admin.page.getByText('Nothing needs you', { exact: true }).waitFor();
  for (const { context } of [superAdmin, admin]) await context.close();
  app.quiet();
});

test('of a thousand rows the first are there at once, the next on request', async () => {
  const { id } = await applyAtLever(app.world, 'Many Times', { posting });
  await app.world.api.post(`/connections/${connectionId}/sweep`);
  await until('the candidate is known', () => hubOf(app.world).candidate(id));
  const ids: string[] = [];
  for (let count = 0; count < 1_000; count += 1)
    ids.push(await effectOf(id, `many ${String(count)}`, 'failed'));
  const seat = await sit('admin');
  const rows = laneOf(seat, 'Needs me');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 25);
  await seat.page.getByText('25+', { exact: true }).waitFor();
  await seat.page.getByRole('button', { name: 'Show more' }).click();
  await until('the next page', async () => (await rows.count()) === 50);
  await seat.context.close();
  await skipAll(ids);
  app.quiet();
});

test('whoever opens the page asks each question once, and again only what has changed', async () => {
  const seat = await sit('super_admin');
  const { page } = seat;
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await page.goto('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname + search);
  });
  const listens = page.waitForResponse(/\/api\/v1\/events/);
  await seat.open('/');
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await listens;
  const templates = (): number => asked.filter((one) => one.includes('/templates')).length;
  const before = templates();
  await app.world.api.post('/templates', { name: 'Asked once', layer: {} });
  await until('the change is seen', () => templates() > before);
  const twice = asked.filter((one, at) => asked.indexOf(one) !== at);
  assert.ok(asked.some((one) => one.includes('/today')));
  assert.deepEqual(
    twice.filter((one) => /today|session|installation|events/.test(one)),
    [],
  );
  await seat.context.close();
  app.quiet();
});

test('what changes after the page was read, and before it listens, is shown', async () => {
  const { id } = await applyAtLever(app.world, 'Between Times', { posting });
  await app.world.api.post(`/connections/${connectionId}/sweep`);
  await until('the candidate is known', () => hubOf(app.world).candidate(id));
  const seat = await sit('admin');
  const { page } = seat;
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  const changed = Promise.withResolvers<undefined>();
  await page.route('**/api/v1/events*', async (route) => {
    await changed.promise;
    await route.continue();
  });
  await seat.open('/');
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  const effect = await effectOf(id, 'between', 'failed');
  changed.resolve(undefined);
  await laneOf(seat, 'Needs me').getByText('Between Times').waitFor();
  await seat.context.close();
  await skipAll([effect]);
  app.quiet();
});
