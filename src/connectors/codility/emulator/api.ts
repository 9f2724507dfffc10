/** Manners of the API that its parts share: paging, and errors as Django REST makes them [inferred]. */
import type { Context } from 'hono';
import type { z } from 'zod';

const pageSize = 20;

/** `{count, next, previous, results}`, where `next` is a whole address [code]. */
export const paged = <T>(
  c: Context,
  origin: string,
  items: readonly T[],
  present: (item: T) => unknown,
): Response => {
  const page = Math.max(1, Number(c.req.query('page') ?? '1') || 1);
  const at = (number: number): string | null => {
    if (number < 1 || (number - 1) * pageSize >= Math.max(1, items.length)) return null;
    const query = new URLSearchParams({ ...c.req.query(), page: String(number) });
    return `${origin}/api${c.req.path}?${query.toString()}`;
  };
  return c.json({
    count: items.length,
    next: at(page + 1),
    previous: at(page - 1),
    results: items.slice((page - 1) * pageSize, page * pageSize).map(present),
  });
};

const details: Record<number, string> = {
  401: 'Invalid token.',
  403: 'You do not have permission to perform this action.',
  404: 'Not found.',
  405: 'Method not allowed.',
  429: 'Request was throttled.',
};

export const refuse = (
  c: Context,
  status: number,
  detail = details[status] ?? 'Error.',
): Response => {
  const response = c.json({ detail }, status as 400);
  // 500 an hour: one more is earned after 7.2 seconds.
  if (status === 429) response.headers.set('retry-after', '8');
  return response;
};

/** 400 with a list of sentences under each field that is wrong. */
export const refuseFields = (c: Context, error: z.ZodError): Response => {
  const fields = error.issues.map((issue) => String(issue.path[0] ?? 'non_field_errors'));
  return c.json(
    Object.fromEntries(fields.map((field) => [field, ['This value is not valid.']])),
    400,
  );
};

/** Undefined where the body is no JSON. */
export const bodyOf = async (c: Context): Promise<unknown> => {
  try {
    return JSON.parse(await c.req.text()) as unknown;
  } catch {
    return undefined;
  }
};
