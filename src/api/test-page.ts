/**
 * What an interviewer sees of a test: the candidate's link, how far it is, and the report. The
 * unguessable token, which stands in the interviewers' invites alone, is the credential.
 */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { isTestPage, testOfPage } from '#core/interview/things.ts';
import { scoreText, statusWords } from '#core/automation/notes.ts';
import { dateTimeText } from '#core/template/times.ts';
import { findAssessment, type AssessmentRow } from '#store/assessments.ts';
import { findCandidate } from '#store/candidates.ts';
import { thingsOf } from '#store/interview-effects.ts';
import { findInterview } from '#store/interviews.ts';
import { findJoinLink } from '#store/join-links.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { page } from './page.ts';

export const serveTestPage = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.get('/tests/:token', async (c) => {
    c.header('cache-control', 'no-store');
    const found = await findJoinLink(hub.db, c.req.param('token'));
    if (!found || !isTestPage(found.thing))
      return page(c, 404, 'No such test', html`<p>This link leads nowhere. Check that it was copied whole.</p>`);
    const { candidate_id: candidateId, plan } = await findInterview(hub.db, found.interviewId);
    const { name } = await findCandidate(hub.db, candidateId);
    const things = await thingsOf(hub.db, found.interviewId);
    const sent = things.find(({ key }) => key === testOfPage(found.thing));
    const test = sent && (await findAssessment(hub.db, sent.id));
    if (!test)
      return page(c, 200, `Test for ${name}`, html`<p>The test is being sent. Open this link again in a few seconds.</p>`);
    return page(c, 200, `${test.test_name} for ${name}`, about(test, plan.zone));
  });
}; // prettier-ignore

const about = (test: AssessmentRow, zone: string): ReturnType<typeof html> => {
  const score = scoreText({
    score: test.score,
    maxScore: test.max_score,
    percent: test.percent,
  });
  const row = (term: string, value: ReturnType<typeof html> | string | null) =>
    value === null ? '' : html`<p><strong>${term}:</strong> ${value}</p>`;
  const link = (url: string) => html`<a href="${url}">${url}</a>`;
  return html`${row('State', statusWords[test.status])}
  ${row('Finished', test.finished_at === null ? null : dateTimeText(test.finished_at, zone))}
  ${row('Score', score)} ${row('Verdict', test.verdict)}
  ${row('Report', test.report_url === null ? 'not there yet' : link(test.report_url))}
  ${row('The candidate’s link', link(test.url))}`;
};
