/** What an interview's page says of its ATS: before it is told, while it is, and where it is not. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { interviewsOf, type Interviews } from './interviews.ts';

let app: App;
let ours: Interviews;
let seat: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview'] } });
  ours = await interviewsOf(app);
  seat = await app.seat();
  await seat.signIn(await app.person('team_member'));
});
after(() => app.close());

/** The words beside the account of the ATS. */
const says = (text: string): Promise<void> =>
  seat.page
    .getByRole('region', { name: 'At a glance' })
    .getByRole('definition')
    .filter({ hasText: text })
    .waitFor();

const opened = async (name: string, change: Record<string, unknown>): Promise<string> => {
  const { id } = await ours.schedule(name, change);
  await seat.open(`/interviews/${id}`);
  await seat.page.getByRole('heading', { name }).waitFor();
  return id;
};

test('before it is told, the page says when it will be', async () => {
  await opened('Dora Draft', { state: 'draft' });
  await says('Not yet: it is told when the interview is confirmed.');
  await opened('Una Undo', { undoSeconds: 60 });
  await says('Not yet: it is told once the time to undo it is over.');
  await seat.looksRight();
  app.quiet();
});

test('while it cannot be told it is under way, and then it is told', async () => {
  const { faults } = app.world.emulator('lever');
  faults.push({ kind: 503, match: 'POST', times: 1_000 });
  const id = await opened('Paula Push', {});
  await says('Under way');
  faults.length = 0;
  await ours.panel.settled(id);
  await says('Told');
  await ours.panel.act(id, 'cancel');
  await says('Taken back');
  app.quiet();
});

test('where there is nothing to tell it, the page says why', async () => {
  const { page } = seat;
  const id = await opened('Ned Nobody', {
    events: [{ name: 'Talk', minutes: 60, start: ours.panel.at(400), seats: [] }],
  });
  await says('Nothing: nobody in it has an account there.');
  const { ats } = await app.world.api.get<{ ats: object }>(`/interviews/${id}`);
  assert.deepEqual(ats, { takesInterviews: true, concerned: false });
  const draft = await opened('Nora Never', { state: 'draft' });
  await ours.panel.act(draft, 'cancel');
  await says('It was not told.');
  // No ATS that is connected here takes none: this is what the hub answers of one that does.
  await page.route('**/api/v1/interviews/*', async (route) => {
    const answer = await route.fetch();
    const interview = (await answer.json()) as { ats: object };
    const none = { ...interview, ats: { ...interview.ats, takesInterviews: false } };
    await route.fulfill({ response: answer, json: none });
  });
  await page.reload();
  await says('It takes no interviews; links go into its notes.');
  await page.unroute('**/api/v1/interviews/*');
  app.quiet();
});
