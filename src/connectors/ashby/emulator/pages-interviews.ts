/** Interviews on a candidate's profile, and the page behind a feedback link. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Html, instant } from '#connectors/emulator-page.ts';
import type { StoredApplication, StoredEvent, StoredSchedule } from './model.ts';
import type { Desk } from './pages-frame.ts';

export const addInterviewPages = (pages: Hono, desk: Desk): void => {
  const { data, actions } = desk;
  const { state } = data;

  pages.post('/candidates/:id/interviews/cancel', async (c) => {
    const id = (await desk.form(c)).get('schedule');
    const schedule = state.schedules.find((one) => one.id === id);
    const application = data.applications.get(schedule?.applicationId ?? '');
    if (!schedule || application?.candidateId !== c.req.param('id')) return desk.missing(c);
    actions.cancelSchedule(schedule);
    return desk.back(c, `/candidates/${application.candidateId}`, 'Interview cancelled.');
  });

  const eventOf = (id: string): StoredEvent | undefined =>
    state.schedules.flatMap(({ events }) => events).find((one) => one.id === id);

  pages.post('/interview-briefings/:event/feedback', async (c) => {
    const event = eventOf(c.req.param('event'));
    const userId = (await desk.form(c)).get('interviewer');
    if (!event?.interviewers.some((one) => one.userId === userId)) return desk.missing(c);
    actions.submitFeedback(event, userId ?? '');
    return desk.back(c, `/interview-briefings/${event.id}/feedback`, 'Feedback submitted.');
  });

  pages.get('/interview-briefings/:event/feedback', (c) => {
    const event = eventOf(c.req.param('event'));
    const interview = state.interviews.find(({ id }) => id === event?.interviewId);
    const form = state.feedbackForms.find(({ id }) => id === interview?.formId);
    if (!event || !interview || !form) return desk.missing(c);
    return desk.show(
      c,
      `Feedback: ${interview.title}`,
      html`<p>Form: ${form.title}</p>
        <p>${when(event)} with ${names(desk, event)}</p>
        ${event.interviewers.map((one) =>
          event.feedbackBy.includes(one.userId)
            ? html`<p>${name(desk, one.userId)} has submitted feedback.</p>`
            : html`<form class="row" method="post">
                <input type="hidden" name="interviewer" value="${one.userId}" />
                <button>Submit as ${name(desk, one.userId)}</button>
              </form>`,
        )}`,
    );
  });
};

export const interviewsBody = (desk: Desk, at: string, application: StoredApplication): Html => {
  const schedules = desk.data.schedulesOf(application.id);
  return html`<h3>Interviews</h3>
    ${schedules.length === 0 ? html`<p class="empty">No interviews.</p>` : ''}
    ${schedules.map((schedule) => scheduleBody(desk, at, schedule))}`;
};

const scheduleBody = (desk: Desk, at: string, schedule: StoredSchedule): Html => html`
  <p>
    <strong>${schedule.status}</strong>, in ${desk.data.stages.get(schedule.stageId)?.title ?? ''},
    schedule id <code>${schedule.id}</code>
  </p>
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th>Interview</th>
          <th>Time</th>
          <th>Interviewers</th>
          <th>Feedback</th>
        </tr>
      </thead>
      <tbody>
        ${schedule.events.map(
          (event) =>
            html`<tr>
              <td>
                ${desk.data.state.interviews.find(({ id }) => id === event.interviewId)?.title ?? ''}
              </td>
              <td>${when(event)}</td>
              <td>${names(desk, event)}</td>
              <td>
                <a href="${desk.base}/interview-briefings/${event.id}/feedback">Feedback form</a>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>
  ${
    schedule.status === 'Cancelled'
      ? ''
      : html`<form class="row" method="post" action="${at}/interviews/cancel">
          <input type="hidden" name="schedule" value="${schedule.id}" />
          <button>Cancel interview</button>
        </form>`
  }
`;

const when = ({ start, end }: StoredEvent): Html =>
  html`<time>${instant(start)}</time> to <time>${instant(end)}</time>`;

const names = (desk: Desk, { interviewers }: StoredEvent): string =>
  interviewers.map(({ userId }) => name(desk, userId)).join(', ');

const name = (desk: Desk, userId: string): string => {
  const user = desk.data.users.get(userId);
  return user ? `${user.firstName} ${user.lastName}` : 'somebody who left';
};
