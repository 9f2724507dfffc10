/** Offset tokens and list envelopes. */
import type { Context } from 'hono';
import { badRequest } from './errors.ts';

export interface Page<T> {
  data: T[];
  hasNext: boolean;
  /** [live] Absent, not null, on the last page. */
  next?: string;
}

export interface Offset {
  position: number;
  at: number;
  /** Id of the first item of the page that the token leads to. [live] */
  id: string;
}

/** [live] The token is handed out URL-encoded already; ordinary clients encode it once more. */
export const encodeOffset = ({ position, at, id }: Offset): string =>
  encodeURIComponent(JSON.stringify([position, at, id]));

export const readLimit = (c: Context): number => {
  const text = c.req.query('limit');
  if (text === undefined) return 100;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw badRequest('limit must be a number from 1 to 100');
  return limit;
};

export const readOffset = (c: Context): Offset | null => {
  const text = c.req.query('offset');
  if (text === undefined || text === '') return null;
  const parsed = decodeUntilParsed(text);
  if (Array.isArray(parsed)) {
    const [position, at, id] = parsed as unknown[];
    if (typeof position === 'number' && typeof at === 'number' && typeof id === 'string')
      return { position, at, id };
  }
  throw badRequest('Invalid offset token');
};

/** Clients encode the token once, twice or not at all; the real API takes them all. [live] */
const decodeUntilParsed = (text: string): unknown => {
  for (let rest = text, round = 0; round < 5; round += 1) {
    try {
      return JSON.parse(rest) as unknown;
    } catch {
      try {
        rest = decodeURIComponent(rest);
      } catch {
        return null;
      }
    }
  }
  return null;
};

/** One page of a list that is short enough to hold. */
export const pageOf = <T>(c: Context, items: readonly T[], idOf: (item: T) => string): Page<T> => {
  const limit = readLimit(c);
  const offset = readOffset(c);
  const found = offset ? items.findIndex((item) => idOf(item) === offset.id) : 0;
  const start = found === -1 ? (offset?.position ?? 0) : found;
  const following = items[start + limit];
  return {
    data: items.slice(start, start + limit),
    hasNext: following !== undefined,
    ...(following === undefined
      ? {}
      : { next: encodeOffset({ position: start + limit, at: 0, id: idOf(following) }) }),
  };
};
