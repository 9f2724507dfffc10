/** A panel that is scheduled, moved and cancelled; the hub is killed at the points on the way. */
import assert from 'node:assert/strict';
import type { Database } from '#store/database.ts';
import { queueSizes } from '#store/queue.ts';
import { joinLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import type { Flow, Started } from './flows.ts';
import type { CrashCase } from './points.ts';
import { until } from '../world.ts';
import type { Rig } from './rig.ts';
import { watchMails, type MailWatch } from './mails.ts';
import { onStage } from './stages.ts';

/** `move` schedules, `finish` moves the panel by some hours. */
interface Panel extends Started {
  /** The mail server's sender is another one. */
  changeSender(): Promise<void>;
  senderChanged(): Promise<void>;
  cancel(): Promise<void>;
  cancelled(): Promise<void>;
  verifyCancelled(): Promise<void>;
  mails: MailWatch;
}

const names = ['Alan Turing', 'Barbara Liskov'];
const day = 86_400_000;
const hour = 3_600_000;

interface Account {
  panels: Array<{ opportunity: string; canceledAt: number | null; interviews: unknown[] }>;
}
interface Platform {
  interviews: Array<{ candidateEmail: string | null; status: string }>;
}

/** No act is open and no job is left. Deliveries are the inbox's own case. */
const isAtRest = async (db: Database): Promise<boolean> => {
  const open = await db
    .selectFrom('effect')
    .select('id')
    .where('state', 'not in', ['done', 'skipped'])
    .execute();
  const sizes = await queueSizes(db);
  const busy = sizes.filter(({ queue }) => queue !== 'later' && queue !== 'tick');
  return open.length === 0 && busy.every(({ waiting, running }) => waiting + running === 0);
};

const invitePeople = async (rig: Rig): Promise<string[]> => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const hours = Object.fromEntries(days.map((one) => [one, [{ from: '00:00', to: '24:00' }]]));
  const ids: string[] = [];
  for (const name of names) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
    const person = { name, email, zone: 'UTC', hours };
    ids.push((await rig.api.post<{ id: string }>('/people', person)).id);
  }
  return ids;
};

export const scheduler: Flow = {
  vendors: ['lever', 'codesignal', 'smtp'],
  ats: 'lever',
  action: 'live_link',
  async setUp(rig): Promise<Panel> {
    const lever = leverOf(rig);
    await joinLever(rig, ...names);
    const connectionId = await rig.connect('lever');
    await rig.connect('codesignal');
    const server = await rig.connect('smtp');
    const people = await invitePeople(rig);
    const stage = await lever.stage('On-site interview');
    const messages = (): Set<string> =>
      new Set(rig.emulator('smtp').requests.map(({ body }) => body));
    let turn = 0;

    const next = async (): Promise<Panel> => {
      turn += 1;
      // Within the two weeks that a link lives, and never where another turn's people are taken.
      const first = Math.floor(Date.now() / day) * day + 2 * day + turn * 12 * hour;
      const [candidate] = await lever.applicants('with address');
      assert.ok(candidate);
      // Whoever had a turn is no applicant any more.
      await lever.move(candidate.id, stage);
      const email = candidate.emails[0] ?? '';
      const before = messages();
      const sessions = () =>
        (rig.emulator('codesignal').snapshot() as Platform).interviews.filter(
          ({ candidateEmail }) => candidateEmail === email,
        );
      const panels = () =>
        (rig.emulator('lever').snapshot() as Account).panels.filter(
          ({ opportunity, canceledAt }) => opportunity === candidate.id && canceledAt === null,
        );
      /** Those that were not there before the turn; a repetition has the same Message-ID. */
      const sent = (): number => [...messages()].filter((id) => !before.has(id)).length;
      const interviewId = async (): Promise<string> => {
        const row = await rig.db
          .selectFrom('interview')
          .innerJoin('candidate', 'candidate.id', 'interview.candidate_id')
          .select('interview.id')
          .where('candidate.remote_id', '=', candidate.id)
          .executeTakeFirstOrThrow();
        return row.id;
      };
      /** What was asked for is committed before the hub dies, also where the answer is lost. */
      const ask = async (path: string, body: object): Promise<void> => {
        await rig.api.post(path, body).catch(() => undefined);
      };
      let expected = 0;
      /** So many mails more have come, and everything rests. */
      const rest = (what: string, more: number) => async (): Promise<void> => {
        expected += more;
        await until(
          what,
          async () => sent() === expected && (await isAtRest(rig.db)),
          rig.patience(20_000),
        );
      };
      return {
        next,
        move: () =>
          ask('/interviews', {
            connectionId,
            candidateId: candidate.id,
            layer: {
              texts: {
                interviewerInvite: {
                  title: '$Event.Name',
                  body: 'Room: $Event.CodeSignal.Live.Link\nFeedback: $Event.Feedback.Link|none',
                },
                candidateInvite: { title: 'Your day', body: '$Event.CodeSignal.Live.Link' },
                candidateMail: null,
              },
            },
            events: people.map((personId, index) => ({
              name: `Event ${String(index)}`,
              minutes: 60,
              start: new Date(first + index * hour).toISOString(),
              seats: [{ from: { kind: 'people', personIds: [personId] } }],
            })),
          }),
        moved: rest('everybody is invited', 3),
        finish: async () =>
          ask(`/interviews/${await interviewId()}/reschedule`, {
            start: new Date(first + 6 * hour).toISOString(),
          }),
        finished: rest('everybody knows of the move', 3),
        verify: () => {
          const [panel, ...others] = panels();
          assert.deepEqual(others, [], 'one panel');
          assert.equal(panel?.interviews.length, names.length);
          assert.equal(sessions().length, names.length, 'one session for each event');
          assert.equal(sent(), 6, 'one invite and one update for each of three');
          return Promise.resolve();
        },
        changeSender: async () => {
          const settings = { fromAddress: `turn${String(turn)}@robotics.example` };
          await rig.api
            .call('PATCH', `/connections/${server}`, { settings })
            .catch(() => undefined);
        },
        senderChanged: rest('everybody is uninvited by the old sender and invited by the new', 6),
        cancel: async () => ask(`/interviews/${await interviewId()}/cancel`, {}),
        cancelled: rest('everybody knows that it is off', 3),
        mails: watchMails(rig, before),
        verifyCancelled: () => {
          assert.deepEqual(panels(), []);
          assert.deepEqual(
            sessions().filter(({ status }) => status !== 'deleted'),
            [],
          );
          return Promise.resolve();
        },
      };
    };
    return next();
  },
};

