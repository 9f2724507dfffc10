/** Calendar entries by their uid: the number that was sent last, and what people answered. */
import type { Executor, Row } from './database.ts';

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

export const rsvpsOf = async (db: Executor, interviewId: string): Promise<RsvpRow[]> =>
  db.selectFrom('rsvp').selectAll().where('interview_id', '=', interviewId).execute();
