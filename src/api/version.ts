/**
 * Two who change the same thing: whoever comes second is told who was first, and overwrites nothing
 * that was not looked at. Answers tell a version and its `ETag`; `If-Match` brings it back.
 */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { lastChangeOf } from '#store/audit.ts';
import type { Executor } from '#store/database.ts';
import type { MayReplace } from '#store/version.ts';
import type { ApiEnv } from './context.ts';
import { at, json } from './document.ts';
import { ProblemError } from './problem.ts';

export const versionField = z.int().openapi({
  description:
    'Counts what was changed by people, or followed the ATS. In quotation marks it is the `ETag`.',
});

// A proxy that compresses answers marks them as weak; the number is the same.
const tag = /^(?:W\/)?"(\d{1,9})"$/;

/** Versions that a change may replace; undefined: any. */
export type Expected = number[] | undefined;

export const ifMatch = z.object({
  'If-Match': z
    .string()
    .transform((text): Expected => (text.trim() === '*' ? undefined : readTags(text)))
    .refine((versions) => versions?.every((one) => !Number.isNaN(one)) ?? true, {
      error:
        'It is no ETag of this hub. Give the one of the answer that you looked at, such as "3"',
    })
    .optional()
    .openapi({
      type: 'string',
      example: '"3"',
      description:
        'The `ETag` of what you looked at. Was it changed since, nothing is done: 412, `changed_meanwhile`. Left out: whatever it is now is replaced.',
    }),
});

const readTags = (text: string): number[] =>
  text.split(',').map((one) => Number(tag.exec(one.trim())?.[1] ?? NaN));

/** The answer that shows one thing with its version. */
export const versioned = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema, description),
  headers: z.object({ ETag: z.string().openapi({ description: 'Its version, for `If-Match`.' }) }),
});

export const tagged = <Shown extends { version: number }>(
  c: Context<ApiEnv>,
  shown: Shown,
): Shown => {
  c.header('etag', `"${String(shown.version)}"`);
  return shown;
};

/** Throws `changed_meanwhile`. The caller holds the lock of the row that `now` was read from. */
export const mustMatch = async (
  db: Executor,
  expected: Expected,
  now: number,
  about: { noun: string; id: string },
): Promise<void> => {
  if (expected === undefined || expected.includes(now)) return;
  const last = await lastChangeOf(db, about.id);
  throw new ProblemError({
    status: 412,
    code: 'changed_meanwhile',
    detail: `${about.noun}: ${last?.by ?? 'somebody'} changed it meanwhile, so nothing was done. Look at it as it is now, then decide again.`,
    field: 'If-Match',
    ...(last === null ? {} : { changed: { by: last.by, at: at(last.at) } }),
  });
};

/** The same for a job, which holds the lock itself. */
export const matching =
  (expected: Expected, about: { noun: string; id: string }): MayReplace =>
  (db, { version }) =>
    mustMatch(db, expected, version, about);
