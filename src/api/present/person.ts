/** Interviewers as the API shows them, and what they are tied to. */
import { z } from '@hono/zod-openapi';
import type { Ties } from '#jobs/person-ties.ts';
import type { CalendarState } from '#jobs/person-calendars.ts';
import type { PersonRow } from '#store/people.ts';
import { at, time } from '../document.ts';
import { versionField } from '../version.ts';
import { PersonFieldsSchema } from './scheduling-input.ts';

export const PersonSchema = PersonFieldsSchema.omit({ busySources: true })
  .required({ hours: true })
  .extend({
    id: z.string(),
    busySources: z.array(z.string()),
    bounced: z
      .object({ at: time, error: z.string() })
      .nullable()
      .openapi({ description: 'The newest mail to this address was refused for good.' }),
    version: versionField,
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Person');

export const TiesSchema = z
  .object({
    atsUsers: z
      .array(
        z.object({ connectionId: z.string(), name: z.string(), userId: z.string().nullable() }),
      )
      .openapi({
        description:
          'One for each ATS that takes interviews. Null: nobody there has this address, so the person cannot be put into its interviews.',
      }),
    pools: z.array(z.object({ id: z.string(), name: z.string() })),
    templates: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .openapi({ description: 'That name the person for a seat.' }),
    interviews: z
      .array(z.object({ id: z.string(), start: time }))
      .openapi({ description: 'To come, the next first.' }),
  })
  .openapi('PersonTies');

export const CalendarStateSchema = z
  .object({
    connectionId: z.string(),
    state: z.enum(['ok', 'unknown']).openapi({
      description: 'Whoever’s calendar is unknown is not taken to be free.',
    }),
    busy: z.int().nullable().openapi({ description: 'Busy times in the week to come.' }),
    text: z.string().nullable().openapi({ description: 'Why it is unknown, and the remedy.' }),
  })
  .openapi('CalendarState');

export const ImportSchema = z
  .object({ added: z.int(), known: z.int(), withoutAddress: z.int() })
  .openapi('PeopleImport');

export const ImportPreviewSchema = z
  .object({
    added: z.array(z.object({ name: z.string(), email: z.string() })),
    known: z.int().openapi({ description: 'They are there already and stay as they are.' }),
    withoutAddress: z.array(z.string()).openapi({ description: 'They are left out.' }),
    missing: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })).openapi({
      description: 'Active people of the hub whom this ATS does not know.',
    }),
  })
  .openapi('PeopleImportPreview');

export const presentPerson = (
  row: PersonRow,
  busySources: string[],
  bounced: { at: number; error: string } | undefined,
): z.infer<typeof PersonSchema> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  title: row.title,
  bio: row.bio,
  linkedIn: row.linked_in,
  zone: row.zone,
  hours: row.hours,
  daysOff: row.days_off,
  perDay: row.per_day,
  perWeek: row.per_week,
  preferred: row.preferred,
  buffer: { before: row.buffer_before, after: row.buffer_after },
  tags: row.tags,
  active: row.active,
  busySources,
  bounced: bounced ? { at: at(bounced.at), error: bounced.error } : null,
  version: row.version,
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
});

export const presentTies = (ties: Ties): z.infer<typeof TiesSchema> => ({
  ...ties,
  interviews: ties.interviews.map(({ id, start }) => ({ id, start: at(start) })),
});

export const presentCalendar = (one: CalendarState): z.infer<typeof CalendarStateSchema> => ({
  ...one,
  state: one.busy === null ? 'unknown' : 'ok',
});
