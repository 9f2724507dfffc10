/** The administrator's side: key, webhook, campaigns and their invitation mail. */
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import type { Campaign, State } from './state.ts';

export const integrationPage = (state: State, base: string, sent: readonly SentWebhook[]): Html =>
  html` <h2>API key</h2>
    ${
      state.key === null
        ? html`<p class="empty">There is no key.</p>`
        : html`<p>
            <label>Key, to be copied <input readonly size="44" value="${state.key}" /></label>
          </p>`
    }
    <form class="row" method="post" action="${base}/integration/key">
      <button name="action" value="generate">Generate key</button>
      ${state.key === null ? '' : html`<button name="action" value="revoke">Revoke key</button>`}
    </form>
    <h2>Webhook</h2>
    <p>One address per account. What is sent to it is not documented by the vendor.</p>
    <form class="row" method="post" action="${base}/integration/webhook">
      <label
        >Address <input name="url" type="url" size="60" value="${state.webhookUrl ?? ''}"
      /></label>
      <label
        >Deliveries
        <select name="send">
          <option value="on" ${state.webhookSends ? 'selected' : ''}>are sent</option>
          <option value="off" ${state.webhookSends ? '' : 'selected'}>are not sent</option>
        </select></label
      >
      <button>Save</button>
    </form>
    ${
      sent.length === 0
        ? ''
        : html`<div class="scroll">
            <table>
              <caption>
                Deliveries, newest first
              </caption>
              <tr>
                <th>Event</th>
                <th>State</th>
                <th>Answer</th>
              </tr>
              ${sent.toReversed().map(
                (one) =>
                  html`<tr>
                    <td>${one.event}</td>
                    <td>${one.state}</td>
                    <td>${one.attempts.map((attempt) => attempt.status).join(', ')}</td>
                  </tr>`,
              )}
            </table>
          </div>`
    }`;

export const campaignsPage = (state: State, base: string): Html =>
  html` <div class="scroll">
    <table>
      <tr>
        <th>Campaign</th>
        <th>Technologies</th>
        <th>Points</th>
        <th>State</th>
      </tr>
      ${state.campaigns.map(
        (one) =>
          html`<tr>
            <td><a href="${base}/campaigns/${one.id}">${one.name}</a></td>
            <td>${one.languages.join(', ')}</td>
            <td>${one.totalPoints}</td>
            <td>${one.archived ? 'archived' : one.pinned ? 'pinned' : 'active'}</td>
          </tr>`,
      )}
    </table>
  </div>`;

export const campaignPage = (campaign: Campaign, base: string): Html =>
  html` <p>
      ${campaign.languages.join(', ')} · ${campaign.totalPoints} points ·
      ${Math.round(campaign.totalDuration / 60)}
      minutes${campaign.manualReview ? ' · graded by a person' : ''}
    </p>
    <h2>Invitation mail</h2>
    <p>
      Variables: <code>{{candidate_name}}</code> <code>{{campaign_name}}</code>
      <code>{{test_url}}</code>
    </p>
    <form method="post" action="${base}/campaigns/${campaign.id}/mail">
      <p>
        <label>Subject <input name="subject" size="60" value="${campaign.mailSubject}" /></label>
      </p>
      <p>
        <label>Text <textarea name="text" rows="8" cols="70">${campaign.mailText}</textarea></label>
      </p>
      <button>Save mail</button>
    </form>
    <h2>Campaign</h2>
    <form class="row" method="post" action="${base}/campaigns/${campaign.id}/archive">
      <button name="archived" value="${campaign.archived ? 'no' : 'yes'}">
        ${campaign.archived ? 'Take out of the archive' : 'Archive'}
      </button>
    </form>`;
