/** Tests from three sides: the recruiter's list, one session with its report, the candidate's link. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { formOf, utc, type Frame, type PagesSetup } from './pages-frame.ts';
import { candidatePage, reportPage } from './pages-session.ts';
import type { Sessions } from './sessions.ts';
import type { Session, Suspicion } from './state.ts';

export const addTestPages = (frame: Frame, { sessions, state }: PagesSetup): void => {
  const { app, base, show, back, missing } = frame;
  const found = (c: Context): Session | undefined =>
    state.sessions.find((one) => one.id === c.req.param('id'));

  app.get('/tests', (c) => show(c, 'Tests', testsPage(sessions, base)));

  app.get('/sessions/:id', (c) => {
    const session = found(c);
    return session
      ? show(c, sessions.testOf(session.testId).title, reportPage(sessions, session, base))
      : missing(c);
  });
  app.get('/test-result/:id', (c) => {
    const session = found(c);
    if (session?.accessToken !== c.req.query('accessToken')) return missing(c);
    return c.redirect(`${base}/sessions/${session?.id ?? ''}`, 303);
  });

  app.post('/sessions/:id/:action{verify|review|expire}', async (c) => {
    const session = found(c);
    if (!session) return missing(c);
    const { reason = '', suspicion = '' } = await formOf(c);
    const action = c.req.param('action');
    const done =
      action === 'verify'
        ? sessions.verify(session, reason.trim() || null)
        : action === 'review'
          ? suspicions.includes(suspicion as Suspicion) &&
            sessions.review(session, suspicion as Suspicion)
          : sessions.expire(session);
    return back(c, `/sessions/${session.id}`, done ? 'Saved.' : 'That is not possible now.');
  });

  app.get('/invite/:id', (c) => {
    const session = found(c);
    if (!session || session.status === 'deleted') return missing(c);
    return show(c, sessions.testOf(session.testId).title, candidatePage(sessions, session, base));
  });
  app.post('/invite/:id/:action{start|decline|finish}', async (c) => {
    const session = found(c);
    if (!session) return missing(c);
    const { score, answer = '' } = await formOf(c);
    const action = c.req.param('action');
    const done =
      action === 'start'
        ? sessions.start(session)
        : action === 'decline'
          ? sessions.decline(session)
          : sessions.finish(session, percentOf(score), answer);
    return back(
      c,
      `/invite/${session.id}`,
      done ? (notices[action] ?? '') : 'That is not possible now.',
    );
  });
};

export const suspicions: readonly Suspicion[] = ['none', 'low', 'medium', 'high'];

const notices: Record<string, string> = {
  start: 'The test has begun.',
  decline: 'You declined the test.',
  finish: 'Your test is handed in.',
};

const percentOf = (text: string | undefined): number => {
  const value = Number(text ?? '');
  return Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0;
};

const testsPage = (sessions: Sessions, base: string): Html =>
  html`<div class="scroll">
      <table>
        <tr>
          <th>Test</th>
          <th>Tasks</th>
          <th>Minutes</th>
        </tr>
        ${sessions.state.tests.map(
          (test) =>
            html`<tr>
              <td>${test.title}</td>
              <td>${test.tasks.map((task) => task.title).join(', ')}</td>
              <td>${Math.round(test.duration / 60_000)}</td>
            </tr>`,
        )}
      </table>
    </div>
    <h2>Results</h2>
    ${sessionsTable(sessions, base)}`;

const sessionsTable = (sessions: Sessions, base: string): Html => {
  const all = sessions.state.sessions.toReversed();
  if (all.length === 0)
    return html`<p class="empty">Nobody was invited yet. Invitations appear here.</p>`;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>Candidate</th>
        <th>Test</th>
        <th>Invited (UTC)</th>
        <th>State</th>
        <th>Score</th>
      </tr>
      ${all.map(
        (session) =>
          html`<tr>
            <td>
              <a href="${base}/sessions/${session.id}"
                >${sessions.nameOf(session) || session.email || 'No name'}</a
              >
            </td>
            <td>${sessions.testOf(session.testId).title}</td>
            <td>${utc(session.createDate)}</td>
            <td>${session.status}</td>
            <td>
              ${
                session.score === null
                  ? '–'
                  : html`${session.score} of ${sessions.maxScoreOf(session)}`
              }
            </td>
          </tr>`,
      )}
    </table>
  </div>`;
};
