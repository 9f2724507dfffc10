/** Lists come in pages: `{ items, next }`, where `next` is an opaque cursor or null. */
import { z } from '@hono/zod-openapi';
import { LoopwrightError } from '#core/errors.ts';
import { decodeCursor, encodeCursor } from '#store/database.ts';

export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(50)
    .openapi({ description: 'How many at most.' }),
  cursor: z.string().max(500).optional().openapi({ description: '`next` of the page before.' }),
};

/** Of lists that are searched by the names in them. */
export const searchQuery = {
  ...pageQuery,
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'Part of a name, address or subject in it, in any case.' }),
};

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: 'Cursor of the next page; null: none.' }),
  });

type Part = 'text' | 'number';
type Values<Parts extends readonly Part[]> = {
  [Index in keyof Parts]: Parts[Index] extends 'number' ? number : string;
};

/** Reads a cursor of the named parts; null starts at the beginning. Throws `cursor_invalid`. */
export const readCursor = <const Parts extends readonly Part[]>(
  cursor: string | undefined,
  parts: Parts,
): Values<Parts> | null => {
  if (cursor === undefined) return null;
  const values = decodeCursor(cursor);
  const fits = (value: string | number | undefined, part: Part): boolean =>
    part === 'number'
      ? Number.isSafeInteger(value) && Math.abs(Number(value)) < 8e15
      : typeof value === 'string' && !value.includes('\0');
  if (values.length !== parts.length || !parts.every((part, index) => fits(values[index], part))) {
    throw new LoopwrightError(
      'cursor_invalid',
      422,
      'list: the cursor is not one of this list. Start again without a cursor.',
      'cursor',
    );
  }
  return values as Values<Parts>;
};

/**
 * Cuts a page out of rows that were read with `limit + 1`: the extra one only tells that there is
 * more.
 */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  position: (row: Row) => ReadonlyArray<string | number>,
): { items: Item[]; next: string | null } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next: rows.length > limit && last !== undefined ? encodeCursor(...position(last)) : null,
  };
};
