/** What people, templates and interviews are given as: one declaration for validation and OpenAPI. */
import { z } from '@hono/zod-openapi';
import { isSimpleAddress } from '#core/calendar/invite.ts';
import { overridable } from '#core/interview/fill.ts';
import { nameText, vendorId } from '../document.ts';

const ourId = z.string().regex(/^[a-z]{2}_[0-9a-z]{1,40}$/, 'It is no id of this hub');

/** Also names that others are links to, such as Asia/Kathmandu; no bare offsets. */
const isZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const zone = z
  .string()
  .max(100)
  .refine(isZone, {
    error: 'There is no such time zone. Give an IANA name such as Europe/Berlin',
  })
  .openapi({ description: 'IANA name, such as Europe/Berlin.' });

export const address = z.string().trim().refine(isSimpleAddress, {
  error: 'It is no plain e-mail address. Give one such as ada@example.com',
});

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time such as 09:30');
const spans = z
  .array(
    z
      .strictObject({ from: clock, to: clock })
      .refine(({ from, to }) => from < to, { error: 'It ends before it begins' }),
  )
  .max(10);

export const HoursSchema = z.strictObject({
  mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans,
}); // prettier-ignore

const date = z.iso.date();
const limit = z.int().min(0).max(50).nullable();

export const PersonInputSchema = z
  .strictObject({
    name: nameText,
    email: address,
    title: z.string().trim().max(200).default(''),
    zone,
    hours: HoursSchema.optional().openapi({ description: 'Left out: Monday to Friday, 9 to 17.' }),
    daysOff: z
      .array(
        z
          .strictObject({ from: date, to: date, reason: z.string().trim().max(200).default('') })
          .refine(({ from, to }) => from <= to, { error: 'It ends before it begins' }),
      )
      .max(200)
      .default([]),
    perDay: limit.default(null).openapi({ description: 'Interviews a day at most; null: any.' }),
    perWeek: limit.default(null).openapi({ description: 'Interviews a week at most; null: any.' }),
    tags: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
    active: z.boolean().default(true),
    busySources: z.array(ourId).max(10).default([]).openapi({
      description: 'Connections that tell when the person is taken.',
    }),
  })
  .openapi('PersonInput');

export const PoolInputSchema = z
  .strictObject({
    name: nameText,
    expression: z.string().trim().min(1).max(1_000).openapi({
      description: 'Tags joined by AND, OR and NOT: `backend AND NOT trainee`.',
    }),
  })
  .openapi('PoolInput');

const titled = z.strictObject({
  title: z.string().trim().min(1).max(500),
  body: z.string().max(20_000),
});

export const TextsSchema = z.strictObject({
  candidateMail: z
    .strictObject({ subject: z.string().trim().min(1).max(500), body: z.string().max(20_000) })
    .nullable()
    .optional(),
  candidateInvite: titled.nullable().optional(),
  interviewerInvite: titled.optional(),
  itinerary: z.string().max(2_000).optional(),
});

const formId = vendorId.nullable().default(null);

const SeatSchema = z.strictObject({
  from: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('people'), personIds: z.array(ourId).min(1).max(50) }),
    z.strictObject({ kind: z.literal('pool'), poolId: ourId, count: z.int().min(1).max(20) }),
  ]),
  required: z.boolean().default(true),
  feedbackFormId: formId,
});

const minutes = z.int().min(5).max(24 * 60); // prettier-ignore

const eventFields = {
  name: nameText,
  topic: z.string().trim().max(500),
  minutes,
  location: z.string().trim().max(500),
  internal: z.boolean(),
  seats: z.array(SeatSchema).max(30),
  feedbackFormId: vendorId.nullable(),
  interviewerInvite: titled.nullable(),
};

export const EventTemplateSchema = z.strictObject({
  ...eventFields,
  topic: eventFields.topic.default(''),
  location: eventFields.location.default(''),
  internal: eventFields.internal.default(false),
  seats: eventFields.seats.default([]),
  feedbackFormId: formId,
  interviewerInvite: eventFields.interviewerInvite.default(null),
});

const contact = z
  .strictObject({
    name: nameText,
    email: address,
    title: z.string().trim().max(200).default(''),
    phone: z.string().trim().max(60).default(''),
  })
  .nullable()
  .optional();

const CodingChoiceSchema = z.strictObject({
  connectionId: ourId,
  kind: z.enum(['template', 'test']).nullable(),
  id: vendorId.nullable(),
});

export const LayerSchema = z
  .strictObject({
    interviewName: nameText.optional(),
    remote: z.boolean().optional(),
    zone: zone.optional(),
    texts: TextsSchema.optional(),
    events: z.array(EventTemplateSchema).max(40).optional(),
    order: z.enum(['fixed', 'any']).optional(),
    oneDay: z.boolean().optional(),
    gapMinutes: z.int().min(0).max(600).optional(),
    lunch: z.strictObject({ from: clock, to: clock, minutes }).nullable().optional(),
    bufferMinutes: z.int().min(0).max(240).optional(),
    coding: z.array(CodingChoiceSchema).max(20).optional(),
    recruiter: contact,
    coordinator: contact,
    hiringManager: contact,
    linkWaitMinutes: z.int().min(0).max(1_440).optional(),
    confirmHolds: z.boolean().optional(),
  })
  .openapi('Layer', { description: 'What is left out comes from the layer below.' });

export const TemplateInputSchema = z
  .strictObject({
    name: nameText,
    parentId: ourId.nullable().default(null),
    connectionId: ourId.nullable().default(null),
    jobId: vendorId.nullable().default(null),
    stageId: vendorId.nullable().default(null),
    layer: LayerSchema.default({}),
  })
  .openapi('TemplateInput');

export const CompanyInputSchema = z
  .strictObject({
    name: z.string().trim().max(200).default(''),
    website: z.string().trim().max(300).default(''),
    phone: z.string().trim().max(60).default(''),
    organizer: z.strictObject({ name: nameText, address }).nullable().default(null),
    layer: LayerSchema.default({}),
  })
  .openapi('Company');

const EventWishSchema = z
  .object(eventFields)
  .partial()
  .extend({ start: z.iso.datetime({ offset: true }) })
  .strict();

export const consentFields = {
  override: z
    .array(z.enum(overridable))
    .default([])
    .openapi({ description: 'Conflicts that are taken on knowingly; recorded with the name.' }),
  notify: z
    .array(z.enum(['candidate', 'interviewers']))
    .default(['candidate', 'interviewers'])
    .openapi({ description: 'Who is told of this change.' }),
};

export const InterviewInputSchema = z
  .strictObject({
    connectionId: ourId,
    candidateId: vendorId.openapi({ description: 'Its id in the hub or in the ATS.' }),
    templateId: ourId.nullable().default(null),
    candidateZone: zone.nullable().default(null),
    layer: LayerSchema.default({}),
    note: z.string().trim().max(5_000).default(''),
    events: z.array(EventWishSchema).min(1).max(40),
    state: z.enum(['draft', 'hold', 'confirmed']).default('confirmed'),
    ...consentFields,
  })
  .openapi('InterviewInput');
