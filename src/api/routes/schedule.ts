/** What the page opens with that the ATS's *Schedule* button leads to: `/schedule?connection=…&candidate=…`. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { notFound } from '#core/errors.ts';
import { draftInterview } from '#jobs/draft-interview.ts';
import { readCandidate } from '#jobs/read-candidate.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { json, problems, vendorId } from '../document.ts';
import { CandidateSchema, presentCandidate } from '../present/candidate.ts';
import {
  EventTemplateSchema,
  InterviewInputSchema,
  LayerSchema,
  ourId,
} from '../present/scheduling-input.ts';
import { isWithin, notShared, ownJobs } from '../scope.ts';

const DraftSchema = z
  .object({
    candidate: CandidateSchema,
    template: z.object({ id: z.string(), name: z.string() }).nullable(),
    interview: InterviewInputSchema.pick({ connectionId: true, candidateId: true, templateId: true })
      .extend({ events: z.array(EventTemplateSchema) })
      .openapi({ description: 'To be posted to /interviews once each event has its start, as /panels/solve finds them.' }),
    settings: LayerSchema.omit({ events: true }).required().openapi({
      description: 'What holds as company and template have it; `layer` of an interview changes it.',
    }),
    remarks: z.array(z.string()),
  })
  .openapi('InterviewDraft'); // prettier-ignore

export const scheduleRoute = createRoute({
  method: 'get', path: '/api/v1/schedule', tags: ['Interviews'],
  summary: 'The draft for a candidate of an ATS; nothing is stored',
  request: { query: z.strictObject({
    connection: vendorId, candidate: vendorId.openapi({ description: 'Its id in the ATS or in the hub.' }),
    template: ourId.optional().openapi({ description: 'Left out: the one for the job and the stage.' }),
  }) },
  responses: { 200: json(DraftSchema, 'The draft.'), ...problems },
}); // prettier-ignore

export const serveSchedule = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(scheduleRoute, async (c) => {
    const { connection, candidate: id, template: chosen } = c.req.valid('query');
    const candidate = await readCandidate(hub, connection, id);
    if (!isWithin(await ownJobs(c, hub.db), candidate))
      throw id === candidate.id ? notFound('candidate', id) : notShared();
    const { template, settled, remarks } = await draftInterview(hub.db, candidate, chosen ?? null);
    const { events, ...settings } = settled;
    return c.json(
      {
        candidate: presentCandidate(candidate),
        template: template && { id: template.id, name: template.name },
        interview: {
          connectionId: connection,
          candidateId: candidate.id,
          templateId: template?.id ?? null,
          events,
        },
        settings,
        remarks,
      },
      200,
    );
  });
};
