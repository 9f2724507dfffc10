/** One test from both sides: the recruiter's report and what the candidate's link opens. */
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { Account } from './account.ts';
import type { TestSession } from './state.ts';

const day = (instant: number | null): string =>
  instant === null ? '–' : new Date(instant).toISOString().slice(0, 16).replace('T', ' ');

const percentOf = (account: Account, test: TestSession): number =>
  Math.round(((test.points ?? 0) / (account.campaignOf(test)?.totalPoints ?? 1)) * 100);

export const testsPage = (account: Account, base: string): Html => {
  const { tests } = account.state;
  if (tests.length === 0)
    return html`<p class="empty">No test has been sent yet. Invitations appear here.</p>`;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>Candidate</th>
        <th>Campaign</th>
        <th>Sent (UTC)</th>
        <th>State</th>
        <th>Score</th>
      </tr>
      ${tests.toReversed().map(
        (test) =>
          html`<tr>
            <td>
              <a href="${base}/tests/${test.id}"
                >${test.candidateName ?? test.candidateEmail ?? 'no name'}</a
              >
            </td>
            <td>${account.campaignOf(test)?.name ?? '–'}</td>
            <td>${day(test.sentAt)}</td>
            <td>${test.status.replace('_', ' ')}</td>
            <td>${test.points === null ? '–' : html`${percentOf(account, test)} %`}</td>
          </tr>`,
      )}
    </table>
  </div>`;
};

export const reportPage = (account: Account, test: TestSession, base: string): Html =>
  html` <table>
      <tr>
        <th scope="row">Candidate</th>
        <td>${test.candidateName ?? '–'} ${test.candidateEmail ?? ''}</td>
      </tr>
      <tr>
        <th scope="row">Campaign</th>
        <td>${account.campaignOf(test)?.name ?? '–'}</td>
      </tr>
      <tr>
        <th scope="row">State</th>
        <td>${test.status.replace('_', ' ')}</td>
      </tr>
      <tr>
        <th scope="row">Sent, started, ended (UTC)</th>
        <td>${day(test.sentAt)} · ${day(test.startedAt)} · ${day(test.endedAt)}</td>
      </tr>
      <tr>
        <th scope="row">Tags</th>
        <td>${test.tags.join(', ')}</td>
      </tr>
      <tr>
        <th scope="row">Candidate's link</th>
        <td><a href="${account.testUrl(test)}">${account.testUrl(test)}</a></td>
      </tr>
      ${
        test.answer === ''
          ? ''
          : html`<tr>
              <th scope="row">Answer</th>
              <td><pre>${test.answer}</pre></td>
            </tr>`
      }
    </table>
    ${
      test.points === null
        ? html`<p class="empty">There is no report before the test has ended.</p>`
        : html`<h2>Report</h2>
            <p>
              ${test.points} of ${account.campaignOf(test)?.totalPoints ?? 0} points,
              ${percentOf(account, test)}
              %${test.pendingReview ? ' · waits for a manual review' : ''}
            </p>
            <form method="post" action="${base}/tests/${test.id}/grade">
              <p>
                <label
                  >Score in percent
                  <input
                    name="score"
                    type="number"
                    min="0"
                    max="100"
                    required
                    value="${percentOf(account, test)}"
                /></label>
              </p>
              <p>
                <label
                  >Approval
                  <select name="approval">
                    ${['TO_REVIEW', 'APPROVED', 'REJECTED'].map(
                      (one) =>
                        html`<option value="${one}" ${one === test.approval ? 'selected' : ''}>
                          ${one.toLowerCase().replace('_', ' ')}
                        </option>`,
                    )}
                  </select></label
                >
              </p>
              <p>
                <label
                  >Cheating
                  <select name="cheated">
                    <option value="no" ${test.cheated ? '' : 'selected'}>not marked</option>
                    <option value="yes" ${test.cheated ? 'selected' : ''}>marked as cheated</option>
                  </select></label
                >
              </p>
              <p>
                <label
                  >Warnings, one a line
                  <textarea name="warnings" rows="3" cols="50">
${test.warnings.join('\n')}</textarea>
                </label>
              </p>
              <button>Save grading</button>
            </form>`
    }`;

export const candidatePage = (account: Account, test: TestSession, base: string): Html => {
  const path = `${base}/t/${test.token}`;
  const campaign = account.campaignOf(test);
  if (test.status === 'waiting')
    return html`<p>
        Hello ${test.candidateName ?? ''}. The test has ${campaign?.questions.length ?? 0} questions
        and takes at most ${Math.round((campaign?.totalDuration ?? 0) / 60)} minutes.
      </p>
      <form method="post" action="${path}/start"><button>Start the test</button></form>`;
  if (test.status === 'in_progress')
    return html`<ol>
        ${(campaign?.questions ?? []).map((title) => html`<li>${title}</li>`)}
      </ol>
      <form method="post" action="${path}/finish">
        <p>
          <label
            >Your answer <textarea name="answer" rows="10" cols="80">${test.answer}</textarea>
          </label>
        </p>
        <p>
          <label
            >Score you wish to get, in percent
            <input name="score" type="number" min="0" max="100" value="82"
          /></label>
        </p>
        <p>
          <button>Hand in</button> <button formaction="${path}/answer">Save for later</button>
          <button formaction="${path}/abort">Give up</button>
        </p>
      </form>`;
  if (test.status === 'cancelled') return html`<p>This invitation was taken back.</p>`;
  return html`<p>The test is over. Thank you.</p>`;
};
