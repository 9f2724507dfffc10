/** Pieces of route definitions that all routes share. */
import { z } from '@hono/zod-openapi';
import { ProblemSchema } from './problem.ts';

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

/**
 * A body that may be what was read before, given back whole: what the answer tells and the input does
 * not take is passed over.
 */
export const bodyReadBefore = <Input extends z.ZodObject>(input: Input, answer: z.ZodObject) => {
  const told = Object.keys(answer.shape).filter((name) => !(name in input.shape));
  const taken = (given: unknown): unknown =>
    typeof given === 'object' && given !== null
      ? Object.fromEntries(Object.entries(given).filter(([name]) => !told.includes(name)))
      : given;
  return body(z.preprocess(taken, input));
};

/** Every route may answer with a problem document. */
export const problems = {
  default: {
    description: 'What failed, and what to do.',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
};

/** Ids of ours are short and plain; anything else is a wrong address. */
export const idParam = z.object({ id: z.string().regex(/^[a-z]{2}_[0-9a-z]{1,40}$/) });

/** Database sequences: at most 15 digits, so that they fit a JavaScript number. */
export const numberParam = z.object({ id: z.string().regex(/^\d{1,15}$/) });

/** In a query. */
export const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

export const time = z.iso.datetime().openapi({ description: 'ISO 8601, UTC.' });

/** Instants are milliseconds inside and ISO 8601 outside. */
export const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const maybeAt = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : at(milliseconds);

/** Something with a name that people gave or chose. */
export const nameText = z.string().trim().min(1).max(200);
/** An id as a vendor issues it. */
export const vendorId = z.string().min(1).max(300);

export const acceptedSchema = z
  .object({ queued: z.literal(true) })
  .openapi('Accepted', { description: 'The work is queued and done soon.' });
