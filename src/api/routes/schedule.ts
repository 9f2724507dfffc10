/** The way in from the ATS: its *Schedule* button opens `/schedule?connection=…&candidate=…`. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { notFound } from '#core/errors.ts';
import { draftInterview } from '#jobs/draft-interview.ts';
import { readCandidate } from '#jobs/read-candidate.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { json, problems, vendorId } from '../document.ts';
import { page } from '../page.ts';
import { CandidateSchema, presentCandidate } from '../present/candidate.ts';
import { EventTemplateSchema, InterviewInputSchema } from '../present/scheduling-input.ts';
import { isWithin, ownJobs } from '../scope.ts';

const DraftSchema = z
  .object({
    candidate: CandidateSchema,
    template: z.object({ id: z.string(), name: z.string() }).nullable(),
    interview: InterviewInputSchema.pick({ connectionId: true, candidateId: true, templateId: true })
      .extend({ events: z.array(EventTemplateSchema.extend({ start: z.null() })) })
      .openapi({ description: 'To be posted to /interviews once each event has its start, as /panels/solve finds them.' }),
    remarks: z.array(z.string()),
  })
  .openapi('InterviewDraft'); // prettier-ignore

export const scheduleRoute = createRoute({
  method: 'get', path: '/api/v1/schedule', tags: ['Interviews'],
  summary: 'The draft for a candidate of an ATS; nothing is stored',
  request: { query: z.strictObject({
    connection: vendorId, candidate: vendorId.openapi({ description: 'Its id in the ATS or in the hub.' }),
  }) },
  responses: { 200: json(DraftSchema, 'The draft.'), ...problems },
}); // prettier-ignore

export const serveSchedule = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(scheduleRoute, async (c) => {
    const { connection, candidate: id } = c.req.valid('query');
    const candidate = await readCandidate(hub, connection, id);
    if (!isWithin(await ownJobs(c, hub.db), candidate)) throw notFound('candidate', id);
    const { template, settled, remarks } = await draftInterview(hub.db, candidate);
    return c.json(
      {
        candidate: presentCandidate(candidate),
        template: template && { id: template.id, name: template.name },
        interview: {
          connectionId: connection,
          candidateId: candidate.id,
          templateId: template?.id ?? null,
          events: settled.events.map((event) => ({ ...event, start: null })),
        },
        remarks,
      },
      200,
    );
  });

  // A browser that comes from the ATS has no key: it is told the way, and nothing about anybody.
  app.get('/schedule', (c) => {
    const query = new URL(c.req.url).search;
    return page(
      c,
      200,
      'Schedule an interview',
      html`<p>You come from your ATS to schedule an interview. This hub has no web app yet.</p>
        <p>With an API key, the draft for this candidate is at:</p>
        <pre>${hub.publicUrl}/api/v1/schedule${query}</pre>
        <p>
          Give each event a start and post it to <code>/api/v1/interviews</code>; or say between
          which times (<code>from</code>, <code>to</code>), and the hub finds the best.
        </p>`,
    );
  });
};
