/** What needs a person, and what is under way: read from the ledger, the interviews and the connections. */
import { type RawBuilder, sql } from 'kysely';
import type { EffectKind, EffectState } from '#core/model.ts';
import type { Executor } from './database.ts';
import { instant } from './database.ts';
import { conflicting } from './interview-conflicts.ts';
import { declining } from './interview-declines.ts';
import type { InterviewFlag } from './schema-scheduling.ts';

/** In the order in which they stand there: what holds up most comes first. */
export const needs = [
  'connection_paused',
  'flagged',
  'candidate_declined',
  'interviewer_declined',
  'conflict',
  'effect_unknown',
  'effect_failed',
  'effect_waiting',
] as const;

export const motions = ['hold', 'interview', 'effect_under_way', 'test_out'] as const;

export type TodayKind = (typeof needs)[number] | (typeof motions)[number];
export type Lane = 'needs_me' | 'in_motion';

export interface TodayRow {
  kind: TodayKind;
  /** Of the effect, the interview or the connection; with the kind it is unique. */
  id: string;
  rank: number;
  /** Since when, or, of interviews that are in motion, when. */
  at: number;
  /** Why, in plain words. */
  text: string | null;
  /** Who declined, or in whose way something is. */
  people: string[];
  candidate_id: string | null;
  candidate_name: string | null;
  candidate_url: string | null;
  job: string | null;
  interview_id: string | null;
  interview_name: string | null;
  starts_at: number | null;
  flag: InterviewFlag | null;
  effect_kind: EffectKind | null;
  effect_state: EffectState | null;
  connection_id: string | null;
  connection_name: string | null;
}

export interface TodayFilter {
  lane: Lane;
  kind?: TodayKind | undefined;
  /** Only candidacies of these jobs; undefined: all. */
  ownJobs?: ReadonlyArray<{ connectionId: string; jobId: string }> | undefined;
  /** Whether paused connections are for this reader. */
  connections: boolean;
  now: number;
  after: { rank: number; at: number; id: string } | null;
  limit: number;
}

/** Milliseconds ahead in which an interview is one of the next days. */
const soon = 7 * 86_400_000;

type Branch = RawBuilder<unknown>;
const none = sql`null::text`;
const nobody = sql`'{}'::text[]`;

const interviewsThat = (kind: TodayKind, at: Branch, people: Branch, where: Branch): Branch => sql`
  select ${kind}::text as kind, interview.id, date_trunc('milliseconds', ${at}) as at,
    ${none} as text, ${people} as people, interview.candidate_id, interview.id as interview_id,
    ${none} as effect_kind, ${none} as effect_state, ${none} as connection_id
  from interview
  where interview.state in ('hold', 'confirmed') and ${where}`;

const effectsThat = (kind: TodayKind, at: Branch, where: Branch): Branch => sql`
  select ${kind}::text, effect.id, date_trunc('milliseconds', ${at}), effect.error_text, ${nobody},
    effect.candidate_id, effect.interview_id, effect.kind, effect.state, effect.connection_id
  from effect where ${where}`;

