/** What people, templates and interviews are given as: one declaration for validation and OpenAPI. */
import { z } from '@hono/zod-openapi';
import { isSimpleAddress } from '#core/calendar/invite.ts';
import { overridable } from '#core/interview/fill.ts';
import { nameText, vendorId } from '../document.ts';
import { maybeSearch } from './search-input.ts';

export const ourId = z.string().regex(/^[a-z]{2}_[0-9a-z]{1,40}$/, 'It is no id of this hub');

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

const noAddress = 'It is no plain e-mail address. Give one such as ada@example.com';

export const address = z.string().trim().refine(isSimpleAddress, { error: noAddress });

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

const link = z
  .string()
  .trim()
  .max(500)
  .refine((text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
    error: 'It is no address of a page. Give one that begins with https://',
  });

const bufferMinutes = z.int().min(0).max(240);

export const tagText = z.string().trim().min(1).max(60);

export const PersonFieldsSchema = z.strictObject({
  kind: z.enum(['person', 'room']).default('person').openapi({
    description: 'A room is booked as a person is, in a seat of its own.',
  }),
  name: nameText,
  email: z
    .string()
    .trim()
    .refine((text) => text === '' || isSimpleAddress(text), { error: noAddress })
    .openapi({ description: 'Empty for a room that gets no invites.' }),
  title: z.string().trim().max(200).default(''),
  bio: z.string().trim().max(2_000).default('').openapi({
    description: 'Some words about the person, for candidates.',
  }),
  linkedIn: link.default(''),
  zone,
  hours: HoursSchema.optional().openapi({
    description: 'Left out: Monday to Friday, 9 to 17; a room: always.',
  }),
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
  preferred: HoursSchema.nullable().default(null).openapi({
    description: 'Hours that the person likes best for interviews; null: all the same.',
  }),
  buffer: z
    .strictObject({ before: bufferMinutes, after: bufferMinutes })
    .default({ before: 0, after: 0 })
    .openapi({ description: 'Minutes kept free around interviews; a template may ask for more.' }),
  tags: z.array(tagText).max(50).default([]),
  active: z.boolean().default(true),
  busySources: z.array(ourId).max(10).default([]).openapi({
    description: 'Connections that tell when the person is taken.',
  }),
});

export const PersonInputSchema = PersonFieldsSchema.superRefine((one, context) => {
  const refuse = (field: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [field], message });
  };
  if (one.kind === 'person' && one.email === '') refuse('email', noAddress);
  if (one.kind === 'person') return;
  const { perDay, perWeek, preferred, buffer } = one;
  for (const [field, isSaid] of [
    ['perDay', perDay !== null],
    ['perWeek', perWeek !== null],
    ['preferred', preferred !== null],
    ['buffer', buffer.before + buffer.after > 0],
  ] as const)
    if (isSaid) refuse(field, 'A room has no limits, buffers or preferred hours');
}).openapi('PersonInput');

export const PoolInputSchema = z
  .strictObject({
    name: nameText,
    expression: z.string().trim().min(1).max(1_000).openapi({
      description: 'Tags joined by AND, OR and NOT: `backend AND NOT trainee`.',
    }),
  })
  .openapi('PoolInput');

