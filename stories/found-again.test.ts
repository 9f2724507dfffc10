/** A vendor did what it was asked, the answer was lost, and the plan changes before the next try. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtAshby, applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { ashbyOf, leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({
  sandbox: { only: ['lever', 'ashby', 'codesignal', 'smtp'], candidates: 2 },
});
const hub = hubOf(world);
const panel = panelOf(world);
const ashby = ashbyOf(world);
await joinLever(world, 'Alan Turing');
const lever = await hub.connect('lever');
const atAshby = await hub.connect('ashby');
await hub.connect('codesignal');
await hub.connect('smtp');
const [posting] = await leverOf(world).postings();
const [job] = await hub.choices(atAshby, 'jobs');
const alan = await panel.person('Alan Turing');
const rosa = await panel.person('Rosa Marin', { email: 'rosa.marin@northwind.example' });

after(() => world.close());

type Kind = 'ats_interview' | 'live_session' | 'mail';

/** Schedules one event and waits until its thing of this kind is owed again after a lost answer. */
const scheduleAndLose = async (
  kind: Kind,
  lose: { vendor: string; match: string },
  about: { connectionId: string; candidateId: string; personId: string; start: string },
): Promise<Interview> => {
  const { connectionId, candidateId, personId, start } = about;
  world.emulator(lose.vendor).faults.push({ kind: 'drop_after', match: lose.match, times: 1 });
  const { id } = await panel.schedule({
    connectionId,
    candidateId,
    layer: {
      linkWaitMinutes: 0,
      texts: {
        interviewerInvite: { title: '$Event.Name', body: 'Room: $Event.CodeSignal.Live.Link' },
        candidateInvite: null,
        candidateMail: null,
      },
    },
    events: [{ name: 'Coding', minutes: 60, start, seats: [seat(personId)] }],
  });
  return until('the answer is lost', async () => {
    const interview = await world.api.get<Interview>(`/interviews/${id}`);
    const lost = interview.effects.find((one) => (one.kind as string) === kind);
    return lost?.state === 'owed' && lost.attempts > 0 && interview;
  });
};

const applyAndLose = async (name: string, hours: number, kind: Kind) => {
  const candidate = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  const lose = {
    ats_interview: { vendor: 'lever', match: `POST /v1/opportunities/${candidate.id}/panels` },
    live_session: { vendor: 'codesignal', match: 'POST /' },
    mail: { vendor: 'smtp', match: 'DATA /alan' },
  }[kind];
  const about = { connectionId: lever, candidateId: candidate.id, personId: alan };
  const { id } = await scheduleAndLose(kind, lose, { ...about, start: panel.at(hours) });
  return { id, candidate };
};

interface Panel {
  opportunity: string;
  canceledAt: number | null;
  interviews: Array<{ id: string; date: number }>;
}

const panelsOf = ({ id }: { id: string }): Panel[] =>
  (world.emulator('lever').snapshot() as { panels: Panel[] }).panels.filter(
    ({ opportunity, canceledAt }) => opportunity === id && canceledAt === null,
  );

const openSessions = ({ email }: { email: string }): unknown[] =>
  (
    world.emulator('codesignal').snapshot() as {
      interviews: Array<{ status: string; candidateEmail: string | null }>;
    }
  ).interviews.filter(
    ({ candidateEmail, status }) => candidateEmail === email && status !== 'deleted',
  );

test('a panel that is found in Lever is moved to where the plan is now, with its ids', async () => {
  const { id, candidate } = await applyAndLose('Lea Lost', 0, 'ats_interview');
  const [lost] = panelsOf(candidate);
  assert.equal(lost?.interviews[0]?.date, Date.parse(panel.at(0)));
  await panel.act(id, 'reschedule', { start: panel.at(5) });
  await panel.settled(id);
  const [found, ...others] = panelsOf(candidate);
  assert.deepEqual(others, [], 'one panel');
  assert.deepEqual(
    found?.interviews.map((one) => [one.id, one.date]),
    [[lost.interviews[0].id, Date.parse(panel.at(5))]],
  );
});

