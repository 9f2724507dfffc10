/**
 * The room behind a live interview's one link: the same address for everybody. Whoever opens it is a
 * candidate until pressing I'M THE INTERVIEWER; the lobby lasts until the interviewer begins.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { Interviews } from './interviews.ts';
import { formOf, utc, type Frame, type PagesSetup } from './pages-frame.ts';
import { stateOf } from './pages-interviews.ts';
import type { Interview } from './state.ts';

interface Visitor {
  name: string;
  isInterviewer: boolean;
}

export const addRoomPages = (frame: Frame, { interviews, state }: PagesSetup): void => {
  const { app, base, show, back, missing } = frame;
  const found = (c: Context): Interview | undefined =>
    state.interviews.find((one) => one.id === c.req.param('id') && one.status !== 'deleted');

  app.get('/i/:short', (c) => {
    const short = c.req.param('short');
    const interview = state.interviews.find((one) => one.id.startsWith(short));
    return interview ? c.redirect(`${base}/live-interview/${interview.id}`, 303) : missing(c);
  });

  app.get('/live-interview/:id', (c) => {
    const interview = found(c);
    if (!interview) return missing(c);
    const visitor = {
      name: c.req.query('name') ?? '',
      isInterviewer: c.req.query('role') === 'interviewer',
    };
    const title = interviews.templateOf(interview.templateId)?.name ?? 'Live interview';
    return show(c, title, roomPage(interviews, interview, visitor, base));
  });

  app.post('/live-interview/:id/:action{join|begin|write|end|feedback}', async (c) => {
    const interview = found(c);
    if (!interview) return missing(c);
    const action = c.req.param('action');
    const form = await formOf(c);
    const name = form['name']?.trim() ?? '';
    const role = form['role'] === 'interviewer' ? 'interviewer' : 'candidate';
    const done = act(interviews, interview, action, { ...form, name, role });
    return back(
      c,
      `/live-interview/${interview.id}`,
      done ? (notices[action] ?? '') : 'That is not possible now.',
      { name, role },
    );
  });
};

const notices: Record<string, string> = {
  join: 'You are in.',
  begin: 'The interview has begun.',
  write: 'Saved.',
  end: 'The interview has ended.',
  feedback: 'The feedback is saved.',
};

const act = (
  interviews: Interviews,
  interview: Interview,
  action: string,
  form: Record<string, string | undefined> & { name: string; role: string },
): boolean => {
  const isInterviewer = form.role === 'interviewer';
  switch (action) {
    case 'join':
      if (form.name === '' || interviews.isExpired(interview)) return false;
      interviews.join(interview, form.name, isInterviewer);
      return true;
    case 'begin':
      return isInterviewer && interviews.begin(interview);
    case 'write':
      return interviews.write(interview, (form['code'] ?? '').replace(/\r\n/g, '\n'));
    case 'end':
      return isInterviewer && interviews.end(interview);
    default: {
      const { notes = '', evaluation = '' } = form;
      interviews.giveFeedback(interview, { notes, evaluation });
      return true;
    }
  }
};

const roomPage = (
  interviews: Interviews,
  interview: Interview,
  visitor: Visitor,
  base: string,
): Html => {
  const path = `${base}/live-interview/${interview.id}`;
  if (interviews.isExpired(interview))
    return html`<p>This link has expired. Ask for a new one.</p>`;
  if (interview.status === 'over') return overPage(interviews, interview, visitor, path);
  if (visitor.name === '') return doorPage(path, visitor.isInterviewer);
  if (interview.status === 'pending') return lobbyPage(interviews, interview, visitor, path);
  return editorPage(interviews, interview, visitor, path);
};

const hiddenFields = ({ name, isInterviewer }: Visitor): Html =>
  html`<input type="hidden" name="name" value="${name}" />
    <input type="hidden" name="role" value="${isInterviewer ? 'interviewer' : 'candidate'}" />`;

const doorPage = (path: string, isInterviewer: boolean): Html =>
  html`${
      isInterviewer
        ? html`<p>Signed in as an interviewer of this company.</p>`
        : html`<p>Welcome. Give your name to join the interview.</p>`
    }
    <form class="row" method="post" action="${path}/join">
      <input type="hidden" name="role" value="${isInterviewer ? 'interviewer' : 'candidate'}" />
      <label>Your name <input name="name" required autocomplete="name" /></label>
      <button>Join</button>
    </form>
    ${
      isInterviewer
        ? ''
        : html`<p>
            <a href="${path}?role=interviewer">I'M THE INTERVIEWER</a>
          </p>`
    }`;

const peopleList = (interview: Interview): Html =>
  html`<ul>
    ${interview.people.map(
      (one) => html`<li>${one.name}, ${one.interviewer ? 'interviewer' : 'candidate'}</li>`,
    )}
  </ul>`;

const tasksOf = (interviews: Interviews, interview: Interview): Html =>
  html`<ol>
    ${(interviews.templateOf(interview.templateId)?.tasks ?? []).map(
      (task) => html`<li>${task}</li>`,
    )}
  </ol>`;

/** What the interviewer prepares is hidden from the candidate until it begins [doc]. */
const lobbyPage = (
  interviews: Interviews,
  interview: Interview,
  visitor: Visitor,
  path: string,
): Html =>
  html`<p>You are in the lobby as ${visitor.name}.</p>
    ${peopleList(interview)}
    ${
      visitor.isInterviewer
        ? html`${tasksOf(interviews, interview)}
            <form method="post" action="${path}/begin">
              ${hiddenFields(visitor)} <button>Start the interview</button>
            </form>`
        : html`<p>The interview begins when the interviewer starts it. Then reload this page.</p>`
    }`;

const editorPage = (
  interviews: Interviews,
  interview: Interview,
  visitor: Visitor,
  path: string,
): Html =>
  html`<p>You are here as ${visitor.name}.</p>
    ${peopleList(interview)} ${tasksOf(interviews, interview)}
    <form method="post" action="${path}/write">
      ${hiddenFields(visitor)}
      <p>
        <label
          >Code
          <textarea name="code" rows="12" cols="90" spellcheck="false">${interview.code}</textarea>
        </label>
      </p>
      <button>Save</button>
      ${visitor.isInterviewer ? html`<button formaction="${path}/end">End interview</button>` : ''}
    </form>`;

const overPage = (
  interviews: Interviews,
  interview: Interview,
  visitor: Visitor,
  path: string,
): Html =>
  html`<p>This interview is ${stateOf(interviews, interview)}. Thank you.</p>
    ${
      visitor.isInterviewer
        ? html`<p>
              ${interview.candidateName ?? ''}, ${utc(interview.startDate)} to
              ${utc(interview.finishDate)} UTC
            </p>
            ${interview.code === '' ? '' : html`<pre>${interview.code}</pre>`}
            <h2>Feedback</h2>
            <form method="post" action="${path}/feedback">
              ${hiddenFields(visitor)}
              <p>
                <label
                  >Notes
                  <textarea name="notes" rows="4" cols="60">
${interview.feedback?.notes ?? ''}</textarea>
                </label>
              </p>
              <p>
                <label
                  >Evaluation
                  <select name="evaluation">
                    ${['strong_yes', 'yes', 'no', 'strong_no'].map(
                      (one) =>
                        html`<option ${one === interview.feedback?.evaluation ? 'selected' : ''}>
                          ${one}
                        </option>`,
                    )}
                  </select></label
                >
              </p>
              <button>Save feedback</button>
            </form>`
        : ''
    }`;
