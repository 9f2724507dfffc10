/**
 * Every change of an interview is a change of its plan:
 * 1. read what lies outside (calendars) before the transaction,
 * 2. hold the interview and its people, so that two who change at once come one after the other,
 * 3. refuse what cannot be, or record that a coordinator overrode it,
 * 4. store plan, bookings, history and the job that brings the outside in step, all at once.
 */
import { conflict } from '#core/errors.ts';
import type { SeatProblem } from '#core/interview/fill.ts';
import {
  stands,
  type InterviewState,
  type Plan,
  type PlannedEvent,
} from '#core/interview/model.ts';
import { mayDo } from '#core/interview/operations.ts';
import type { SessionResult } from '#core/interview/scene.ts';
import { renewOutlived } from '#core/interview/sessions.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { lockPeople, replaceBookings } from '#store/bookings.ts';
import { lockTimesOf } from '#store/candidate-times.ts';
import { findCandidate } from '#store/candidates.ts';
import { findCompany } from '#store/company.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import {
  changesSince,
  findInterview,
  insertInterview,
  lockInterview,
  recordChange,
  updateInterview,
  type InterviewChange,
  type InterviewRow,
} from '#store/interviews.ts';
import { thingsOf, type ThingRow } from '#store/interview-effects.ts';
import type { Audience } from '#store/schema-scheduling.ts';
import { settle } from '#core/interview/layers.ts';
import { mustBeShown } from './candidate-gone.ts';
import { connectionsOfRole, platformsOf, registryOf } from './interview-scene.ts';
import { withoutOwn } from './busy-times.ts';
import { gatherCrowd, readCalendars } from './interview-people.ts';
import { candidateProblems } from './candidate-times.ts';
import { checkTexts } from './check-texts.ts';
import {
  planInterview,
  reviewSeats,
  surveyGround,
  type PlanProblems,
  type PlanWish,
} from './plan-interview.ts';
import { settleProblems } from './settle-problems.ts';
import type { Hub } from './hub.ts';

export interface Consent {
  actor: Actor;
  /** Codes of problems that the coordinator has seen and takes upon itself. */
  override: readonly string[];
  /** Why, as it stands in the history; empty: nobody said. */
  overrideReason?: string;
  notify: readonly Audience[];
}

const personIds = (plan: Plan): string[] => [
  ...new Set(plan.events.flatMap(({ seats }) => seats.map(({ personId }) => personId))),
];

const linkWait = async (hub: Hub, db: Executor, plan: Plan): Promise<number> => {
  const minutes = plan.linkWaitMinutes ?? settle([(await findCompany(db)).layer]).linkWaitMinutes;
  return hub.now() + minutes * 60_000;
};

export interface CreateWish {
  candidateId: string;
  state: 'draft' | 'hold' | 'confirmed';
  /** In which nothing leaves the hub, and all of it can be taken back. */
  undoSeconds: number;
}

export const createInterview = async (
  hub: Hub,
  wish: CreateWish & PlanWish,
  consent: Consent,
): Promise<InterviewRow> => {
  const ground = await surveyGround(hub, wish);
  return inTransaction(hub.db, async (tx) => {
    const candidate = await findCandidate(tx, wish.candidateId);
    if (candidate.gone || candidate.archived)
      throw conflict(
        'candidate_archived',
        'interview: the candidate is archived or gone in the ATS. Unarchive it there first.',
      );
    await lockTimesOf(tx, candidate);
    // Who is asked for is known only when seats are filled; everybody who may be is held.
    await lockPeople(tx, [...ground.crowd.rows.keys()]);
    const { plan, problems } = await planInterview(tx, { ...wish, candidate }, ground, null);
    const overridden =
      wish.state === 'draft' ? [] : settleProblems(problems, consent.override, plan);
    const sendAt = wish.undoSeconds > 0 ? hub.now() + wish.undoSeconds * 1_000 : null;
    const row = await insertInterview(tx, {
      state: wish.state,
      connectionId: wish.connectionId,
      candidateId: candidate.id,
      templateId: wish.templateId,
      plan,
      notify: consent.notify,
      linkWaitUntil: await linkWait(hub, tx, plan),
      sendAt: wish.state === 'draft' ? null : sendAt,
    });
    if (wish.state !== 'draft') await replaceBookings(tx, row.id, plan);
    await note(tx, row, consent, wish.state === 'draft' ? 'draft' : wish.state, overridden);
    const job = { interviewId: row.id };
    if (row.send_at !== null)
      await hub.queue.sendLater(tx, 'reconcile-interview', job, row.send_at);
    else if (wish.state !== 'draft') await hub.queue.send(tx, 'reconcile-interview', job);
    return row;
  });
};

const note = async (
  tx: Executor,
  row: InterviewRow,
  consent: Consent,
  act: string,
  overridden: readonly SeatProblem[],
  about: ChangeDetail = {},
): Promise<void> => {
  const { overrideReason: why = '' } = consent;
  const reason = why === '' ? {} : { reason: why };
  const taken = overridden.length === 0 ? {} : { overridden: overridden.map(({ code, personId, eventId }) => ({ code, personId, eventId })), ...reason };
  const detail = { ...about, ...taken };
  await recordChange(tx, row, consent.actor, act, detail);
  await insertAudit(tx, consent.actor, `interview.${act}`, row.id, detail);
}; // prettier-ignore

/** By their names of then, for they may be gone or called something else later. */
export interface ChangeDetail {
  event?: string;
  changed?: readonly string[];
  from?: string;
  to?: string;
}

