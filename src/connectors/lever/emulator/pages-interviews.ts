/** Interviews on a candidate's profile, and the page that a feedback link leads to. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { linked, type Frame } from './pages-frame.ts';
import { scheduleUrl } from './pages-integrations.ts';
import { endOf, startOf } from './present-panels.ts';
import type { Panels } from './panels.ts';
import type { InterviewRecord, OpportunityRecord, PanelRecord } from './state.ts';
import type { World } from './world.ts';

/** The button in the list, the banner and the menu; nothing while the integration is off. */
export const scheduleLink = ({ state }: World, opportunityId: string, label: string): Html => {
  const url = scheduleUrl(state.scheduling, opportunityId);
  return url === null
    ? html``
    : html`<a class="button" href="${url}" target="_blank" rel="noopener">${label}</a>`;
};

/** [doc] The banner stands at stages with interviews; the menu has the same at every stage. */
export const scheduleBanner = (world: World, { id, stage, archived }: OpportunityRecord): Html => {
  if (scheduleUrl(world.state.scheduling, id) === null) return html``;
  const atInterview = world.state.stages.some((one) => one.id === stage && one.hasInterview);
  return html`${
      atInterview && !archived
        ? html`<p class="notice">${scheduleLink(world, id, 'Schedule Interview in Loopwright')}</p>`
        : ''
    }
    <details>
      <summary aria-label="More actions">…</summary>
      ${scheduleLink(world, id, 'Schedule in Loopwright')}
    </details>`;
};

/** [doc] What was cancelled in Lever is gone from the profile. */
export const panelsOf = (
  world: World,
  frame: Frame,
  panels: Panels,
  opportunity: OpportunityRecord,
): Html => {
  const shown = panels.of(opportunity).filter(({ canceledAt }) => canceledAt === null);
  return html`<h2>Interviews</h2>
    ${shown.length === 0 ? html`<p class="empty">No interview is scheduled.</p>` : ''}
    ${shown.map((panel) => panelCard(world, frame, panel))}`;
};

const panelCard = (world: World, frame: Frame, panel: PanelRecord): Html => {
  const at = `${frame.base}/candidates/${panel.opportunity}/panels/${panel.id}`;
  const count = panel.interviews.length;
  return html`<section aria-label="Panel">
    <p>
      <strong>${count === 1 ? 'Interview' : `${String(count)} interviews`}</strong>
      ${localTime(startOf(panel), panel.timezone)} to ${localTime(endOf(panel), panel.timezone)}
      (${panel.timezone})
    </p>
    ${panel.note === null ? '' : html`<pre>${linked(panel.note)}</pre>`}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Interview</th>
            <th>Interviewers and feedback forms</th>
            <th>Note</th>
          </tr>
        </thead>
        <tbody>
          ${panel.interviews.map((one) => interviewRow(world, frame, panel, one))}
        </tbody>
      </table>
    </div>
    <div class="row">
      ${panel.externalUrl === null || !/^https?:/i.test(panel.externalUrl) ? '' : html`<a class="button" href="${panel.externalUrl}" target="_blank" rel="noopener">View in External App</a>`}
      <form method="post" action="${at}/cancel"><button>Cancel interview</button></form>
      <form method="post" action="${at}/delete"><button>Delete interview</button></form>
    </div>
  </section>`;
};

const interviewRow = (
  world: World,
  frame: Frame,
  panel: PanelRecord,
  interview: InterviewRecord,
): Html =>
  html`<tr>
    <td>
      <a href="${frame.base}/interviews/${interview.id}">${interview.subject || 'Interview'}</a
      ><br />
      ${localTime(interview.date, panel.timezone)}, ${interview.duration} min
      ${interview.location ? html`<br />${linked(interview.location)}` : ''}
    </td>
    <td>
      ${interview.interviewers.map(({ id }) => html`${nameOf(world, id)}: ${formOf(world, interview, id)?.text ?? 'no feedback form'}<br />`)}
    </td>
    <td>${interview.note ? html`<pre>${linked(interview.note)}</pre>` : ''}</td>
  </tr>`;

const nameOf = ({ state }: World, userId: string): string =>
  state.users.find(({ id }) => id === userId)?.name ?? 'somebody';

/** Each interviewer's own form, else the interview's. [doc] */
const formOf = ({ state }: World, interview: InterviewRecord, userId: string) => {
  const own = interview.interviewers.find(({ id }) => id === userId)?.feedbackTemplate;
  return state.feedbackTemplates.find(({ id }) => id === (own ?? interview.feedbackTemplate));
};

/** `/interviews/:id`, where feedback links lead; Lever shows a user their own form. [code] */
export const interviewPages = (world: World, frame: Frame): Hono => {
  const { state, index } = world;
  const app = new Hono();
  app.get('/:id', (c) => {
    const id = c.req.param('id');
    const panel = state.panels.find(({ interviews }) => interviews.some((one) => one.id === id));
    const interview = panel?.interviews.find((one) => one.id === id);
    if (!panel || !interview) return frame.missing(c, 'This interview');
    const opportunity = index.opportunities.get(panel.opportunity);
    const candidate = index.contacts.get(opportunity?.contact ?? '')?.name || '(no name)';
    return frame.page(
      c,
      interview.subject || 'Interview',
      html`<p>
          <a href="${frame.base}/candidates/${panel.opportunity}">${candidate}</a> ·
          ${localTime(interview.date, panel.timezone)} (${panel.timezone}), ${interview.duration}
          min${interview.canceledAt === null ? '' : ' · cancelled'}
        </p>
        ${interview.interviewers.map((one) => feedbackForm(world, interview, one.id))}`,
    );
  });
  return app;
};

const feedbackForm = (world: World, interview: InterviewRecord, userId: string): Html => {
  const form = formOf(world, interview, userId);
  return html`<h2>Feedback of ${nameOf(world, userId)}</h2>
    ${
      form
        ? html`<p><strong>${form.text}</strong>: ${form.instructions}</p>
            <ul>
              ${form.fields.map(({ text, required }) => html`<li>${text}${required ? ' (required)' : ''}</li>`)}
            </ul>`
        : html`<p class="empty">No feedback form was chosen.</p>`
    }`;
};

const localTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
