/** What a coordinator says of the search and of who is told: the candidate's own times, starts, repeats, notices. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seat as seatOf } from '../panel.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';
import { loopWorld, type LoopWorld } from './loop.ts';
import { mailsOf } from './sending.ts';

let app: App;
let loop: LoopWorld;
let seat: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 2 } });
  loop = await loopWorld(app);
  const company = await app.world.api.get<object>('/company');
  await app.world.api.call('PUT', '/company', { ...company, undoSeconds: 0 });
  seat = await app.seat();
  hands = handsOf(app, seat);
  await seat.signIn(await app.person('team_member'));
});
after(() => app.close());

const title = /When the candidate can, and where events start/;

/** Five days from now, as the page's zone has it. */
const day = new Date(Date.now() + 5 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' }); // prettier-ignore

/** Until the options begin at these times and no others, on that day. */
const offered = (...starts: string[]): Promise<unknown> =>
  until(`only ${starts.join()} is offered`, async () => {
    const names = await seat.page.getByRole('radio').evaluateAll((all) =>
      all.map((one) => (one as unknown as { textContent: string }).textContent),
    );
    const found = names.map((name) => /(\d\d:\d\d)–/.exec(name)?.[1] ?? '').toSorted();
    const isThatDay = names.every((name) => name.includes(String(Number(day.slice(-2)))));
    return isThatDay && JSON.stringify(found) === JSON.stringify(starts);
  }); // prettier-ignore

const focused = (type: string): Promise<boolean> =>
  until(`a field of the type ${type} has the focus`, async () =>
    seat.page.locator(`input[type=${type}]:focus`).isVisible(),
  );

const pick = async (field: string, option: string): Promise<void> => {
  await seat.page.getByRole('combobox', { name: field }).click();
  await seat.page.getByRole('option', { name: option, exact: true }).click();
};

test('only the candidate’s own times are offered, typed by keyboard, from where events may start', async () => {
  const { page } = seat;
  await seat.open(loop.pathOf(await loop.candidate('Wanda When')));
  await page.getByRole('radio').first().waitFor();
  await page.getByRole('button', { name: title }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('None is told: Monday to Friday, 9 to 17', { exact: false }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await focused('date');
  // While a year is typed, it is one of antiquity.
  await page.keyboard.type('01012020');
  await page
    .getByText('It lies outside of the days that are searched.', { exact: false })
    .waitFor();
  const one = page.getByRole('group', { name: 'Time 1', exact: true });
  await one.getByLabel('Day').fill(day);
  for (const [end, time] of [
    ['From', '13:00'],
    ['To', '15:30'],
  ] as const) {
    const field = one.getByLabel(end, { exact: true });
    await until(`${end} is reached`, async () => {
      await page.keyboard.press('Tab');
      return (await field.and(page.locator(':focus')).count()) > 0;
    });
    await field.fill(time);
  }
  await offered('13:00', '13:30');
  await page.getByText('1 time of the candidate · every 30 minutes').waitFor();
  await seat.looksRight();
  await pick('Events start', 'Every 15 minutes');
  await offered('13:00', '13:15', '13:30', '13:45');
  await pick('Events start', 'On the full hour');
  await offered('13:00');
  await page.getByRole('button', { name: 'Review' }).click();
  await hands.heading('Review and send');
  await hands.press('Change the plan');
  await offered('13:00');
  app.quiet();
});

test('what is wrong with a time is told where it is typed, and put right there', async () => {
  const { page } = seat;
  await seat.open(loop.pathOf(await loop.candidate('Wilma Wrong')));
  await page.getByRole('button', { name: title }).click();
  await hands.press('Add a time');
  const one = page.getByRole('group', { name: 'Time 1', exact: true });
  await one.getByLabel('Day').fill(day);
  await one.getByLabel('To', { exact: true }).fill('08:00');
  await one.getByText('It ends before it begins.').waitFor();
  await page.getByText('Say from when to when the candidate can, and the times follow.').waitFor();
  await seat.looksRight();
  await one.getByLabel('To', { exact: true }).fill('');
  await one.getByText('Say the day, from when and to when.').waitFor();
  await one.getByLabel('To', { exact: true }).fill('10:45');
  await offered('09:00');
  await hands.press('Add a time');
  const other = page.getByRole('group', { name: 'Time 2', exact: true });
  await other.getByLabel('Day').fill('2020-01-01');
  await other.getByText('It lies outside of the days that are searched.', { exact: false }).waitFor();
  await offered('09:00');
  await hands.press('Remove time 2');
  await hands.press('Remove time 1');
  await page.getByText('Monday to Friday, 9 to 17 · every 30 minutes').waitFor();
  await until('all times are offered again', async () => (await page.getByRole('radio').count()) > 1);
  app.quiet();
}); // prettier-ignore

test('whether one person may sit in several events is said, and decides what can be', async () => {
  const { page } = seat;
  const events = ['Coding', 'Design'].map((name) => ({ name, minutes: 60, seats: [seatOf(loop.people.ana)] }));
  await app.world.api.post('/templates', { name: 'Ana twice', layer: { events } });
  await seat.open(loop.pathOf(await loop.candidate('Rita Repeat')));
  await pick('Template', 'Ana twice');
  await page.getByText('Coding: Ana Arlt · Design: Ana Arlt').first().waitFor();
  await page.getByRole('button', { name: title }).click();
  await pick('The same person in several events', 'Nobody sits in two');
  await page.getByText('There is no time at which everybody can').waitFor();
  await page.getByText('nobody in two events', { exact: false }).waitFor();
  await seat.looksRight();
  await pick('The same person in several events', 'Anybody may sit in several');
  await page.getByText('Coding: Ana Arlt · Design: Ana Arlt').first().waitFor();
  app.quiet();
}); // prettier-ignore

test('who is told is chosen: the candidate hears nothing, and Review shows it', async () => {
  const { page } = seat;
  await seat.open(loop.pathOf(await loop.candidate('Nina Notold')));
  await page.getByRole('button', { name: 'Review' }).click();
  await hands.heading('Candidate\'s mail');
  await hands.press('Name, place, people named, links, who is told');
  await page.getByRole('group', { name: 'Who is told' }).getByLabel('The candidate').press('Space');
  await page.getByText('Not told: the candidate').waitFor();
  await page
    .getByRole('heading', { name: 'Candidate\'s mail' })
    .waitFor({ state: 'detached' });
  await hands.heading('Interviewers\' invite');
  await seat.looksRight();
  await hands.press('Send');
  await page.getByText('It is on its way to the interviewers; the candidate hears nothing yet').waitFor();
  await page.getByRole('link', { name: 'See, move or cancel it' }).click();
  await page.waitForURL('**/interviews/*');
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const told = (await mailsOf(app, id)).map(({ to }) => to).toSorted();
  assert.deepEqual(told, ['ana.arlt@example.com', 'ben.brecht@example.com']);
  app.quiet();
}); // prettier-ignore