test('a schedule that is found in Ashby is moved to where the plan is now, with its ids', async () => {
  const application = await applyAtAshby(world, ashby, 'Ash Lost', { job: job?.id ?? '' });
  const { id } = await scheduleAndLose(
    'ats_interview',
    { vendor: 'ashby', match: 'interviewSchedule.create' },
    {
      connectionId: atAshby,
      candidateId: application.id,
      personId: rosa,
      start: panel.at(0),
    },
  );
  const [lost] = await ashby.schedules(application.id);
  await panel.act(id, 'reschedule', { start: panel.at(5) });
  await panel.settled(id);
  const [found, ...others] = await ashby.schedules(application.id);
  assert.deepEqual(others, [], 'one schedule');
  assert.equal(found?.interviewEvents[0]?.startTime, panel.at(5));
  assert.deepEqual(
    found.interviewEvents.map(({ feedbackLink }) => feedbackLink),
    lost?.interviewEvents.map(({ feedbackLink }) => feedbackLink),
  );
});

test('a panel that a person saw in Lever is found there when the plan changes', async () => {
  const candidate = await applyAtLever(world, 'Una Unknown', { posting: posting?.id ?? '' });
  const at = `/v1/opportunities/${candidate.id}/panels`;
  world.emulator('lever').faults.push({ kind: 'html', match: `GET ${at}`, times: 1 });
  const { id } = await scheduleAndLose(
    'ats_interview',
    { vendor: 'lever', match: `POST ${at}` },
    { connectionId: lever, candidateId: candidate.id, personId: alan, start: panel.at(40) },
  );
  const unknown = await until('nobody can tell', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ state }) => state === 'unknown',
    ),
  );
  await world.api.post(`/effects/${unknown.id}/decide`, { decision: 'it_happened' });
  await panel.act(id, 'reschedule', { start: panel.at(45) });
  await panel.settled(id);
  assert.deepEqual(
    panelsOf(candidate).map(({ interviews }) => interviews.map(({ date }) => date)),
    [[Date.parse(panel.at(45))]],
  );
});

test('what nobody was told of is taken back all the same when the interview is cancelled', async () => {
  const pushed = await applyAndLose('Cy Lost', 10, 'ats_interview');
  assert.equal(panelsOf(pushed.candidate).length, 1);
  await panel.act(pushed.id, 'cancel');
  await panel.settled(pushed.id);
  assert.deepEqual(panelsOf(pushed.candidate), []);

  const opened = await applyAndLose('Sia Lost', 15, 'live_session');
  assert.equal(openSessions(opened.candidate).length, 1);
  await panel.act(opened.id, 'cancel');
  await panel.settled(opened.id);
  assert.deepEqual(openSessions(opened.candidate), []);

  const invited = await applyAndLose('Mia Lost', 20, 'mail');
  await panel.act(invited.id, 'cancel');
  await panel.settled(invited.id);
  const methods = (await panel.mails(invited.id)).map(({ calendar }) => calendar?.method);
  assert.deepEqual(methods, ['REQUEST', 'CANCEL'], 'who may have been invited is uninvited');
});

test('a change that may have gone through is changed back in Lever when the plan is', async () => {
  const candidate = await applyAtLever(world, 'Bo Back', { posting: posting?.id ?? '' });
  const { id } = await panel.schedule({
    connectionId: lever,
    candidateId: candidate.id,
    layer: { texts: { interviewerInvite: { title: '$Event.Name', body: '' } } },
    events: [{ name: 'Coding', minutes: 60, start: panel.at(30), seats: [seat(alan)] }],
  });
  await panel.settled(id);
  const match = `PUT /v1/opportunities/${candidate.id}/panels`;
  world.emulator('lever').faults.push({ kind: 'drop_after', match, times: 1 });
  await panel.act(id, 'reschedule', { start: panel.at(35) });
  await until('Lever has the new time', () =>
    panelsOf(candidate).some(({ interviews }) => interviews[0]?.date === Date.parse(panel.at(35))),
  );
  await panel.act(id, 'reschedule', { start: panel.at(30) });
  await panel.settled(id);
  assert.deepEqual(
    panelsOf(candidate).map(({ interviews }) => interviews[0]?.date),
    [Date.parse(panel.at(30))],
  );
});