/** No answer has a head here at which the hub could die: it is killed while it waits for one. */
const unanswered = 'C6:mail';

type Phase = 'schedule' | 'reschedule' | 'change sender' | 'cancel';

const killed = (failpoint: string, phase: Phase): Promise<void> =>
  onStage(scheduler, async ({ started, killAt, killWhen }) => {
    const panel = started as Panel;
    const { mails } = panel;
    const kill = (work: () => Promise<void>): Promise<void> =>
      failpoint === unanswered
        ? killWhen('the server has taken a mail', mails.leaveUnanswered(), work, mails.atDeath)
        : killAt(failpoint, work, mails.atDeath);
    const act = (which: Phase, work: () => Promise<void>): Promise<void> =>
      which === phase ? kill(work) : work();
    await act('schedule', panel.move);
    await panel.moved();
    await act('reschedule', panel.finish);
    await panel.finished();
    await panel.verify();
    if (phase === 'change sender') {
      await kill(panel.changeSender);
      await panel.senderChanged();
      mails.verifyReplaced();
    }
    await act('cancel', panel.cancel);
    await panel.cancelled();
    await panel.verifyCancelled();
    mails.verify();
    if (failpoint === unanswered) mails.verifyRepeated();
  });

const caseOf = (phase: Phase, failpoint: string): CrashCase => ({
  name: `Scheduling: killed in ${phase} (${failpoint})`,
  run: () => killed(failpoint, phase),
});

const points = ['C3', 'C4', 'C5', 'C6', 'C7', 'C9'];

const phases = ['schedule', 'reschedule', 'cancel'] as const;

/** Some of them, for every run. */
export const schedulingCases: readonly CrashCase[] = [
  caseOf('schedule', 'C6:live_session'),
  caseOf('schedule', 'C5:mail'),
  caseOf('schedule', 'C6:mail'),
  caseOf('schedule', 'C9:mail'),
  caseOf('reschedule', 'C7:mail'),
  caseOf('reschedule', 'C6:ats_interview'),
  caseOf('change sender', 'C9:mail'),
  caseOf('cancel', 'C4:mail'),
];

/** The rest, for the bench. */
export const furtherSchedulingCases: readonly CrashCase[] = [
  ...phases.flatMap((phase) => [
    caseOf(phase, 'C2:reconcile-interview'),
    ...points.map((point) => caseOf(phase, `${point}:ats_interview`)),
    ...points.map((point) => caseOf(phase, `${point}:mail`)),
  ]),
  ...points.map((point) => caseOf('change sender', `${point}:mail`)),
  // A move leaves the sessions alone.
  ...(['schedule', 'cancel'] as const).flatMap((phase) =>
    points.map((point) => caseOf(phase, `${point}:live_session`)),
  ),
].filter(({ name }) => !schedulingCases.some((one) => one.name === name));
