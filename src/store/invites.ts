/** Calendar entries by their uid: the number that was sent last, and what people answered. */
import type { Executor, Row } from './database.ts';
import type { RsvpStatus } from './schema-scheduling.ts';

export type RsvpRow = Row<'rsvp'>;

/**
 * The number for this content: the one that was sent already, or the next. All who share an entry get
 * the same number for the same content. The caller holds the interview.
 */
export const nextSequence = async (
  tx: Executor,
  entry: { uid: string; interviewId: string; fingerprint: string },
): Promise<number> => {
  const before = await tx
    .selectFrom('invite')
    .selectAll()
    .where('uid', '=', entry.uid)
    .forUpdate()
    .executeTakeFirst();
  if (before?.fingerprint === entry.fingerprint) return before.sequence;
  const sequence = before ? before.sequence + 1 : 0;
  await tx
    .insertInto('invite')
    .values({
      uid: entry.uid,
      interview_id: entry.interviewId,
      sequence,
      fingerprint: entry.fingerprint,
    })
    .onConflict((conflict) =>
      conflict.column('uid').doUpdateSet({ sequence, fingerprint: entry.fingerprint }),
    )
    .execute();
  return sequence;
};

export const interviewOfUid = async (db: Executor, uid: string): Promise<string | null> =>
  (await db.selectFrom('invite').select('interview_id').where('uid', '=', uid).executeTakeFirst())
    ?.interview_id ?? null;

/**
 * An answer counts when it is about a later number, or later about the same one (RFC 5546). False:
 * an older answer than the one that is known.
 */
export const recordRsvp = async (
  tx: Executor,
  answer: {
    uid: string;
    address: string;
    interviewId: string;
    status: RsvpStatus;
    sequence: number;
    stamp: number;
    comment: string | null;
  },
): Promise<boolean> => {
  const values = {
    status: answer.status,
    sequence: answer.sequence,
    stamp: new Date(answer.stamp),
    comment: answer.comment,
  };
  const row = await tx
    .insertInto('rsvp')
    .values({
      uid: answer.uid,
      address: answer.address.toLowerCase(),
      interview_id: answer.interviewId,
      ...values,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['uid', 'address'])
        .doUpdateSet({ ...values, received_at: new Date(answer.stamp) })
        .where((where) =>
          where.or([
            where('rsvp.sequence', '<', answer.sequence),
            where.and([
              where('rsvp.sequence', '=', answer.sequence),
              where('rsvp.stamp', '<', where.ref('excluded.stamp')),
            ]),
          ]),
        ),
    )
    .returning('uid')
    .executeTakeFirst();
  return row !== undefined;
};

export const rsvpsOf = async (db: Executor, interviewId: string): Promise<RsvpRow[]> =>
  db.selectFrom('rsvp').selectAll().where('interview_id', '=', interviewId).execute();
