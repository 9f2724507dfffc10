/** CodeLive: the list, and the room behind its one link. The host enters first and presses Start. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { isOpen, type Interviews } from './interviews.ts';
import { field, instant, type Frame } from './pages-frame.ts';
import type { Interview } from './state.ts';

type Role = 'host' | 'guest';

const roleOf = (text: string | undefined): Role | null =>
  text === 'host' || text === 'guest' ? text : null;

export const serveLivePages = (pages: Hono, frame: Frame, interviews: Interviews): void => {
  const { base } = frame;
  const interviewAt = (c: Context): Interview | undefined =>
    interviews.state.interviews.find((one) => one.id === c.req.param('id'));
  const room = (interview: Interview, role: Role): string => `/live/${interview.id}?as=${role}`;

  pages.get('/interviews', (c) =>
    frame.page(c, 'CodeLive', listPage(interviews.state.interviews, base)),
  );

  pages.get('/live/:id', (c) => {
    const interview = interviewAt(c);
    if (!interview) return frame.missing(c);
    const role = roleOf(c.req.query('as'));
    return frame.page(c, interview.name, roomPage(interview, role, `${base}/live/${interview.id}`));
  });

  pages.post('/live/:id/join', async (c) => {
    const interview = interviewAt(c);
    if (!interview) return frame.missing(c);
    const role = roleOf(await field(c, 'role')) ?? 'guest';
    const name = (await field(c, 'name')) || (role === 'host' ? 'Host' : 'Candidate');
    interviews.join(interview, role, name);
    return c.redirect(base + room(interview, role), 303);
  });

  pages.post('/live/:id/start', (c) => {
    const interview = interviewAt(c);
    if (!interview) return frame.missing(c);
    const done = interviews.start(interview);
    const notice = done ? 'The session runs.' : 'A host has to enter first.';
    return frame.back(c, room(interview, 'host'), notice);
  });

  pages.post('/live/:id/write', async (c) => {
    const interview = interviewAt(c);
    if (!interview) return frame.missing(c);
    const role = roleOf(await field(c, 'role')) ?? 'guest';
    const done = interviews.write(interview, (await field(c, 'code')).replace(/\r\n/g, '\n'));
    return frame.back(c, room(interview, role), done ? 'Saved.' : 'The session is not running.');
  });

  pages.post('/live/:id/end', (c) => {
    const interview = interviewAt(c);
    if (!interview) return frame.missing(c);
    interviews.end(interview);
    return frame.back(c, `/live/${interview.id}`, 'The session has ended.');
  });
};

const stateOf = (interview: Interview): string => {
  if (interview.deleted) return 'deleted';
  if (interview.endedAt !== null) return 'ended';
  return interview.startedAt === null ? 'waiting for the host' : 'running';
};

const listPage = (interviews: readonly Interview[], base: string): Html =>
  interviews.length === 0
    ? html`<p class="empty">
        There is no session yet. Those that are made by the API appear here.
      </p>`
    : html`<div class="scroll">
        <table>
          <tr>
            <th>Session</th>
            <th>Candidate</th>
            <th>Made (UTC)</th>
            <th>State</th>
          </tr>
          ${interviews.toReversed().map(
            (one) =>
              html`<tr>
                <td><a href="${base}/live/${one.id}">${one.name}</a></td>
                <td>${one.firstName} ${one.lastName}</td>
                <td>${instant(one.createdAt)}</td>
                <td>${stateOf(one)}</td>
              </tr>`,
          )}
        </table>
      </div>`;

const roomPage = (interview: Interview, role: Role | null, at: string): Html => {
  if (!isOpen(interview))
    return html`<p>This session has ended. Nobody can enter any more.</p>
      ${interview.code === '' ? '' : html`<pre>${interview.code}</pre>`}`;
  if (role === null) return doorPage(interview, at);
  if (interview.startedAt === null)
    return role === 'host'
      ? html`<p>
            ${interview.guest === null ? 'The candidate is not here yet.' : `${interview.guest} waits in the lobby.`}
          </p>
          <form method="post" action="${at}/start"><button>Start</button></form>`
      : html`<p>Please wait: you are let in when the host presses Start.</p>
          <p><a href="${at}?as=guest">Look again</a></p>`;
  return html`<p>
      Host: ${interview.host ?? '–'} · Candidate: ${interview.guest ?? 'not here yet'}
    </p>
    <form method="post" action="${at}/write">
      <input type="hidden" name="role" value="${role}" />
      <p>
        <label
          >Code
          <textarea name="code" rows="14" cols="90" spellcheck="false">${interview.code}</textarea>
        </label>
      </p>
      <button>Save</button>
    </form>
    ${
      role === 'host'
        ? html`<form class="row" method="post" action="${at}/end">
            <button>End session</button>
          </form>`
        : ''
    }`;
};

const doorPage = (interview: Interview, at: string): Html =>
  html`<p>One link for everybody: who signs in is the host.</p>
    <form class="row" method="post" action="${at}/join">
      <label>Your name <input name="name" autocomplete="name" /></label>
      <button name="role" value="host">Sign in as host</button>
      <button name="role" value="guest">Enter as candidate</button>
    </form>
    ${interview.templateId === null ? '' : html`<p>Template: ${interview.templateId}</p>`}`;
