/**
 * CodeLive. Codility's own contract for it is not public, so paths and fields are the default
 * mapping of our settings and nothing else [inferred]. What is known [doc]: one link for both, the
 * host enters first, and the candidate is admitted when the host presses Start.
 */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { bodyOf, paged, refuse, refuseFields } from './api.ts';
import { newSessionId, nextRandom, type Interview, type State } from './state.ts';

export type Interviews = ReturnType<typeof createInterviews>;

type Wish = Pick<
  Interview,
  'name' | 'firstName' | 'lastName' | 'email' | 'templateId' | 'externalId'
>;

export const createInterviews = (options: EmulatorOptions, state: State) => ({
  state,
  linkOf: (interview: Interview): string => `${options.origin}/live/${interview.id}`,

  create(wish: Wish): Interview {
    const interview: Interview = {
      ...wish,
      id: newSessionId(nextRandom(options.seed, state)),
      createdAt: options.now(),
      startedAt: null,
      endedAt: null,
      deleted: false,
      host: null,
      guest: null,
      code: '',
    };
    state.interviews.push(interview);
    options.changed();
    return interview;
  },

  join(interview: Interview, role: 'host' | 'guest', name: string): void {
    interview[role] = name;
    options.changed();
  },

  /** Only a host who has entered can admit the candidate. */
  start(interview: Interview): boolean {
    if (interview.host === null || !isOpen(interview)) return false;
    interview.startedAt ??= options.now();
    options.changed();
    return true;
  },

  write(interview: Interview, code: string): boolean {
    if (interview.startedAt === null || !isOpen(interview)) return false;
    interview.code = code;
    options.changed();
    return true;
  },

  end(interview: Interview): void {
    interview.endedAt ??= options.now();
    options.changed();
  },

  remove(interview: Interview): void {
    interview.deleted = true;
    options.changed();
  },
});

export const isOpen = (interview: Interview): boolean =>
  !interview.deleted && interview.endedAt === null;

const interviewBody = z.object({
  name: z.string().min(1),
  candidate: z
    .object({
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      email: z.email().nullish(),
    })
    .nullish(),
  template_id: z.string().nullish(),
  external_id: z.string().nullish(),
});

export const createLiveRoutes = (interviews: Interviews, origin: string): Hono => {
  const { state } = interviews;
  const routes = new Hono();

  const present = (interview: Interview) => ({
    id: interview.id,
    url: `${origin}/api/interviews/${interview.id}/`,
    interview_link: interviews.linkOf(interview),
    name: interview.name,
    candidate: {
      first_name: interview.firstName,
      last_name: interview.lastName,
      email: interview.email,
    },
    template_id: interview.templateId,
    external_id: interview.externalId,
  });

  const standing = (): Interview[] => state.interviews.filter((one) => !one.deleted);
  const interviewAt = (c: Context) => standing().find((one) => one.id === c.req.param('id'));

  routes.get('/interviews/', (c) => paged(c, origin, standing(), present));

  routes.post('/interviews/', async (c) => {
    const parsed = interviewBody.safeParse(await bodyOf(c));
    if (!parsed.success) return refuseFields(c, parsed.error);
    const { name, candidate, template_id: templateId, external_id: externalId } = parsed.data;
    const interview = interviews.create({
      name,
      firstName: candidate?.first_name ?? '',
      lastName: candidate?.last_name ?? '',
      email: candidate?.email ?? null,
      templateId: templateId ?? null,
      externalId: externalId ?? null,
    });
    return c.json(present(interview), 201);
  });

  routes.get('/interviews/:id/', (c) => {
    const interview = interviewAt(c);
    return interview ? c.json(present(interview)) : refuse(c, 404);
  });

  routes.delete('/interviews/:id/', (c) => {
    const interview = interviewAt(c);
    if (!interview) return refuse(c, 404);
    interviews.remove(interview);
    return c.body(null, 204);
  });

  routes.get('/interview_templates/', (c) => paged(c, origin, state.templates, (one) => one));

  return routes;
};
