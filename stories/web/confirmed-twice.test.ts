/** Two windows that confirm one interview at the same moment: it is sent once, and the second is told by whom. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atOnce } from '#store/testing-at-once.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf } from './hands.ts';
import { interviewsOf, type Interviews } from './interviews.ts';

let app: App;
let ours: Interviews;
let seats: Seat[];

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview'] } });
  ours = await interviewsOf(app);
  seats = [await app.seat(), await app.seat()];
  for (const [index, seat] of seats.entries()) {
    await seat.signIn(await app.person('team_member', `member-${String(index)}@example.com`));
    seat.expect(409);
  }
});
after(() => app.close());

const dialogOf = ({ page }: Seat) => page.getByRole('dialog');

for (const state of ['draft', 'hold'] as const)
  test(`a ${state} is confirmed in two windows at once`, async () => {
    const { id } = await ours.schedule(`Twila ${state}`, { state });
    await ours.hub.quiet();
    for (const seat of seats) {
      await seat.open(`/interviews/${id}`);
      await handsOf(app, seat).press('Confirm');
      const told = dialogOf(seat).getByRole('list', { name: 'Who will hear of it' });
      await told.getByText(`Twila ${state}`).waitFor();
    }
    const answers = await atOnce(app.world.hub.hub.db, 'interview', () =>
      seats.map(async (seat) => {
        const answered = seat.page.waitForResponse(
          (response) =>
            response.url().endsWith('/confirm') &&
            response.request().postData()?.includes('"dryRun":false') === true,
        );
        await dialogOf(seat).getByRole('button', { name: 'Confirm', exact: true }).click();
        return { seat, status: (await answered).status() };
      }),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const second = answers.find(({ status }) => status === 409)?.seat ?? assert.fail();
    const first = seats.find((seat) => seat !== second) ?? assert.fail();
    await dialogOf(first).waitFor({ state: 'detached' });
    await first.page.getByText('Scheduled', { exact: true }).waitFor();

    const told = dialogOf(second).getByRole('alert').filter({ hasText: 'Somebody changed it meanwhile' });
    await told.getByText('Robin team member confirmed it').waitFor();
    await second.looksRight();
    await dialogOf(second).getByRole('button', { name: 'Leave it as it is' }).click();
    await second.page.getByText('Scheduled', { exact: true }).waitFor();
    assert.equal(await second.page.getByRole('button', { name: 'Confirm' }).count(), 0);

    await ours.panel.settled(id);
    const invites = (await ours.panel.mails(id)).filter(({ subject }) => !subject.includes('[Hold]'));
    const readers = invites.map(({ to, calendar }) => `${to} ${calendar?.method ?? 'no invite'}`);
    assert.deepEqual(readers.sort(), [...new Set(readers)].sort());
    assert.equal(readers.length, 4, 'two interviewers, and invite and mail of the candidate');
    app.quiet();
  }); // prettier-ignore
