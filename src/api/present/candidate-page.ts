/** What candidates see of their interview, and of the tests that they were sent. */
import { z } from '@hono/zod-openapi';
import type { CandidatePage, PageLink } from '#core/interview/candidate-page.ts';
import type { Contact, Plan } from '#core/interview/model.ts';
import { at, maybeAt, time } from '../document.ts';
import { assessmentStatuses } from './assessment.ts';

const LinkSchema = z.object({
  kind: z.enum(['meeting', 'coding']),
  platform: z.string(),
  url: z.string().nullable().openapi({ description: 'Null: not open yet.' }),
  opensAt: time.nullable(),
});

export const CandidatePageSchema = z
  .object({
    state: z.enum(['confirmed', 'on_hold', 'cancelled', 'over', 'expired']).openapi({
      description:
        '`on_hold`: what was told is not sure any more. `expired`: the link is, and nothing else is told.',
    }),
    company: z.object({ name: z.string(), website: z.string(), phone: z.string() }),
    contact: z
      .object({ name: z.string(), title: z.string(), email: z.string(), phone: z.string() })
      .nullable(),
    firstName: z.string(),
    job: z.string(),
    name: z.string(),
    zone: z.string().openapi({ description: 'The candidate’s, as the company knows it.' }),
    movedAt: time.nullable().openapi({ description: 'When its times were last changed.' }),
    events: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        topic: z.string(),
        prepare: z.string(),
        start: time,
        end: time,
        place: z.string(),
        people: z.array(z.object({ name: z.string(), title: z.string(), bio: z.string() })),
        links: z.array(LinkSchema),
      }),
    ),
    links: z.array(LinkSchema).openapi({ description: 'Of the interview as a whole.' }),
    place: z
      .object({
        name: z.string(),
        address: z.string(),
        mapLink: z.string(),
        instructions: z.string(),
      })
      .nullable()
      .openapi({ description: 'Where an interview that is not remote takes place.' }),
    invites: z.array(z.object({ day: z.int(), start: time })).openapi({
      description: 'Days whose calendar entry can be had, under `invites/{day}`.',
    }),
    tests: z.array(
      z.object({
        name: z.string(),
        platform: z.string(),
        status: z.enum(assessmentStatuses),
        url: z.string().nullable().openapi({ description: 'Null: there is nothing left to do.' }),
        expiresAt: time.nullable().openapi({
          description: 'Until when it can be begun; null: nobody knows, or it is begun.',
        }),
      }),
    ),
  })
  .openapi('CandidatePage');

export type CandidatePageBody = z.infer<typeof CandidatePageSchema>;

const link = ({ opensAt, ...rest }: PageLink) => ({ ...rest, opensAt: maybeAt(opensAt) });

export const presentEvents = ({
  state,
  events,
  links,
  place,
}: CandidatePage): Pick<CandidatePageBody, 'state' | 'events' | 'links' | 'place'> => ({
  state,
  place,
  events: events.map(({ start, end, links: own, ...event }) => ({
    ...event,
    start: at(start),
    end: at(end),
    links: own.map(link),
  })),
  links: links.map(link),
});

/** Who answers questions: the coordinator, else the recruiter. */
export const contactOf = ({ coordinator, recruiter }: Plan): Contact | null => {
  const found = coordinator ?? recruiter;
  if (found === null) return null;
  const { name, title, email, phone } = found;
  return { name, title, email, phone };
};
