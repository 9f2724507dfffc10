/** The candidate's side of a test: what the link of the invitation opens. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { Account } from './account.ts';
import { field, type Frame } from './pages-frame.ts';
import type { Session } from './state.ts';

export const serveTakingPages = (pages: Hono, frame: Frame, account: Account): void => {
  const sessionAt = (c: Context): Session | undefined =>
    account.state.sessions.find((one) => one.id === c.req.param('id'));
  const pathOf = (session: Session): string => `/test/${session.id}/`;

  pages.get('/test/:id/', (c) => {
    const session = sessionAt(c);
    if (!session) return frame.missing(c);
    const title = account.testOf(session)?.name ?? 'Test';
    return frame.page(c, title, takingPage(account, session, frame.base + pathOf(session)));
  });

  pages.post('/test/:id/start', (c) => {
    const session = sessionAt(c);
    if (!session) return frame.missing(c);
    const notice = account.start(session) ? 'The clock is running.' : 'That is not possible now.';
    return frame.back(c, pathOf(session), notice);
  });

  pages.post('/test/:id/finish', async (c) => {
    const session = sessionAt(c);
    if (!session) return frame.missing(c);
    const score = Number(await field(c, 'score'));
    const percent = Number.isFinite(score) ? Math.min(100, Math.max(0, score)) : 0;
    const done = account.finish(session, percent, await field(c, 'answer'));
    const notice = done ? 'Your solutions are submitted.' : 'That is not possible now.';
    return frame.back(c, pathOf(session), notice);
  });
};

const takingPage = (account: Account, session: Session, at: string): Html => {
  const test = account.testOf(session);
  const tasks = html`<ol>
    ${(test?.tasks ?? []).map((task) => html`<li>${task.name}, ${task.language}</li>`)}
  </ol>`;
  if (session.cancelled) return html`<p>This invitation was taken back.</p>`;
  if (session.result !== null) return html`<p>The test is over. Thank you.</p>`;
  if (session.startedAt === null)
    return html`<p>Hello ${session.firstName}. You have ${test?.minutes ?? 0} minutes for:</p>
      ${tasks}
      <form method="post" action="${at}start"><button>Start test</button></form>`;
  return html`${tasks}
    <form method="post" action="${at}finish">
      <p>
        <label
          >Your solution <textarea name="answer" rows="10" cols="80" spellcheck="false"></textarea>
        </label>
      </p>
      <p>
        <label
          >Score you wish to get, in percent
          <input name="score" type="number" min="0" max="100" value="82"
        /></label>
      </p>
      <button>Submit</button>
    </form>`;
};
