/**
 * A panel as the API takes it, and the engine's answers as it shows them: the engine's own words, with
 * instants in ISO 8601. The schemas hold the shape; what numbers and names mean is the engine's to check.
 */
import { z } from '@hono/zod-openapi';
import type { LoopwrightError } from '#core/errors.ts';
import {
  limits,
  terms,
  type Compromise,
  type Explanation,
  type Panel,
  type Placed,
  type Schedule,
  type Solution,
  type Term,
} from '#core/panel/model.ts';
import { at, time } from '../document.ts';
import { relaxationKinds } from './search-input.ts';

const instant = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(300);
const named = z.string().trim().min(1).max(200);
const wall = z.string().max(5).openapi({ description: '`HH:MM`; `24:00` ends a day.' });
const between = z.strictObject({ from: wall, to: wall });
const span = z.strictObject({ start: instant, end: instant });
const minutes = z.int().openapi({ description: 'Minutes.' });
const zone = z.string().max(100).openapi({ description: 'IANA name, such as Europe/Berlin.' });

const spans = z.array(between).default([]);
const HoursSchema = z
  .strictObject({
    mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans,
  })
  .nullable()
  .default(null); // prettier-ignore

const ResourceSchema = z
  .strictObject({
    id,
    name: named,
    kind: z.enum(['person', 'room']).default('person'),
    zone,
    hours: HoursSchema.openapi({ description: 'When it can; null: at any time.' }),
    daysOff: z
      .array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), reason: z.string().max(200).default('') }))
      .default([])
      .openapi({ description: 'Local dates, both inclusive.' }),
    busy: z
      .array(span.extend({ kind: z.enum(['hard', 'soft', 'unknown']).default('hard'), title: z.string().max(500).optional() }))
      .default([])
      .openapi({ description: '`hard`: never. `soft`: tentative. `unknown`: a calendar that could not be read.' }),
    booked: z.array(span).default([]).openapi({ description: 'Interviews that stand already.' }),
    buffer: z.strictObject({ before: minutes, after: minutes }).default({ before: 0, after: 0 }),
    perDay: z.int().nullable().default(null).openapi({ description: 'Interviews a day at most; null: any.' }),
    perWeek: z.int().nullable().default(null).openapi({ description: 'Interviews a week at most; null: any.' }),
    preferred: HoursSchema.openapi({ description: 'Hours that the person likes best.' }),
    met: z.boolean().default(false).openapi({ description: 'Has interviewed this candidate before.' }),
  })
  .openapi('PanelResource'); // prettier-ignore

const GapSchema = z.strictObject({ min: minutes, max: minutes.nullable().default(null) });

const EventSchema = z
  .strictObject({
    id,
    name: named,
    minutes,
    seats: z
      .array(
        z.strictObject({
          id,
          of: z.array(id).openapi({ description: 'Resources that may sit here.' }),
          count: z.int().default(1),
          required: z.boolean().default(true),
          ranked: z.boolean().default(false).openapi({ description: 'The first of `of` is liked best.' }),
        }),
      )
      .default([]),
    between: between.nullable().default(null),
    after: z.array(id).default([]).openapi({ description: 'Events that end before it starts.' }),
    gap: GapSchema.nullable().default(null).openapi({ description: 'Minutes since the event before it; null: the panel’s.' }),
  })
  .openapi('PanelEvent'); // prettier-ignore

const term = z.enum(terms);

export const PanelInputSchema = z
  .strictObject({
    seed: z.int().default(0).openapi({ description: 'Tells equal schedules apart, always in the same way.' }),
    zone: zone.openapi({ description: 'The candidate’s, or the place’s: days, lunch and the lattice are counted in it.' }),
    horizon: span.openapi({ description: `At most ${String(limits.days)} days.` }),
    windows: z.array(span).optional().openapi({ description: 'When the candidate can; left out: always.' }),
    grain: z.int().default(15).openapi({ enum: [5, 15] }).transform((value) => value as Panel['grain']),
    lattice: z.int().default(15).openapi({ description: 'Events start at multiples of so many minutes of the hour.' }),
    resources: z.array(ResourceSchema),
    events: z.array(EventSchema),
    order: z.enum(['fixed', 'any']).default('any'),
    gap: GapSchema.default({ min: 0, max: null }),
    lunch: z.strictObject({ from: wall, to: wall, minutes }).nullable().default(null),
    maxDays: z.int().default(1),
    repeat: z.boolean().default(false).openapi({ description: 'Whether a person may sit in several events.' }),
    limits: z.enum(['keep', 'avoid']).default('keep'),
    buffers: z.enum(['keep', 'avoid']).default('keep'),
    objective: z
      .union([
        z.strictObject({ order: z.array(term) }),
        z.strictObject({ weights: z.partialRecord(term, z.int()) }),
      ])
      .nullable()
      .default(null),
  })
  .openapi('PanelInput'); // prettier-ignore

