/** The recruiter's side of tests: every session, and the report of one. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import type { Account } from './account.ts';
import { field, instant, type Frame } from './pages-frame.ts';
import type { Session } from './state.ts';

export const serveSessionPages = (
  pages: Hono,
  frame: Frame,
  account: Account,
  sent: readonly SentWebhook[],
): void => {
  const sessionAt = (id: string): Session | undefined =>
    account.state.sessions.find((one) => one.id === id);

  pages.get('/', (c) => frame.page(c, 'Sessions', sessionsPage(account, frame.base)));

  pages.get('/sessions/:id', (c) => {
    const session = sessionAt(c.req.param('id'));
    if (!session) return frame.missing(c);
    const calls = sent.filter((one) => one.hookId === session.id);
    return frame.page(c, nameOf(session), reportPage(account, session, calls, frame.base));
  });

  pages.post('/sessions/:id/similarity', async (c) => {
    const session = sessionAt(c.req.param('id'));
    if (!session) return frame.missing(c);
    const done = account.compare(session, (await field(c, 'verdict')) || 'none');
    const notice = done ? 'The similarity check is over.' : 'There is nothing to compare yet.';
    return frame.back(c, `/sessions/${session.id}`, notice);
  });

  pages.post('/sessions/:id/cancel', (c) => {
    const session = sessionAt(c.req.param('id'));
    if (!session) return frame.missing(c);
    const notice = account.cancel(session) ? 'Cancelled.' : 'It has been started already.';
    return frame.back(c, `/sessions/${session.id}`, notice);
  });
};

const nameOf = (session: Session): string =>
  `${session.firstName} ${session.lastName}`.trim() || session.email || session.id;

const stateOf = (session: Session): string => {
  if (session.cancelled) return 'cancelled';
  if (session.result !== null) return 'evaluated';
  return session.startedAt === null ? 'not started' : 'running';
};

const scoreOf = (account: Account, session: Session): string => {
  if (session.result === null) return '–';
  const most = account.testOf(session)?.tasks.reduce((sum, task) => sum + task.maxResult, 0) ?? 0;
  const percent = Math.round((session.result / most) * 100);
  return `${String(session.result)} of ${String(most)} (${String(percent)} %)`;
};

const sessionsPage = (account: Account, base: string): Html => {
  const { sessions } = account.state;
  if (sessions.length === 0)
    return html`<p class="empty">Nobody has been invited yet. Invitations appear here.</p>`;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>Candidate</th>
        <th>Test</th>
        <th>Invited (UTC)</th>
        <th>State</th>
        <th>Score</th>
        <th>Similarity</th>
      </tr>
      ${sessions.toReversed().map(
        (session) =>
          html`<tr>
            <td><a href="${base}/sessions/${session.id}">${nameOf(session)}</a></td>
            <td>${account.testOf(session)?.name ?? '–'}</td>
            <td>${instant(session.createdAt)}</td>
            <td>${stateOf(session)}</td>
            <td>${scoreOf(account, session)}</td>
            <td>${session.similarity ?? '–'}</td>
          </tr>`,
      )}
    </table>
  </div>`;
};

const reportPage = (
  account: Account,
  session: Session,
  calls: readonly SentWebhook[],
  base: string,
): Html => {
  const at = `${base}/sessions/${session.id}`;
  const link = `${base}/test/${session.id}/`;
  return html`<dl>
      <dt>Test</dt>
      <dd>${account.testOf(session)?.name ?? '–'}</dd>
      <dt>Address</dt>
      <dd>${session.email ?? '–'}</dd>
      <dt>State</dt>
      <dd>${stateOf(session)}</dd>
      <dt>Invited (UTC)</dt>
      <dd>${instant(session.createdAt)}</dd>
      <dt>Started</dt>
      <dd>${instant(session.startedAt)}</dd>
      <dt>Closed</dt>
      <dd>${instant(session.closedAt)}</dd>
      <dt>Reference</dt>
      <dd><code>${session.candidate}</code></dd>
      <dt>Test link</dt>
      <dd><a href="${link}">${link}</a></dd>
    </dl>
    ${
      session.startedAt === null && !session.cancelled
        ? html`<form method="post" action="${at}/cancel">
            <button>Cancel the invitation</button>
          </form>`
        : ''
    }
    <h2>Report</h2>
    ${
      session.result === null
        ? html`<p class="empty">There is no report before the test has ended.</p>`
        : html`<p>
              ${scoreOf(account, session)} · similarity: ${session.similarity ?? 'being checked'}
            </p>
            ${session.answer === '' ? '' : html`<pre>${session.answer}</pre>`}
            <form class="row" method="post" action="${at}/similarity">
              <label
                >Similarity check ends with
                <select name="verdict">
                  ${['none', 'possible', 'high'].map((one) => html`<option>${one}</option>`)}
                </select></label
              >
              <button>Report similarity</button>
            </form>`
    }
    <h2>Callbacks</h2>
    ${
      calls.length === 0
        ? html`<p class="empty">None was sent for this session.</p>`
        : html`<ul>
            ${calls.map(
              (call) =>
                html`<li>
                  ${call.event}: ${call.state.replace('_', ' ')}
                  ${call.attempts.map((attempt) => html`(${attempt.status || 'no answer'})`)}
                </li>`,
            )}
          </ul>`
    }`;
};
