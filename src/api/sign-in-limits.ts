/** How often somebody may try to get in, or call by a secret address, over all processes of the hub. */
import { createHash } from 'node:crypto';
import { countAttempt, takeBackAttempt } from '#store/sign-in-window.ts';
import type { Executor } from '#store/database.ts';
import { ProblemError } from './problem.ts';

const minute = 60_000;

const limits = {
  /** Whole offices may share an address. */
  address: { most: 30, window: minute },
  account: { most: 10, window: 15 * minute },
  /** Mails that a stranger can make the hub send to somebody. */
  forgot: { most: 3, window: 60 * minute },
  /** Looks at one page by its link: the candidate's asks anew each minute in each window. */
  page: { most: 120, window: minute },
  /** Reads of one calendar feed: several devices, and somebody who presses *Refresh*. */
  feed: { most: 12, window: minute },
  /** A session that somebody left open must not help to guess the password. */
  password: { most: 10, window: 15 * minute },
} as const;

export type LimitKind = keyof typeof limits;

/** Addresses and accounts are counted under their hash: no list of them comes about. */
const nameOf = (kind: LimitKind, subject: string): string =>
  `${kind}/${createHash('sha256').update(subject.toLowerCase()).digest('base64url')}`;

/** Counts an attempt; answers with the seconds to wait, where there were too many. */
export const waitAfterAttempt = async (
  db: Executor,
  kind: LimitKind,
  subject: string,
): Promise<number | null> => {
  const wait = await countAttempt(db, nameOf(kind, subject), limits[kind]);
  return wait === null ? null : Math.ceil(wait / 1_000);
};

/** Throws `too_many_attempts`. Known and unknown accounts are counted alike. */
export const allowAttempt = async (
  db: Executor,
  kind: LimitKind,
  subject: string,
): Promise<void> => {
  const retryAfter = await waitAfterAttempt(db, kind, subject);
  if (retryAfter === null) return;
  throw new ProblemError({
    status: 429,
    code: 'too_many_attempts',
    detail: 'sign-in: there were too many attempts. Wait as long as Retry-After says.',
    retryAfter,
  });
};

/** A good attempt does not count for its address, and ends the count of its account. */
export const forgiveAttempt = async (
  db: Executor,
  kind: LimitKind,
  subject: string,
): Promise<void> => takeBackAttempt(db, nameOf(kind, subject), kind !== 'address');