const branches: Record<TodayKind, (now: RawBuilder<unknown>) => Branch> = {
  connection_paused: () => sql`
    select 'connection_paused', connection.id, date_trunc('milliseconds', connection.updated_at),
      connection.pause_text, ${nobody}, ${none}, ${none}, ${none}, ${none}, connection.id
    from connection where connection.state = 'paused'`,
  flagged: (now) =>
    interviewsThat(
      'flagged',
      sql`interview.updated_at`,
      nobody,
      sql`interview.flag is not null and interview.ends_at > ${now}`,
    ),
  candidate_declined: (now) =>
    interviewsThat(
      'candidate_declined',
      sql`(select min(rsvp.received_at) ${declining('candidate')})`,
      nobody,
      sql`interview.ends_at > ${now} and exists (select 1 ${declining('candidate')})`,
    ),
  interviewer_declined: (now) =>
    interviewsThat(
      'interviewer_declined',
      sql`(select min(rsvp.received_at) ${declining('interviewer')})`,
      sql`array(select distinct seat->>'name' ${declining('interviewer')})`,
      sql`interview.ends_at > ${now} and exists (select 1 ${declining('interviewer')})`,
    ),
  conflict: (now) =>
    interviewsThat(
      'conflict',
      sql`(select min(person.updated_at) ${conflicting})`,
      sql`array(select distinct person.name ${conflicting})`,
      sql`interview.ends_at > ${now} and exists (select 1 ${conflicting})`,
    ),
  effect_unknown: () =>
    effectsThat('effect_unknown', sql`effect.updated_at`, sql`effect.state = 'unknown'`),
  effect_failed: () =>
    effectsThat('effect_failed', sql`effect.updated_at`, sql`effect.state = 'failed'`),
  effect_waiting: () =>
    effectsThat('effect_waiting', sql`effect.created_at`, sql`effect.state = 'waiting'`),
  hold: (now) =>
    interviewsThat(
      'hold',
      sql`interview.starts_at`,
      nobody,
      sql`interview.state = 'hold' and interview.ends_at > ${now}`,
    ),
  interview: (now) =>
    interviewsThat(
      'interview',
      sql`interview.starts_at`,
      nobody,
      sql`interview.state = 'confirmed' and interview.ends_at > ${now}
        and interview.starts_at < ${now} + ${soon} * interval '1 millisecond'`,
    ),
  effect_under_way: () =>
    effectsThat(
      'effect_under_way',
      sql`effect.created_at`,
      sql`effect.state in ('owed', 'started')`,
    ),
  test_out: () => sql`
    select 'test_out', assessment.effect_id, date_trunc('milliseconds', assessment.created_at),
      assessment.test_name, ${nobody}, assessment.candidate_id, effect.interview_id, effect.kind,
      effect.state, assessment.connection_id
    from assessment join effect on effect.id = assessment.effect_id
    where assessment.status in ('invited', 'started')`,
};

/** Interviews by their start, everything else the oldest first. */
const ranks: Readonly<Record<TodayKind, number>> = {
  ...(Object.fromEntries(needs.map((kind, index) => [kind, index])) as Record<TodayKind, number>),
  hold: 0,
  interview: 0,
  effect_under_way: 1,
  test_out: 2,
};

export const listToday = async (db: Executor, filter: TodayFilter): Promise<TodayRow[]> => {
  const { lane, kind, ownJobs, after } = filter;
  const kinds = (lane === 'needs_me' ? needs : motions).filter(
    (one) =>
      (kind === undefined || kind === one) && (one !== 'connection_paused' || filter.connections),
  );
  const [first, ...rest] = kinds.map((one) => branches[one](instant(filter.now)));
  if (first === undefined) return [];
  const owned = ownJobs?.map((job) => `${job.connectionId} ${job.jobId}`);
  const rank = sql`case found.kind ${sql.join(
    kinds.map((one) => sql`when ${one} then ${sql.lit(ranks[one])}`),
    sql` `,
  )} end`;
  const { rows } = await sql<TodayRow>`
    with found (kind, id, at, text, people, candidate_id, interview_id, effect_kind, effect_state,
      connection_id) as (${rest.reduce((all, one) => sql`${all} union all ${one}`, first)}),
    ranked as (select found.*, ${rank} as rank from found),
    page as (
      select ranked.* from ranked
      left join candidate on candidate.id = ranked.candidate_id
      where ${owned === undefined ? sql`true` : sql`candidate.connection_id || ' ' || candidate.job_id = any(${owned}::text[])`}
        and ${after === null ? sql`true` : sql`(ranked.rank, ranked.at, ranked.id) > (${after.rank}, ${instant(after.at)}, ${after.id})`}
      order by ranked.rank, ranked.at, ranked.id
      limit ${filter.limit})
    select page.*, candidate.name as candidate_name, candidate.url as candidate_url,
      job.name as job, interview.plan->>'name' as interview_name, interview.starts_at,
      interview.flag, connection.name as connection_name
    from page
    left join candidate on candidate.id = page.candidate_id
    left join choice job on job.connection_id = candidate.connection_id and job.kind = 'job'
      and job.remote_id = candidate.job_id
    left join interview on interview.id = page.interview_id
    left join connection on connection.id = page.connection_id
    order by page.rank, page.at, page.id`.execute(db);
  return rows;
}; // prettier-ignore
