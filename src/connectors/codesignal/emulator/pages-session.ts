/** One test session: the recruiter's report, and what the candidate's link opens. */
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { utc } from './pages-frame.ts';
import type { Sessions } from './sessions.ts';
import type { Session } from './state.ts';

export const reportPage = (sessions: Sessions, session: Session, base: string): Html => {
  const path = `${base}/sessions/${session.id}`;
  const codingScore = sessions.codingScoreOf(session);
  return html`<dl>
      <dt>Candidate</dt>
      <dd>${sessions.nameOf(session)} ${session.email ?? ''}</dd>
      <dt>State</dt>
      <dd>${session.status}</dd>
      <dt>Invited, started, finished</dt>
      <dd>
        ${utc(session.createDate)} · ${utc(session.startDate)} · ${utc(session.finishDate)} UTC
      </dd>
      <dt>Expires</dt>
      <dd>${utc(session.expirationDate)} UTC</dd>
      <dt>Candidate's link</dt>
      <dd><a href="${sessions.urlOf(session)}">${sessions.urlOf(session)}</a></dd>
      ${
        session.score === null
          ? ''
          : html`<dt>Score</dt>
              <dd>
                ${session.score} of
                ${sessions.maxScoreOf(session)}${
                  codingScore === null ? '' : `, coding score ${String(codingScore)}`
                }
              </dd>`
      }
      ${
        session.verificationStatus === null
          ? ''
          : html`<dt>Verification</dt>
              <dd>${session.verificationStatus} ${session.rejectionReasons.join(', ')}</dd>`
      }
      ${
        session.integrityReviewSuggested === null
          ? ''
          : html`<dt>Suspicion</dt>
              <dd>${session.suspicion}</dd>`
      }
    </dl>
    ${session.answer === '' ? '' : html`<pre>${session.answer}</pre>`} ${reviewForms(session, path)}`;
};

const reviewForms = (session: Session, path: string): Html => {
  if (session.status === 'pending')
    return html`<form method="post" action="${path}/expire">
      <button>Let the invitation expire</button>
    </form>`;
  if (session.verificationStatus === 'pending')
    return html`<h2>Verification</h2>
      <form class="row" method="post" action="${path}/verify"><button>Verify</button></form>
      <form class="row" method="post" action="${path}/verify">
        <label
          >Reason
          <select name="reason">
            <option>Another person was in the room</option>
            <option>The camera was off</option>
          </select></label
        >
        <button>Do not verify</button>
      </form>`;
  if (session.integrityReviewSuggested === null) return html``;
  return html`<h2>Integrity</h2>
    <form class="row" method="post" action="${path}/review">
      <label
        >Suspicion
        <select name="suspicion">
          ${['none', 'low', 'medium', 'high'].map(
            (one) => html`<option ${one === session.suspicion ? 'selected' : ''}>${one}</option>`,
          )}
        </select></label
      >
      <button>Save</button>
    </form>`;
};

export const candidatePage = (sessions: Sessions, session: Session, base: string): Html => {
  const path = `${base}/invite/${session.id}`;
  const test = sessions.testOf(session.testId);
  if (session.status === 'pending')
    return html`<p>
        Hello ${session.firstName ?? ''}. The test has ${test.tasks.length} tasks and takes at most
        ${Math.round(test.duration / 60_000)}
        minutes.${test.proctored ? ' It is proctored: your result is verified before it counts.' : ''}
      </p>
      <form method="post" action="${path}/start">
        <button>Start the test</button> <button formaction="${path}/decline">Decline</button>
      </form>`;
  if (session.status === 'active')
    return html`<ol>
        ${test.tasks.map((task) => html`<li>${task.title}, ${task.maxScore} points</li>`)}
      </ol>
      <form method="post" action="${path}/finish">
        <p>
          <label
            >Your answer <textarea name="answer" rows="8" cols="80" spellcheck="false"></textarea>
          </label>
        </p>
        <p>
          <label
            >Score you wish to get, in percent
            <input name="score" type="number" min="0" max="100" value="82"
          /></label>
        </p>
        <button>Submit the test</button>
      </form>`;
  if (session.status === 'over') return html`<p>The test is over. Thank you.</p>`;
  return html`<p>This invitation is ${session.status}.</p>`;
};
