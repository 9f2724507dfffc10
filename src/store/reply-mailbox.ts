/** The organizer's mailbox: how far it was read, how it is, and which answers could not be taken. */
import { sql } from 'kysely';
import { inTransaction, instant, type Database, type Executor, type Row } from './database.ts';

export type ReplyMailboxRow = Row<'reply_mailbox'>;
export type ReplyMailRow = Row<'reply_mail'>;

export const findReplyMailbox = async (
  db: Executor,
  name: string,
): Promise<ReplyMailboxRow | null> =>
  (await db.selectFrom('reply_mailbox').selectAll().where('name', '=', name).executeTakeFirst()) ??
  null;

/** Where to go on. Under another `uidValidity` no UID means what it did: everything begins anew. */
export const openReplyMailbox = (
  db: Database,
  name: string,
  uidValidity: string,
): Promise<{ readTo: number; lookedAt: number | null }> =>
  inTransaction(db, async (tx) => {
    await tx
      .insertInto('reply_mailbox')
      .values({ name })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await tx
      .selectFrom('reply_mailbox')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.uid_validity === uidValidity) return { readTo: row.read_to, lookedAt: row.looked_at };
    await tx
      .updateTable('reply_mailbox')
      .set({ uid_validity: uidValidity, read_to: 0 })
      .where('name', '=', name)
      .execute();
    await tx.deleteFrom('reply_mail').where('mailbox', '=', name).execute();
    return { readTo: 0, lookedAt: row.looked_at };
  });

export interface ReplyMailKey {
  mailbox: string;
  uid: number;
}

/** This mail was looked at, and all before it. Never goes back. */
export const moveReadTo = async (db: Executor, { mailbox, uid }: ReplyMailKey): Promise<void> => {
  await db
    .updateTable('reply_mailbox')
    .set({ read_to: sql<number>`greatest(read_to, ${uid}::bigint)` })
    .where('name', '=', mailbox)
    .execute();
};

export const settleLook = async (db: Executor, name: string, at: number): Promise<void> => {
  await db
    .updateTable('reply_mailbox')
    .set({ looked_at: new Date(at), failing_since: null, fault: null })
    .where('name', '=', name)
    .execute();
};

export const failLook = async (
  db: Executor,
  name: string,
  fault: string,
  at: number,
): Promise<void> => {
  const failing_since = new Date(at);
  await db
    .insertInto('reply_mailbox')
    .values({ name, fault, failing_since })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        fault,
        failing_since: sql<Date>`coalesce(reply_mailbox.failing_since, excluded.failing_since)`,
      }),
    )
    .execute();
};

/** Counts one more try that failed. `nextTryAt` null: it was the last one. */
export const failReplyMail = async (
  db: Executor,
  mail: ReplyMailKey & { messageId: string; reason: string; attempts: number },
  at: number,
  nextTryAt: number | null,
): Promise<void> => {
  const { mailbox, uid, messageId, reason, attempts } = mail;
  const next_try_at = nextTryAt === null ? null : new Date(nextTryAt);
  await db
    .insertInto('reply_mail')
    .values({
      mailbox,
      uid,
      message_id: messageId,
      reason,
      attempts,
      first_at: new Date(at),
      next_try_at,
    })
    .onConflict((conflict) =>
      conflict.columns(['mailbox', 'uid']).doUpdateSet({ reason, attempts, next_try_at }),
    )
    .execute();
};

/** The oldest first. */
export const listReplyMails = (
  db: Executor,
  mailbox: string,
  limit: number,
): Promise<ReplyMailRow[]> =>
  db
    .selectFrom('reply_mail')
    .selectAll()
    .where('mailbox', '=', mailbox)
    .orderBy('uid')
    .limit(limit)
    .execute();

export const findDueReplyMails = (
  db: Executor,
  mailbox: string,
  now: number,
): Promise<ReplyMailRow[]> =>
  db
    .selectFrom('reply_mail')
    .selectAll()
    .where('mailbox', '=', mailbox)
    .where('next_try_at', '<=', instant(now))
    .orderBy('next_try_at')
    .limit(100)
    .execute();

export const forgetReplyMails = async (
  db: Executor,
  mailbox: string,
  uids: readonly number[],
): Promise<void> => {
  if (uids.length === 0) return;
  await db
    .deleteFrom('reply_mail')
    .where('mailbox', '=', mailbox)
    .where('uid', 'in', uids)
    .execute();
};
