/** Calendar entries by their uid: the number that was sent last, and what people answered. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Executor, Row } from './database.ts';
import type { RsvpStatus } from './schema-scheduling.ts';

export type RsvpRow = Row<'rsvp'>;

/**
 * The number for this content: the one that was sent already, or the next. All who share an entry get
 * the same number for the same content. The caller holds the interview.
 */
export const nextSequence = async (
  tx: Executor,
  entry: {
    uid: string;
    interviewId: string;
    fingerprint: string;
    /** When it takes place; answers to other times do not count for these. */
    times: string;
  },
): Promise<number> => {
  const before = await tx
    .selectFrom('invite')
    .selectAll()
    .where('uid', '=', entry.uid)
    .forUpdate()
    .executeTakeFirst();
  if (before?.fingerprint === entry.fingerprint) return before.sequence;
  const sequence = before ? before.sequence + 1 : 0;
  const stays = before !== undefined && before.times === entry.times;
  const times = { times: entry.times, times_sequence: stays ? before.times_sequence : sequence };
  await tx
    .insertInto('invite')
    .values({
      uid: entry.uid,
      interview_id: entry.interviewId,
      sequence,
      fingerprint: entry.fingerprint,
      ...times,
    })
    .onConflict((conflict) =>
      conflict.column('uid').doUpdateSet({ sequence, fingerprint: entry.fingerprint, ...times }),
    )
    .execute();
  return sequence;
};

/** The number of what was last sent of an entry; 0: nothing was. */
export const sequenceOf = async (db: Executor, uid: string): Promise<number> => {
  const query = db.selectFrom('invite').select('sequence').where('uid', '=', uid);
  return (await query.executeTakeFirst())?.sequence ?? 0;
};

/** The same for many entries; one that nobody was sent is missing. */
export const sequencesOf = async (
  db: Executor,
  uids: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (uids.length === 0) return new Map();
  const query = db
    .selectFrom('invite')
    .select(['uid', 'sequence'])
    .where('uid', 'in', [...uids]);
  return new Map((await query.execute()).map(({ uid, sequence }) => [uid, sequence]));
};

export interface Reply {
  uid: string;
  /** Lower case. */
  address: string;
  status: RsvpStatus;
  sequence: number;
  /** Milliseconds since the epoch. */
  stamp: number;
  comment: string | null;
}

/** The interview that an entry belongs to. Throws `not_found`. */
export const findInviteOwner = async (db: Executor, uid: string): Promise<string> => {
  const row = await db
    .selectFrom('invite')
    .select('interview_id')
    .where('uid', '=', uid)
    .executeTakeFirst();
  if (!row) throw notFound('invite', uid);
  return row.interview_id;
};

/** False when a later answer of this person is there already. */
export const recordReply = async (
  tx: Executor,
  interviewId: string,
  reply: Reply,
): Promise<boolean> => {
  const { uid, address, status, sequence, comment } = reply;
  const stamp = new Date(reply.stamp);
  const row = await tx
    .insertInto('rsvp')
    .values({ uid, address, interview_id: interviewId, status, sequence, stamp, comment })
    .onConflict((conflict) =>
      conflict
        .columns(['uid', 'address'])
        .doUpdateSet({ status, sequence, stamp, comment, received_at: sql<Date>`now()` })
        .where(sql<boolean>`(rsvp.sequence, rsvp.stamp) < (excluded.sequence, excluded.stamp)`),
    )
    .returning('uid')
    .executeTakeFirst();
  return row !== undefined;
};

/** Answers to the times as they are now, the newest first. */
export const rsvpsOf = async (db: Executor, interviewIds: readonly string[]): Promise<RsvpRow[]> =>
  interviewIds.length === 0
    ? []
    : db
        .selectFrom('rsvp')
        .innerJoin('invite', 'invite.uid', 'rsvp.uid')
        .selectAll('rsvp')
        .where('rsvp.interview_id', 'in', [...interviewIds])
        .whereRef('rsvp.sequence', '>=', 'invite.times_sequence')
        .orderBy('rsvp.received_at', 'desc')
        .execute();
