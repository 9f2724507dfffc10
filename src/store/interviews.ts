/** Interviews as they are planned, with the history of who changed what. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { InterviewState, Plan } from '#core/interview/model.ts';
import type { Actor } from './audit.ts';
import { instant, newId, type Executor, type Row } from './database.ts';
import { conflicting } from './interview-conflicts.ts';
import { declining } from './interview-declines.ts';
import type { Audience, InterviewFlag } from './schema-scheduling.ts';

export type InterviewRow = Row<'interview'>;
export type InterviewChangeRow = Row<'interview_change'>;

const span = (plan: Plan): { starts_at: Date | null; ends_at: Date | null } => {
  if (plan.events.length === 0) return { starts_at: null, ends_at: null };
  return {
    starts_at: new Date(Math.min(...plan.events.map(({ start }) => start))),
    ends_at: new Date(Math.max(...plan.events.map(({ end }) => end))),
  };
};

export const insertInterview = async (
  tx: Executor,
  interview: {
    state: InterviewState;
    connectionId: string;
    candidateId: string;
    templateId: string | null;
    plan: Plan;
    linkWaitUntil: number;
    /** Until then nothing leaves the hub. */
    sendAt: number | null;
    /** Who is told of it; left out: everybody. */
    notify?: readonly Audience[];
  },
): Promise<InterviewRow> =>
  tx
    .insertInto('interview')
    .values({
      id: newId('iv', 20),
      state: interview.state,
      connection_id: interview.connectionId,
      candidate_id: interview.candidateId,
      template_id: interview.templateId,
      plan: JSON.stringify(interview.plan),
      link_wait_until: new Date(interview.linkWaitUntil),
      ...(interview.notify === undefined ? {} : { notify: [...interview.notify] }),
      send_at: interview.sendAt === null ? null : new Date(interview.sendAt),
      ...span(interview.plan),
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export const findInterview = async (db: Executor, id: string): Promise<InterviewRow> => {
  const row = await db.selectFrom('interview').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('interview', id);
  return row;
};

/** Holds the row until the transaction ends: changes come one after the other. Null: it was taken back. */
export const lockIfThere = async (tx: Executor, id: string): Promise<InterviewRow | null> =>
  (await tx
    .selectFrom('interview')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) ?? null;

export const lockInterview = async (tx: Executor, id: string): Promise<InterviewRow> => {
  const row = await lockIfThere(tx, id);
  if (!row) throw notFound('interview', id);
  return row;
};

/** From now on its things may leave the hub. The caller holds the lock. */
export const openSending = (tx: Executor, id: string): Promise<InterviewRow> =>
  tx
    .updateTable('interview')
    .set({ send_at: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** With its bookings and history. Only of what never left the hub. */
export const deleteInterview = async (tx: Executor, id: string): Promise<void> => {
  await tx.deleteFrom('interview').where('id', '=', id).execute();
};

export interface InterviewChange {
  state?: InterviewState;
  plan?: Plan;
  reason?: string | null;
  notify?: readonly Audience[];
  flag?: InterviewFlag | null;
  linkWaitUntil?: number;
}

/** The next revision. The caller holds the lock. */
export const updateInterview = async (
  tx: Executor,
  id: string,
  change: InterviewChange,
): Promise<InterviewRow> =>
  tx
    .updateTable('interview')
    .set({
      revision: sql<number>`revision + 1`,
      updated_at: sql<Date>`now()`,
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.plan === undefined
        ? {}
        : { plan: JSON.stringify(change.plan), ...span(change.plan) }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...(change.notify === undefined ? {} : { notify: [...change.notify] }),
      ...(change.flag === undefined ? {} : { flag: change.flag }),
      ...(change.linkWaitUntil === undefined
        ? {}
        : { link_wait_until: new Date(change.linkWaitUntil) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** What is said outside of interviews that are not over, and so follows the candidate. */
const spoken = ['hold', 'confirmed'] as const;

/** How many other organizers there were before the one of now. */
export const organizerNumber = ({ organizers }: Pick<InterviewRow, 'organizers'>): number =>
  Math.max(0, organizers.length - 1);

/** No change of the coordinator's: the revision stays. The caller holds the lock. */
export const addOrganizer = async (
  tx: Executor,
  id: string,
  address: string,
): Promise<InterviewRow> =>
  tx
    .updateTable('interview')
    .set({ organizers: sql<string[]>`array_append(organizers, ${address})` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Interviews of which somebody may have an invite. */
export const findInvited = async (db: Executor): Promise<string[]> => {
  const rows = await db
    .selectFrom('interview')
    .select('id')
    .where('state', 'in', [...spoken])
    .where(sql<boolean>`cardinality(organizers) > 0`)
    .execute();
  return rows.map(({ id }) => id);
};

/** Interviews that are not over and reach this person at another address, held in one order. */
export const lockElsewhere = async (
  tx: Executor,
  personId: string,
  email: string,
): Promise<InterviewRow[]> =>
  tx
    .selectFrom('interview')
    .selectAll()
    .where('state', 'in', ['draft', ...spoken])
    .where(
      sql<boolean>`jsonb_path_exists(plan,
        '$.events[*].seats[*] ? (@.personId == $person && @.email != $email)',
        jsonb_build_object('person', ${personId}::text, 'email', ${email}::text))`,
    )
    .orderBy('id')
    .forUpdate()
    .execute();

/** When the reconciler has to look again by itself; null: not before something changes. */
export const setLookAt = async (db: Executor, id: string, at: number | null): Promise<void> => {
  await db
    .updateTable('interview')
    .set({ look_at: at === null ? null : new Date(at) })
    .where('id', '=', id)
    .execute();
};

export const findDueLooks = async (db: Executor, now: number, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('interview')
    .select('id')
    .where('look_at', '<=', instant(now))
    .orderBy('look_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
};

/** Confirmed interviews that were pushed to this ATS and are not over; of these candidacies only. */
export const findPushed = async (
  db: Executor,
  connectionId: string,
  remoteIds: readonly string[] | null,
  now: number,
  limit: number,
): Promise<string[]> => {
  let query = db
    .selectFrom('interview')
    .innerJoin('effect', 'effect.interview_id', 'interview.id')
    .innerJoin('candidate', 'candidate.id', 'interview.candidate_id')
    .select('interview.id')
    .distinct()
    .where('interview.connection_id', '=', connectionId)
    .where('interview.state', '=', 'confirmed')
    .where('interview.ends_at', '>', instant(now))
    .where('effect.kind', '=', 'ats_interview')
    .where('effect.stands', 'is not', null)
    .limit(limit);
  if (remoteIds !== null) query = query.where('candidate.remote_id', 'in', remoteIds);
  return (await query.execute()).map(({ id }) => id);
};

export const spokenInterviewsOf = async (db: Executor, candidateId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('interview')
    .select('id')
    .where('candidate_id', '=', candidateId)
    .where((where) =>
      // Cancelled while the candidate was gone, it may have left something in the ATS.
      where.or([where('state', 'in', [...spoken]), where('flag', '=', 'candidate_gone')]),
    )
    .execute();
  return rows.map(({ id }) => id);
};

export const hasSpokenInterviews = async (db: Executor, connectionId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('interview')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('state', 'in', [...spoken])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

export const recordChange = async (
  tx: Executor,
  row: InterviewRow,
  actor: Actor,
  act: string,
  detail: Record<string, unknown>,
): Promise<void> => {
  await tx
    .insertInto('interview_change')
    .values({
      interview_id: row.id,
      revision: row.revision,
      actor_id: actor.id,
      actor_name: actor.name,
      act,
      detail: JSON.stringify(detail),
    })
    .execute();
};

/** Later than `revision`, oldest first. */
export const changesSince = async (
  db: Executor,
  id: string,
  revision: number,
  limit = 200,
): Promise<InterviewChangeRow[]> =>
  db
    .selectFrom('interview_change')
    .selectAll()
    .where('interview_id', '=', id)
    .where('revision', '>', revision)
    .orderBy('revision')
    .limit(limit)
    .execute();

/** When its times were last changed after `since`; null: they were not. */
export const movedAt = async (db: Executor, id: string, since: number): Promise<number | null> => {
  const row = await db
    .selectFrom('interview_change')
    .select('at')
    .where('interview_id', '=', id)
    .where('act', 'in', ['move', 'reschedule'])
    .where('at', '>', instant(since))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
};

export interface InterviewFilter {
  candidateId?: string | undefined;
  state?: InterviewState | undefined;
  personId?: string | undefined;
  flag?: InterviewFlag | undefined;
  /** In the names of candidate, interview, events and interviewers. */
  search?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  /** What is over comes latest first. */
  when?: { is: 'to_come' | 'over'; now: number } | undefined;
  /** What a person should look at, of those that stand and are not over. */
  trouble?: { is: 'conflict' | 'declined'; now: number } | undefined;
  /** Only candidacies of these jobs; undefined: all. */
  ownJobs?: ReadonlyArray<{ connectionId: string; jobId: string }> | undefined;
  /** Only events of the person with this address; undefined: all. */
  ownEvents?: string | undefined;
  after: { at: number; id: string } | null;
  limit: number;
}

const unscheduled = instant(253_370_764_800_000);

/** By their start, those without one last; of those that are over the latest first. */
export const listInterviews = async (
  db: Executor,
  filter: InterviewFilter,
): Promise<InterviewRow[]> => {
  const start = sql<number>`coalesce(interview.starts_at, ${unscheduled})`;
  let query = db.selectFrom('interview').selectAll('interview');
  if (filter.candidateId !== undefined)
    query = query.where('interview.candidate_id', '=', filter.candidateId);
  if (filter.state !== undefined) query = query.where('interview.state', '=', filter.state);
  if (filter.flag !== undefined) query = query.where('interview.flag', '=', filter.flag);
  if (filter.search) {
    const within = `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where(
      sql<boolean>`(interview.plan->>'name' ilike ${within}
        or exists (select 1 from candidate where candidate.id = interview.candidate_id
          and candidate.name ilike ${within})
        or exists (select 1 from jsonb_array_elements(interview.plan->'events') event
          where event->>'name' ilike ${within}
            or exists (select 1 from jsonb_array_elements(event->'seats') seat
              where seat->>'name' ilike ${within})))`,
    );
  }
  if (filter.from !== undefined) query = query.where('interview.ends_at', '>', instant(filter.from));
  if (filter.to !== undefined) query = query.where('interview.starts_at', '<', instant(filter.to));
  const isOver = filter.when?.is === 'over';
  if (filter.when !== undefined)
    query = query.where('interview.ends_at', isOver ? '<=' : '>', instant(filter.when.now));
  if (filter.trouble !== undefined)
    query = query
      .where('interview.state', 'in', [...spoken])
      .where('interview.ends_at', '>', instant(filter.trouble.now))
      .where(
        filter.trouble.is === 'conflict'
          ? sql<boolean>`exists (select 1 ${conflicting})`
          : sql<boolean>`(exists (select 1 ${declining('candidate')})
              or exists (select 1 ${declining('seat')}))`,
      );
  if (filter.personId !== undefined)
    query = query.where(
      sql<boolean>`exists (select 1 from booking where booking.interview_id = interview.id
        and booking.person_id = ${filter.personId})`,
    );
  if (filter.ownEvents !== undefined)
    query = query.where(
      sql<boolean>`exists (select 1 from booking join person on person.id = booking.person_id
        where booking.interview_id = interview.id and person.email <> ''
        and lower(person.email) = ${filter.ownEvents.toLowerCase()})`,
    );
  if (filter.ownJobs !== undefined) {
    const owned = filter.ownJobs.map((job) => `${job.connectionId} ${job.jobId}`);
    query = query.where(
      sql<boolean>`exists (select 1 from candidate where candidate.id = interview.candidate_id
        and candidate.connection_id || ' ' || candidate.job_id = any(${owned}::text[]))`,
    );
  }
  if (filter.after !== null)
    query = query.where(
      sql<boolean>`(${start}, interview.id) ${sql.raw(isOver ? '<' : '>')}
        (${instant(filter.after.at)}, ${filter.after.id})`,
    );
  const order = isOver ? 'desc' : 'asc';
  return query.orderBy(start, order).orderBy('interview.id', order).limit(filter.limit).execute();
}; // prettier-ignore