export interface ChangeWish {
  /** What the history calls it: `move`, `cancel`, `replace` … */
  act: string;
  /** Which states allow it. */
  needs: Parameters<typeof mayDo>[0];
  /** The revision that the coordinator looked at; null: whatever it is now. */
  revision: number | null;
  plan?: (plan: Plan) => Plan;
  /** What the history tells beside the act, of the plan before it. */
  about?: (plan: Plan) => ChangeDetail;
  state?: InterviewState;
  reason?: string | null;
  flag?: null;
}

/** Throws `interview_changed` with what somebody else did meanwhile. */
const mustBeCurrent = async (
  db: Executor,
  row: InterviewRow,
  revision: number | null,
): Promise<void> => {
  if (revision === null || revision === row.revision) return;
  const changes = await changesSince(db, row.id, revision);
  const said = changes.map((one) => `${one.actor_name}: ${one.act}`).join('; ');
  throw conflict(
    'interview_changed',
    `interview: it was changed since you looked (${said || 'by the hub'}). Look again, then decide.`,
  );
};

export const changeInterview = (
  hub: Hub,
  id: string,
  wish: ChangeWish,
  consent: Consent,
): Promise<InterviewRow> => changeAnd(hub, id, wish, consent, (_tx, row) => Promise.resolve(row));

/** `then` is the last of the same transaction: whatever it throws takes the change back. */
export const changeAnd = async <Answer>(
  hub: Hub,
  id: string,
  wish: ChangeWish,
  consent: Consent,
  then: (tx: Executor, row: InterviewRow) => Promise<Answer>,
): Promise<Answer> => {
  const seen = await findInterview(hub.db, id);
  await mustBeCurrent(hub.db, seen, wish.revision);
  mayDo(wish.needs, seen.state);
  const planned = wish.plan?.(seen.plan) ?? seen.plan;
  const crowd = await gatherCrowd(hub, hub.db, seen.connection_id);
  const read = await readCalendars(hub, crowd, personIds(planned), planned.events);
  const busy = withoutOwn(read, seen.plan);
  const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
  return inTransaction(hub.db, async (tx) => {
    const row = await lockInterview(tx, id);
    // Before what may be done: whoever lost a race reads who was first.
    await mustBeCurrent(tx, row, wish.revision);
    mayDo(wish.needs, row.state);
    const begins = stands(wish.state) || wish.flag === null;
    if (begins) await mustBeShown(tx, row.candidate_id);
    const changed = wish.plan?.(row.plan) ?? row.plan;
    const ground = { id, plan: changed, registry: registryOf(platforms), platforms };
    const plan = renewOutlived(ground, madeAtOf(await thingsOf(tx, id)));
    const state = wish.state ?? row.state;
    const isOn = stands(state);
    const candidate = await findCandidate(tx, row.candidate_id);
    await lockTimesOf(tx, candidate);
    await lockPeople(tx, personIds(plan));
    const problems: PlanProblems = {
      texts: checkTexts(plan, ground.registry),
      seats: [
        ...(await candidateProblems(tx, candidate, plan, id)),
        ...(await reviewSeats(tx, plan, { crowd, busy }, id)),
      ],
    };
    const found = newProblems(problems, row, plan);
    const overridden = isOn ? settleProblems(found, consent.override, plan) : [];
    const change: InterviewChange = {
      plan,
      state,
      notify: consent.notify,
      linkWaitUntil: await linkWait(hub, tx, plan),
      ...(wish.reason === undefined ? {} : { reason: wish.reason }),
      ...(wish.flag === undefined ? {} : { flag: wish.flag }),
    };
    const after = await updateInterview(tx, id, change);
    await replaceBookings(tx, id, isOn ? plan : null);
    await note(tx, after, consent, wish.act, overridden, wish.about?.(row.plan));
    await hub.queue.send(tx, 'reconcile-interview', { interviewId: id });
    return then(tx, after);
  });
}; // prettier-ignore

const madeAtOf = (things: readonly ThingRow[]): ReadonlyMap<string, number> =>
  new Map(
    things.flatMap(({ key, kind, stands, result }): Array<[string, number]> => {
      const made =
        kind === 'live_session' && stands !== null ? (result as SessionResult | null) : null;
      return made ? [[key, made.madeAt]] : [];
    }),
  );

/** Who was optional and is required now is looked at like somebody new. */
const isAsBefore = (before: PlannedEvent, now: PlannedEvent, personId: string): boolean => {
  const seatIn = ({ seats }: PlannedEvent) => seats.find((seat) => seat.personId === personId);
  const seat = seatIn(before);
  return seat !== undefined && (seat.required || seatIn(now)?.required !== true);
};

/** What was accepted when it was scheduled is not asked again while nothing of it changes. */
const newProblems = (problems: PlanProblems, row: InterviewRow, plan: Plan): PlanProblems => {
  if (row.state === 'draft') return problems;
  const unchanged = (eventId: string, personId: string | null): boolean => {
    const before = row.plan.events.find(({ id }) => id === eventId);
    const now = plan.events.find(({ id }) => id === eventId);
    return (
      before !== undefined &&
      now !== undefined &&
      before.start === now.start &&
      before.end === now.end &&
      (personId === null ? before.internal === now.internal : isAsBefore(before, now, personId))
    );
  };
  return {
    ...problems,
    seats: problems.seats.filter(({ eventId, personId }) => !unchanged(eventId, personId)),
  };
};
