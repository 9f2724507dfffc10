/** A network that goes away, a proxy that answers for the hub, a hub that takes its time. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Person, type Seat } from './app.ts';
import { handsOf } from './hands.ts';

let app: App;
let admin: Person;

before(async () => {
  app = await openApp({ sandbox: { only: ['codility'], candidates: 0 } });
  admin = await app.person('super_admin');
});
after(() => app.close());

/** A filled form that only needs to be sent. */
const filledForm = async (seat: Seat, name: string) => {
  await seat.signIn(admin);
  const hands = handsOf(app, seat);
  await hands.openForm('Collaborative Coding', 'Codility', 'codility');
  await hands.fill('Name', name);
  await hands.fill('API key', app.world.emulator('codility').credentials()['apiKey'] ?? '');
  return hands;
};

const named = async (name: string): Promise<number> => {
  const { items } = await app.world.api.get<{ items: Array<{ name: string }> }>('/connections');
  return items.filter((one) => one.name === name).length;
};

test('offline, the page says so; back, it goes on by itself, and what was typed is sent once', async () => {
  const seat = await app.seat();
  const hands = await filledForm(seat, 'Typed on a train');
  await seat.context.setOffline(true);
  await seat.page.getByText('No connection to the hub').waitFor();
  await seat.looksRight();
  await hands.press('Save');
  await seat.page.getByText('nothing you typed is lost, so try again', { exact: false }).waitFor();
  assert.equal(await hands.field('Name').inputValue(), 'Typed on a train');
  await seat.context.setOffline(false);
  await seat.page.getByText('No connection to the hub').waitFor({ state: 'detached' });
  await hands.press('Save');
  await hands.heading('Typed on a train');
  assert.equal(await named('Typed on a train'), 1);
  await seat.context.close();
  // That the network was away stands in the browser's log.
  assert.throws(() => {
    app.quiet();
  }, /ERR_INTERNET_DISCONNECTED/);
});

test('an answer that was lost on the way is not made a second thing by trying again', async () => {
  const seat = await app.seat();
  const hands = await filledForm(seat, 'Sent and lost');
  seat.expect(502);
  let isFirst = true;
  await seat.page.route('**/api/v1/connections', async (route) => {
    if (route.request().method() !== 'POST' || !isFirst) return route.continue();
    isFirst = false;
    // The hub has done it; its answer is lost, and a proxy answers instead.
    await route.fetch();
    return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
  });
  await hands.press('Save');
  await seat.page.getByText('did not come from Loopwright', { exact: false }).waitFor();
  await seat.looksRight();
  await hands.press('Save');
  await hands.heading('Sent and lost');
  assert.equal(await named('Sent and lost'), 1);
  await seat.context.close();
  app.quiet();
});

test('while the hub takes its time the page says that it works, and a second press does nothing', async () => {
  const seat = await app.seat();
  const hands = await filledForm(seat, 'Slowly');
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
  let sent = 0;
  await seat.page.route('**/api/v1/connections', async (route) => {
    if (route.request().method() === 'POST') {
      sent += 1;
      await released;
    }
    await route.continue();
  });
  await hands.press('Save');
  const busy = seat.page.locator('button[data-loading=true]');
  await busy.waitFor();
  await seat.page.keyboard.press('Enter');
  await busy.click({ force: true });
  release(undefined);
  await hands.heading('Slowly');
  assert.equal(sent, 1);
  assert.equal(await named('Slowly'), 1);
  await seat.context.close();
  app.quiet();
});