const PlacedSchema = z
  .strictObject({
    eventId: id,
    start: instant,
    end: instant,
    seats: z.array(z.strictObject({ seatId: id, resourceIds: z.array(id) })),
  })
  .openapi('PanelPlaced');

export const PlacedInputSchema = z.array(PlacedSchema).openapi({
  description: 'The `events` of a schedule that was answered.',
});

const toSpan = ({ start, end }: z.infer<typeof span>) => ({
  start: Date.parse(start),
  end: Date.parse(end),
});

export const toPanel = ({
  horizon,
  windows,
  resources,
  ...rest
}: z.infer<typeof PanelInputSchema>): Panel => ({
  ...rest,
  horizon: toSpan(horizon),
  windows: (windows ?? [horizon]).map(toSpan),
  resources: resources.map(({ busy, booked, ...resource }) => ({
    ...resource,
    busy: busy.map(({ kind, title, ...taken }) => ({
      ...toSpan(taken),
      kind,
      ...(title === undefined ? {} : { title }),
    })),
    booked: booked.map(toSpan),
  })),
});

export const toPlaced = (placed: z.infer<typeof PlacedInputSchema>): Placed[] =>
  placed.map(({ eventId, seats, ...when }) => ({ eventId, ...toSpan(when), seats }));

const score = z.object(Object.fromEntries(terms.map((name) => [name, z.number()])) as Record<Term, z.ZodNumber>).openapi('PanelScore'); // prettier-ignore

export const ScheduleSchema = z
  .object({
    events: z.array(PlacedSchema.extend({ start: time, end: time })),
    score,
    compromises: z.array(
      z.object({
        term,
        eventId: z.string().nullable(),
        resourceId: z.string().nullable(),
        text: z.string(),
      }),
    ),
  })
  .openapi('PanelSchedule');

export const SolutionSchema = z
  .object({
    schedules: z.array(ScheduleSchema).openapi({ description: 'Best first.' }),
    proof: z.enum(['optimal', 'best_found']).openapi({
      description: '`best_found`: the time was up; what was not found is no better than `bound`.',
    }),
    bound: score.nullable(),
  })
  .openapi('PanelSolution');

export const StartsSchema = z
  .object({
    starts: z.array(time),
    complete: z.boolean().openapi({
      description: 'False: the time was up, and some of these may turn out impossible.',
    }),
  })
  .openapi('PanelStarts');

export const ExplanationSchema = z
  .object({
    starts: z.int().openapi({ description: 'How many start times there are.' }),
    causes: z
      .array(z.array(z.object({ kind: z.string(), eventId: z.string().nullable(), text: z.string() })))
      .openapi({ description: 'The smallest sets of rules that leave nothing.' }),
    relaxations: z.array(
      z.object({
        kind: z.enum(relaxationKinds),
        resourceId: z.string().nullable(),
        eventId: z.string().nullable(),
        index: z.int().nullable(),
        text: z.string(),
        opens: z.int().openapi({ description: 'Start times that it opens.' }),
      }),
    ),
    complete: z.boolean().openapi({ description: 'False: the time was up, and more may help.' }),
    remarks: z.array(z.string()).optional().openapi({
      description: 'Of an interview: who is left out, or not known to be free.',
    }),
  })
  .openapi('PanelExplanation'); // prettier-ignore

export const SubstitutesSchema = z
  .object({
    substitutes: z.array(
      z.object({
        resourceId: z.string(),
        score: score.nullable().openapi({ description: 'Null: cannot sit there.' }),
        remarks: z.array(z.string()),
      }),
    ),
  })
  .openapi('PanelSubstitutes');

export const presentSchedule = ({ events, score: reached, compromises }: Schedule) => ({
  events: events.map(({ eventId, start, end, seats }) => ({
    eventId,
    start: at(start),
    end: at(end),
    seats: seats.map(({ seatId, resourceIds }) => ({ seatId, resourceIds: [...resourceIds] })),
  })),
  score: reached,
  compromises: compromises.map((one): Compromise => ({ ...one })),
});

export const presentSolution = ({ schedules, proof, bound }: Solution) => ({
  schedules: schedules.map(presentSchedule),
  proof,
  bound,
});

export const presentExplanation = ({ causes, relaxations, ...rest }: Explanation) => ({
  ...rest,
  causes: causes.map((set) => [...set]),
  relaxations: [...relaxations],
});

/** The engine names fields of the panel; the body holds it as `panel`. */
export const fieldInBody = ({ field }: LoopwrightError): string | undefined => {
  const [top = ''] = field?.split('.') ?? [];
  return top in PanelInputSchema.shape ? `panel.${field ?? ''}` : field;
};
