/**
 * What an interviewer sees of a test: the candidate's link, how far it is, and the report. The
 * unguessable token, which stands in the interviewers' invites alone, is the credential.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { stands } from '#core/interview/model.ts';
import { isTestPage, testOfPage } from '#core/interview/things.ts';
import { gatherScene } from '#jobs/gather-scene.ts';
import { findAssessment, type AssessmentRow } from '#store/assessments.ts';
import { findCompany } from '#store/company.ts';
import type { ThingRow } from '#store/interview-effects.ts';
import { findInterview, type InterviewRow } from '#store/interviews.ts';
import { findJoinLink } from '#store/join-links.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { json, problems } from '../document.ts';
import { AssessmentSchema, presentAssessment } from '../present/assessment.ts';
import { ProblemError } from '../problem.ts';
import { allowAttempt } from '../sign-in-limits.ts';
import { addressOf } from '../visitor.ts';

const TestPageSchema = z
  .object({
    state: z.enum(['sent', 'coming', 'stopped', 'off']).openapi({
      description:
        '`coming`: it will be sent. `stopped`: it could not be, and somebody has to decide. `off`: it will not be.',
    }),
    company: z.string(),
    candidate: z.string(),
    job: z.string(),
    interview: z.string(),
    cancelled: z.boolean().openapi({ description: 'The interview was.' }),
    test: AssessmentSchema.pick({
      testName: true,
      status: true,
      score: true,
      maxScore: true,
      percent: true,
      verdict: true,
      reportUrl: true,
      startedAt: true,
      finishedAt: true,
      expiresAt: true,
      createdAt: true,
    })
      .extend({
        platform: z.string(),
        url: z.string().nullable().openapi({
          description: 'What the candidate opens; null: there is nothing left to do.',
        }),
      })
      .nullable()
      .openapi({ description: 'Null unless it was sent.' }),
  })
  .openapi('TestPage');

type State = z.infer<typeof TestPageSchema>['state'];

export const testPageRoutes = {
  get: createRoute({
    method: 'get',
    path: '/api/v1/test-pages/{token}',
    tags: ['Assessments'],
    summary: 'A test of an interview as its interviewers see it; the address is the credential',
    request: { params: z.object({ token: z.string().min(1).max(100) }) },
    responses: { 200: json(TestPageSchema, 'The page.'), ...problems },
  }),
};

const present = (
  row: AssessmentRow,
  platform: string,
  isCancelled: boolean,
): z.infer<typeof TestPageSchema>['test'] => {
  const isOpen = !isCancelled && (row.status === 'invited' || row.status === 'started');
  const { testName, status, score, maxScore, percent, verdict, reportUrl, url, ...times } =
    presentAssessment(row);
  const { startedAt, finishedAt, createdAt, expiresAt } = times;
  return {
    testName,
    platform,
    status,
    url: isOpen ? url : null,
    score,
    maxScore,
    percent,
    verdict,
    reportUrl,
    createdAt,
    expiresAt: isOpen && status === 'invited' ? expiresAt : null,
    startedAt,
    finishedAt,
  };
};

/** What becomes of a test that nobody was sent yet. */
const stateBefore = (interview: InterviewRow, row: ThingRow | undefined): State => {
  if (!stands(interview.state) || row?.state === 'skipped') return 'off';
  if (row?.act === 'remove') return 'off';
  return row && ['failed', 'unknown', 'waiting'].includes(row.state) ? 'stopped' : 'coming';
};

export const serveTestPage = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(testPageRoutes.get, async (c) => {
    const { token } = c.req.valid('param');
    const found = await findJoinLink(hub.db, token);
    if (!found || !isTestPage(found.thing)) {
      await allowAttempt(hub.db, 'address', addressOf(c));
      throw new ProblemError({
        status: 404,
        code: 'not_found',
        detail:
          'link: it leads nowhere. Check that it was copied whole, or look for a newer one in your invite.',
      });
    }
    await allowAttempt(hub.db, 'page', token);
    const interview = await findInterview(hub.db, found.interviewId);
    const { scene, things } = await gatherScene(hub, hub.db, interview);
    const sending = things.find(({ key }) => key === testOfPage(found.thing));
    const row = sending && (await findAssessment(hub.db, sending.id));
    const { candidate, job } = scene.facts;
    const about = {
      company: (await findCompany(hub.db)).name,
      candidate: candidate.name,
      job: job.name,
      interview: scene.plan.name,
      cancelled: interview.state === 'cancelled',
    };
    if (!row) return c.json({ ...about, state: stateBefore(interview, sending), test: null }, 200);
    const platform = scene.platforms.get(row.connection_id)?.platform ?? '';
    return c.json({ ...about, state: 'sent' as const, test: present(row, platform, about.cancelled) }, 200);
  });
}; // prettier-ignore
