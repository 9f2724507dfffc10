/** The recruiter's lists: live interviews and the templates that they are launched with. */
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { Interviews } from './interviews.ts';
import { formOf, utc, type Frame, type PagesSetup } from './pages-frame.ts';
import { hour, type Template } from './state.ts';

export const addInterviewPages = (frame: Frame, { interviews, state }: PagesSetup): void => {
  const { app, base, show, back } = frame;

  app.get('/', (c) => show(c, 'Live interviews', interviewsPage(interviews, base)));
  // Where the webhook's link to one interview leads.
  app.get('/interviews', (c) => {
    const id = c.req.query('liveInterviewId') ?? '';
    return c.redirect(`${base}/${id === '' ? '' : `live-interview/${id}?role=interviewer`}`, 303);
  });

  app.get('/templates', (c) =>
    show(c, 'Interview templates', templatesPage(state.templates, base)),
  );
  app.post('/templates', async (c) => {
    const { name, tasks = '' } = await formOf(c);
    const titles = tasks.split(/\r?\n/).map((one) => one.trim());
    const template = interviews.addTemplate(
      name?.trim() || 'Untitled template',
      titles.filter((one) => one !== ''),
    );
    return back(c, '/templates', `${template.name} is there.`);
  });
};

export const stateOf = (
  interviews: Interviews,
  interview: Parameters<Interviews['isExpired']>[0],
): string => (interviews.isExpired(interview) ? 'link expired' : interview.status);

const interviewsPage = (interviews: Interviews, base: string): Html => {
  const all = interviews.state.interviews.toReversed();
  if (all.length === 0)
    return html`<p class="empty">
      There is no live interview yet. Those that are made by the API appear here.
    </p>`;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>Candidate</th>
        <th>Template</th>
        <th>State</th>
        <th>Made (UTC)</th>
        <th>Link lives until (UTC)</th>
      </tr>
      ${all.map(
        (one) =>
          html`<tr>
            <td>
              <a href="${base}/live-interview/${one.id}">${one.candidateName || 'No name'}</a><br />
              ${one.candidateEmail ?? ''}
            </td>
            <td>${interviews.templateOf(one.templateId)?.name ?? '–'}</td>
            <td>${stateOf(interviews, one)}</td>
            <td>${utc(one.createdAt)}</td>
            <td>${utc(one.expiresAt)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
};

const templatesPage = (templates: readonly Template[], base: string): Html =>
  html`<div class="scroll">
      <table>
        <tr>
          <th>Template</th>
          <th>Tasks</th>
          <th>Link lifetime</th>
        </tr>
        ${templates.map(
          (one) =>
            html`<tr>
              <td>${one.name}${one.isCompanyDefault ? ' (company default)' : ''}</td>
              <td>${one.tasks.join(', ')}</td>
              <td>
                ${
                  one.defaultExpirationTime === null
                    ? 'as usual'
                    : `${String(one.defaultExpirationTime / hour)} hours`
                }
              </td>
            </tr>`,
        )}
      </table>
    </div>
    <h2>New template</h2>
    <form method="post" action="${base}/templates">
      <p>
        <label>Name <input name="name" required /></label>
      </p>
      <p>
        <label>Tasks, one a line <textarea name="tasks" rows="3" cols="40"></textarea></label>
      </p>
      <button>Save</button>
    </form>`;
