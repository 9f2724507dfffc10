/** Answers kept under an `Idempotency-Key`, so that a repeated POST has one effect. */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

export type Reservation =
  | { state: 'fresh' }
  | { state: 'in_flight' }
  | { state: 'other_request' }
  | { state: 'answered'; status: number; body: string };

/** Longer than this, a reservation without an answer is a request that died. */
const abandonedAfterSeconds = 120;

/** Reserves a key for one request; `fingerprint` tells requests apart. */
export const reserve = async (
  db: Executor,
  ownerId: string,
  key: string,
  fingerprint: string,
): Promise<Reservation> => {
  const inserted = await db
    .insertInto('idempotency')
    .values({ owner_id: ownerId, key, fingerprint })
    .onConflict((conflict) =>
      conflict
        .columns(['owner_id', 'key'])
        .doUpdateSet({ fingerprint, created_at: sql<Date>`now()` })
        .where('idempotency.status', 'is', null)
        .where(
          'idempotency.created_at',
          '<',
          sql<number>`now() - ${abandonedAfterSeconds} * interval '1 second'`,
        ),
    )
    .returning('key')
    .executeTakeFirst();
  if (inserted) return { state: 'fresh' };
  const row = await db
    .selectFrom('idempotency')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (row.fingerprint !== fingerprint) return { state: 'other_request' };
  if (row.status === null || row.body === null) return { state: 'in_flight' };
  return { state: 'answered', status: row.status, body: row.body };
};

export const keepAnswer = async (
  db: Executor,
  ownerId: string,
  key: string,
  answer: { status: number; body: string },
): Promise<void> => {
  await db
    .updateTable('idempotency')
    .set({ status: answer.status, body: answer.body })
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .execute();
};

/** A request that failed on our side may be tried again under the same key. */
export const forget = async (db: Executor, ownerId: string, key: string): Promise<void> => {
  await db
    .deleteFrom('idempotency')
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .execute();
};

export const deleteOldAnswers = async (db: Executor): Promise<void> => {
  await db
    .deleteFrom('idempotency')
    .where('created_at', '<', sql<number>`now() - interval '7 days'`)
    .execute();
};
