/** Rows that people change count their changes, so that nobody overwrites what was never looked at. */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

/** Set by every statement that changes what a person may have been looking at, and by no other. */
export const changedNow = {
  version: sql<number>`version + 1`,
  updated_at: sql<Date>`now()`,
};

/** Throws where a change may not take the place of what stands there now. */
export type MayReplace = (db: Executor, now: { version: number }) => Promise<void>;