export const titled = z.strictObject({
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

export const CodingChoiceSchema = z.strictObject({
  connectionId: ourId,
  kind: z.enum(['template', 'test']).nullable(),
  id: vendorId.nullable(),
});

/** As a layer keeps it. */
const NamedChoiceSchema = CodingChoiceSchema.extend({
  platform: z.string().optional().openapi({ description: 'Told; what is given is passed over.' }),
  name: z.string().nullable().optional().openapi({ description: 'The vendor’s; told likewise.' }),
});

/** A test is sent once in an interview; an event has a room only. */
const eventCoding = z
  .array(NamedChoiceSchema.extend({ kind: z.enum(['template']).nullable() }))
  .max(20)
  .optional()
  .openapi({
    description:
      'Templates for rooms of its own (`$Event.….Live.Link`) instead of the interview’s; what is not named is as the interview has it. A room with another template gives way to a new one.',
  });

const minutes = z.int().min(5).max(24 * 60); // prettier-ignore

const eventFields = {
  name: nameText,
  topic: z.string().trim().max(500),
  prepare: z.string().trim().max(2_000).openapi({
    description: 'What the candidate is told to prepare or bring.',
  }),
  minutes,
  location: z.string().trim().max(500),
  internal: z.boolean(),
  seats: z.array(SeatSchema).max(30),
  feedbackFormId: vendorId.nullable(),
  interviewerInvite: titled.nullable(),
  coding: eventCoding,
};

export const EventTemplateSchema = z.strictObject({
  ...eventFields,
  topic: eventFields.topic.default(''),
  prepare: eventFields.prepare.optional(),
  location: eventFields.location.default(''),
  internal: eventFields.internal.default(false),
  seats: eventFields.seats.default([]),
  feedbackFormId: formId,
  interviewerInvite: eventFields.interviewerInvite.default(null),
});

/** Of an event that is in the plan already: what is left out stays. */
export const EventChangeFields = {
  ...z
    .object({ ...eventFields, minutes })
    .omit({ seats: true })
    .partial().shape,
  seats: z
    .array(
      z.strictObject({
        personId: ourId,
        required: z.boolean().optional(),
        feedbackFormId: vendorId.nullable().optional(),
      }),
    )
    .max(30)
    .optional()
    .openapi({ description: 'Of people who sit there already.' }),
  removeSeats: z.array(ourId).max(30).optional().openapi({
    description: 'Who sits there no longer.',
  }),
  addSeats: z.array(SeatSchema).max(30).optional().openapi({
    description: 'More seats, filled by the first who are free.',
  }),
};

const contact = z
  .strictObject({
    name: nameText,
    email: address,
    title: z.string().trim().max(200).default(''),
    phone: z.string().trim().max(60).default(''),
    signature: z.string().trim().max(2_000).optional().openapi({ description: 'Below a mail.' }),
  })
  .nullable()
  .optional();

export const LayerSchema = z
  .strictObject({
    interviewName: nameText.optional(),
    remote: z.boolean().optional(),
    zone: zone.optional(),
    placeId: z.string().max(60).nullable().optional().openapi({
      description: 'Of the company’s places; null: at none of them.',
    }),
    texts: TextsSchema.optional(),
    events: z.array(EventTemplateSchema).max(40).optional(),
    order: z.enum(['fixed', 'any']).optional(),
    oneDay: z.boolean().optional().openapi({ description: 'The same as `maxDays` 1.' }),
    maxDays: z.int().min(1).max(5).optional(),
    gapMinutes: z.int().min(0).max(600).optional(),
    maxGapMinutes: z.int().min(0).max(1_440).nullable().optional().openapi({
      description: 'Between two events of a day at most; null: any.',
    }),
    lunch: z.strictObject({ from: clock, to: clock, minutes }).nullable().optional(),
    bufferMinutes: z.int().min(0).max(240).optional(),
    coding: z.array(NamedChoiceSchema).max(20).optional(),
    recruiter: contact,
    coordinator: contact,
    hiringManager: contact,
    linkWaitMinutes: z.int().min(0).max(1_440).optional(),
    hubLinks: z.boolean().optional().openapi({
      description:
        'Live links are addresses of the hub, which lead on to the platform: they stay the same whatever becomes of the room.',
    }),
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

const undoSeconds = z.int().min(0).max(60);

const PlaceSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, 'Use lower-case letters, digits and hyphens')
    .openapi({
      description: 'Chosen by you and kept: templates name the place by it.',
    }),
  name: nameText,
  address: z.string().trim().max(500).default(''),
  mapLink: link.default(''),
  instructions: z.string().trim().max(2_000).default(''),
});

const places = z
  .array(PlaceSchema)
  .max(100)
  .superRefine((all, context) => {
    const twice = all.findIndex(({ id }, index) =>
      all.some((one, at) => at < index && one.id === id),
    );
    if (twice !== -1)
      context.addIssue({
        code: 'custom',
        path: [twice, 'id'],
        message: 'Another place has this id. Give it one of its own',
      });
  });

export const CompanyInputSchema = z
  .strictObject({
    name: z.string().trim().max(200).default(''),
    website: z.string().trim().max(300).default(''),
    phone: z.string().trim().max(60).default(''),
    careersLink: link.default(''),
    places: places.default([]),
    organizer: z.strictObject({ name: nameText, address }).nullable().default(null),
    undoSeconds: undoSeconds.default(10).openapi({
      description:
        'Seconds that *Send* waits in the web app, in which *Undo* takes all of it back.',
    }),
    linksOpenMinutes: z.int().min(5).max(10_080).nullable().default(null).openapi({
      description:
        'On the candidate’s page, links open so many minutes before an event; null: as soon as they are there.',
    }),
    layer: LayerSchema.default({}),
  })
  .openapi('CompanyInput');

const ChosenSeatSchema = SeatSchema.extend({
  chosen: z.array(ourId).max(20).optional().openapi({
    description:
      'Exactly these of those who may, as /panels/solve chose them; left out: the first who are free.',
  }),
});

export const EventWishSchema = z
  .object({ ...eventFields, seats: z.array(ChosenSeatSchema).max(30) })
  .partial()
  .extend({ start: z.iso.datetime({ offset: true }).optional() })
  .strict();

export const consentFields = {
  override: z
    .array(z.enum(overridable))
    .default([])
    .openapi({ description: 'Conflicts that are taken on knowingly; recorded with the name.' }),
  overrideReason: z.string().trim().max(500).optional().openapi({
    description: 'Why, kept in the history beside what was overridden.',
  }),
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
    events: z.array(EventWishSchema).max(40).default([]).openapi({
      description:
        'Each with its start; or none with one, and the engine chooses between `from` and `to`.',
    }),
    ...maybeSearch,
    state: z.enum(['draft', 'hold', 'confirmed']).default('confirmed'),
    undoSeconds: undoSeconds.default(0).openapi({
      description:
        'Seconds in which nothing leaves the hub and `POST /interviews/{id}/undo` takes all of it back. Times and people are held meanwhile.',
    }),
    ...consentFields,
  })
  .openapi('InterviewInput');
