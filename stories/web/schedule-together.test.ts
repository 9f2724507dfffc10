/** Two coordinators at two windows plan at the same moment: the second is told, and goes on with a click. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { applyAtLever, joinLever } from '../newcomers.ts';
import { hubOf } from '../hub-side.ts';
import { panelOf, seat as seatOf, type Interview } from '../panel.ts';
import { leverOf } from '../vendors.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let connectionId: string;
let jobId: string;
let ben: string;
let first: Hands & { seat: Seat };
let second: Hands & { seat: Seat };

const sundays = {
  ...Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, []])),
  sun: [{ from: '09:00', to: '10:00' }],
};

const windowOf = async (role: 'team_member' | 'admin') => {
  const seat = await app.seat();
  await seat.signIn(await app.person(role));
  return { seat, ...handsOf(app, seat) };
};

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 2 } });
  const { world } = app;
  await joinLever(world, 'Ana Arlt', 'Ben Brecht');
  connectionId = await hubOf(world).connect('lever');
  jobId = (await leverOf(world).postings())[0]?.id ?? '';
  const tags = ['backend'];
  await panelOf(world).person('Ana Arlt', { tags });
  // He would rather not, so she is the best for everybody.
  ben = await panelOf(world).person('Ben Brecht', { tags, preferred: sundays });
  const pool = await world.api.post<{ id: string }>('/pools', { name: 'Backend', expression: 'backend' }); // prettier-ignore
  const from = { kind: 'pool', poolId: pool.id, count: 1 };
  const layer = { events: [{ name: 'Coding', minutes: 60, seats: [{ from }] }] };
  await world.api.post('/templates', { name: 'Pooled', connectionId, jobId, layer });
  const company = await world.api.get<object>('/company');
  await world.api.call('PUT', '/company', { ...company, undoSeconds: 0 });
  first = await windowOf('team_member');
  second = await windowOf('admin');
});
after(() => app.close());

const candidate = async (name: string): Promise<string> =>
  (await applyAtLever(app.world, name, { posting: jobId })).id;

/** The address of the plan for a candidate. */
const pathOf = (id: string): string => `/schedule?connection=${connectionId}&candidate=${id}`;

const review = async ({ seat, press, heading, button }: typeof first, path: string) => {
  await seat.open(path);
  await press('Review');
  await heading('Review and send');
  await button('Send').waitFor();
};

const begins = ({ page }: Hands): Promise<string | null> =>
  page.locator('h2 + p time').getAttribute('datetime');

const sent = async ({ page, press }: Hands): Promise<Interview> => {
  await press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  const href = await page.getByRole('link', { name: 'See, move or cancel it' }).getAttribute('href'); // prettier-ignore
  return app.world.api.get<Interview>(href ?? '');
};

const seatsOf = ({ events }: Interview): string[] =>
  events.flatMap(({ seats }) => seats.map(({ name }) => name));

const take = 'Take Ben Brecht instead of Ana Arlt in Coding';

/** Both are free again. */
const cancel = async (...interviews: Interview[]): Promise<void> => {
  for (const { id } of interviews) await panelOf(app.world).act(id, 'cancel');
};

test('the second who takes the same member takes the next one with a click, at the same time', async () => {
  const { page } = second;
  second.seat.expect(409);
  await review(first, pathOf(await candidate('Fay First')));
  await review(second, pathOf(await candidate('Sam Second')));
  await second.press('Platforms, itinerary, note');
  await second.fill('Note', 'Speaks softly.');
  const time = await begins(second);
  assert.equal(await begins(first), time);
  // The second window does not hear of the first before it sends.
  await page.route('**/interviews/preview', () => undefined);
  const one = await sent(first);
  await second.press('Send');
  const told = page.getByRole('alert').filter({ hasText: 'Somebody was quicker' });
  await told.getByRole('button', { name: take }).waitFor();
  await page.unroute('**/interviews/preview');
  await second.seat.looksRight();
  await told.getByRole('button', { name: take }).click();
  assert.equal(await second.field('Note').inputValue(), 'Speaks softly.');
  const two = await sent(second);
  assert.equal(two.events[0]?.start, time);
  assert.deepEqual([seatsOf(one), seatsOf(two)], [['Ana Arlt'], ['Ben Brecht']]);
  await cancel(one, two);
  app.quiet();
});

test('what others do meanwhile has the options asked for again, and nobody waits for that to review', async () => {
  const { page } = second;
  const others = await candidate('Una Unrelated');
  await second.seat.open(pathOf(await candidate('Rex Review')));
  await page.getByRole('radio').first().waitFor();
  let asked = 0;
  // Without an answer until the end.
  await page.route('**/panels/solve', () => {
    asked += 1;
  });
  const start = panelOf(app.world).at(240);
  const other = await panelOf(app.world).schedule({
    connectionId,
    candidateId: others,
    events: [{ name: 'Talk', minutes: 60, start, seats: [seatOf(ben)] }],
  });
  await until('the options are asked for again', () => asked > 0);
  await second.button('Review').click({ timeout: 5_000 });
  await second.heading('Review and send');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await cancel(other);
  app.quiet();
});

test('whoever still looks at it is told before sending, with the next one a click away', async () => {
  const { page } = second;
  await review(first, pathOf(await candidate('Fay Foreseen')));
  await review(second, pathOf(await candidate('Sam Foreseen')));
  const time = await begins(second);
  assert.equal(await begins(first), time);
  const one = await sent(first);
  await page.getByText('Take it on knowingly?').waitFor();
  assert.equal(await second.button('Send').count(), 0);
  await page.getByRole('button', { name: take }).waitFor();
  await second.seat.looksRight();
  await page.getByRole('button', { name: take }).click();
  await second.button('Send').waitFor();
  const two = await sent(second);
  assert.equal(two.events[0]?.start, time);
  assert.deepEqual([seatsOf(one), seatsOf(two)], [['Ana Arlt'], ['Ben Brecht']]);
  await cancel(one, two);
  app.quiet();
});

test('whoever schedules a candidate who was just scheduled is told which interview it is, and may send anyway', async () => {
  const { page } = second;
  second.seat.expect(409);
  const id = await candidate('Bea Busy');
  await review(second, pathOf(id));
  // The second window does not hear of the other interview before it sends.
  await page.route('**/interviews/preview', () => undefined);
  const other = await panelOf(app.world).schedule({
    connectionId,
    candidateId: id,
    layer: { interviewName: 'Manager talk' },
    events: [{ name: 'Talk', minutes: 60, start: await begins(second), seats: [seatOf(ben)] }],
  });
  await page.unroute('**/interviews/preview');
  await second.press('Send');
  const refused = page.getByRole('alert').filter({ hasText: 'The next best times' });
  const link = refused.getByRole('link', { name: /^Manager talk, / });
  assert.equal(await link.getAttribute('href'), `/interviews/${other.id}`);
  await page.getByText('Take it on knowingly?').waitFor();
  assert.equal(await second.button('Send').count(), 0);
  await second.seat.looksRight();
  await page.getByRole('checkbox', { name: /^The candidate has another interview then/ }).check();
  await second.fill('Why', 'She asked for both.');
  const made = await sent(second);
  assert.deepEqual(seatsOf(made), ['Ana Arlt']);
  assert.equal(made.events[0]?.start, other.events[0]?.start);
  await cancel(made, other);
  app.quiet();
});
