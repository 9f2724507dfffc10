/** Where and how the panel engine looks for times. */
import { z } from '@hono/zod-openapi';
import { limits } from '#core/panel/model.ts';

export const instant = z.iso.datetime({ offset: true });

export const relaxationKinds = [
  'busy', 'hours', 'day_off', 'limit', 'buffer', 'window', 'days', 'gap', 'lunch', 'order', 'between', 'repeat', 'seat',
] as const; // prettier-ignore

export const searchFields = {
  from: instant.openapi({ description: 'Not before this instant, nor before now.' }),
  to: instant.openapi({ description: `At most ${String(limits.days)} days later.` }),
  windows: z
    .array(
      z
        .strictObject({ start: instant, end: instant })
        .refine(({ start, end }) => Date.parse(start) < Date.parse(end), {
          error: 'It ends before it begins',
        }),
    )
    .min(1)
    .max(500)
    .optional()
    .openapi({
      description:
        'When the candidate can; left out: Monday to Friday, 9 to 17, in the zone of the candidate, or of the place for an onsite.',
    }),
  startEvery: z
    .int()
    .default(15)
    .openapi({
      enum: [5, 10, 15, 20, 30, 60],
      description: 'Events start at multiples of so many minutes of the hour.',
    }),
  repeat: z.boolean().nullable().default(null).openapi({
    description:
      'Whether somebody may sit in several events; null: only who alone is named for several.',
  }),
  relax: z
    .array(
      z.object({
        kind: z.enum(relaxationKinds),
        resourceId: z.string().nullable(),
        eventId: z.string().nullable(),
        index: z.int().nullable(),
        text: z.string().max(1_000).default(''),
      }),
    )
    .max(50)
    .default([])
    .openapi({ description: 'Relaxations of an explanation that are taken.' }),
};

/** Where it may be left out altogether. */
export const maybeSearch = {
  ...searchFields,
  from: searchFields.from.optional(),
  to: searchFields.to.optional(),
};
