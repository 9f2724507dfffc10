/** The administrator's side: integrations with their keys, and the tests. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { Account } from './account.ts';
import { field, type Frame } from './pages-frame.ts';
import type { Integration, Test } from './state.ts';

export const serveAccountPages = (pages: Hono, frame: Frame, account: Account): void => {
  const { state } = account;
  const at = '/account/integrations';

  pages.get(at, (c) =>
    frame.page(c, 'Account details', integrationsPage(state.integrations, frame.base)),
  );

  pages.post(at, async (c) => {
    const name = await field(c, 'name');
    if (name === '') return frame.back(c, at, 'Give the integration a name.');
    account.createIntegration(name);
    return frame.back(c, at, 'The integration is created. Click its header to copy it.');
  });

  pages.post(`${at}/:id/delete`, (c) => {
    account.removeIntegration(Number(c.req.param('id')));
    return frame.back(c, at, 'The integration is deleted; its key is no longer good.');
  });

  pages.get('/tests', (c) => frame.page(c, 'Tests', testsPage(state.tests)));
};

/** A click on the header marks all of it, ready to be copied: pages have no script. */
const header = 'display:block;padding:.5rem .75rem;user-select:all;cursor:copy';

const integrationsPage = (integrations: readonly Integration[], base: string): Html =>
  html`<p>My Account › Account details › <strong aria-current="page">Integrations</strong></p>
    <h2>Create an integration</h2>
    <form class="row" method="post" action="${base}/account/integrations">
      <label>Name <input name="name" required maxlength="80" /></label> <button>Create</button>
    </form>
    ${integrations.toReversed().map(
      (one) =>
        html`<section aria-label="${one.name}">
          <h2>${one.name}</h2>
          <p>Click the header to copy it. It gives full access to the account.</p>
          <code style="${header}">Authorization: Bearer ${one.token}</code>
          <form class="row" method="post" action="${base}/account/integrations/${one.id}/delete">
            <button>Delete integration</button>
          </form>
        </section>`,
    )}
    ${integrations.length === 0 ? html`<p class="empty">There is no integration.</p>` : ''}`;

const testsPage = (tests: readonly Test[]): Html =>
  html`<div class="scroll">
    <table>
      <tr>
        <th>Test</th>
        <th>Tasks</th>
        <th>Minutes</th>
        <th>State</th>
      </tr>
      ${tests.map(
        (test) =>
          html`<tr>
            <td>${test.name}</td>
            <td>${test.tasks.map((task) => `${task.name} (${task.language})`).join(', ')}</td>
            <td>${test.minutes}</td>
            <td>${test.archived ? 'archived' : 'active'}</td>
          </tr>`,
      )}
    </table>
  </div>`;
