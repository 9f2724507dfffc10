/** Admin > Integrations: the tiles, and the keys behind them. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Html, instant } from '#connectors/emulator-page.ts';
import type { StoredKey } from './model.ts';
import type { Desk } from './pages-frame.ts';
import { allScopes, modules } from './permissions.ts';

/** The hub, and the integration whose place it can take. */
const tiles = [
  ['loopwright', 'Loopwright', 'Technical interviews and tests'],
  ['code-interview', 'Code Interview', 'Interview links when a candidate reaches a stage'],
] as const;

/** `codeinterview` finds Code Interview. */
const compact = (text: string): string => text.toLowerCase().replace(/\W/g, '');

export const addKeyPages = (pages: Hono, desk: Desk): void => {
  const { data, base } = desk;
  const { keys } = data.state;

  pages.get('/admin/integrations', (c) => {
    const query = (c.req.query('q') ?? '').trim();
    const found = tiles.filter(([, name]) => compact(name).includes(compact(query)));
    return desk.show(
      c,
      'Integrations',
      html`<form class="row" method="get" action="${base}/admin/integrations">
          <label>Search integrations <input type="search" name="q" value="${query}" /></label>
          <button>Search</button>
        </form>
        ${found.length === 0 ? html`<p class="empty">No integration of that name.</p>` : ''}
        <ul>
          ${found.map(
            ([id, name, text]) =>
              html`<li><a href="${base}/admin/integrations/${id}">${name}</a>: ${text}</li>`,
          )}
        </ul>
        <p><a href="${base}/admin/api/keys">All API keys</a></p>`,
    );
  });

  pages.get('/admin/integrations/:id', (c) => {
    const [, name] = tiles.find(([id]) => id === c.req.param('id')) ?? [];
    if (name === undefined) return desk.missing(c);
    return desk.show(c, name, createForm(base, name));
  });
  pages.get('/admin/api/keys', (c) => desk.show(c, 'API keys', keyTable(desk)));

  pages.post('/admin/api/keys', async (c) => {
    const form = await desk.form(c);
    const key: StoredKey = {
      id: data.newId(),
      title: form.get('title')?.trim() || 'Loopwright',
      key: newKey(desk),
      active: true,
      createdAt: desk.options.now(),
      ownerId: data.state.users[0]?.id ?? '',
      scopes: allScopes.filter((scope) => form.getAll('scope').includes(scope)),
      confidentialJobs: form.has('confidentialJobs'),
      privateFields: form.has('privateFields'),
      onBehalfOf: form.has('onBehalfOf'),
    };
    keys.push(key);
    desk.options.changed();
    return desk.show(
      c,
      'API key created',
      html`<p>Copy it now. Ashby does not show it again.</p>
        <p><code id="api-key">${key.key}</code></p>
        <p><a href="${base}/admin/api/keys">Done</a></p>`,
    );
  });

  const onKey = (verb: string, act: (key: StoredKey) => string): void => {
    pages.post(`/admin/api/keys/:id/${verb}`, (c) => {
      const key = keys.find(({ id }) => id === c.req.param('id'));
      if (!key) return desk.missing(c);
      const notice = act(key);
      desk.options.changed();
      return desk.back(c, '/admin/api/keys', notice);
    });
  };
  onKey('deactivate', (key) => {
    key.active = false;
    return 'Key deactivated.';
  });
  onKey('activate', (key) => {
    key.active = true;
    return 'Key activated.';
  });
  onKey('revoke', (key) => {
    keys.splice(keys.indexOf(key), 1);
    return 'Key revoked.';
  });
};

const newKey = ({ data }: Desk): string => (data.newId() + data.newId()).replaceAll('-', '');

const createForm = (base: string, integration: string): Html =>
  html`<form method="post" action="${base}/admin/api/keys">
      <p>
        <label>Title <input name="title" value="${integration}" /></label>
      </p>
      <fieldset>
        <legend>Permissions</legend>
        <table>
          <thead>
            <tr>
              <th>Module</th>
              <th>Read</th>
              <th>Write</th>
            </tr>
          </thead>
          <tbody>
            ${modules.map(
              ([id, label]) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  ${['read', 'write'].map(
                    (verb) =>
                      html`<td>
                        <input
                          type="checkbox"
                          name="scope"
                          value="${id}:${verb}"
                          checked
                          aria-label="${label}: ${verb}"
                        />
                      </td>`,
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </fieldset>
      <p>
        <input type="checkbox" id="confidentialJobs" name="confidentialJobs" />
        <label for="confidentialJobs">Allow access to confidential jobs and projects</label>
      </p>
      <p>
        <input type="checkbox" id="privateFields" name="privateFields" />
        <label for="privateFields">Allow access to non-offer private fields</label>
      </p>
      <p>
        <input type="checkbox" id="onBehalfOf" name="onBehalfOf" />
        <label for="onBehalfOf">Allow acting on behalf of a user</label>
      </p>
      <button>Create API Key for ${integration}</button>
    </form>
    <p><a href="${base}/admin/api/keys">All API keys</a></p>`;

const keyTable = ({ data, base }: Desk): Html =>
  html`${data.state.keys.length === 0 ? html`<p class="empty">No keys.</p>` : ''}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Title</th>
            <th>Created</th>
            <th>State</th>
            <th>Permissions</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${data.state.keys.map((key) => {
            const verb = key.active ? 'deactivate' : 'activate';
            return html`<tr>
              <td>${key.title}</td>
              <td>${instant(key.createdAt)}</td>
              <td>${key.active ? 'Active' : 'Deactivated'}</td>
              <td>
                <details>
                  <summary>${key.scopes.length} of ${allScopes.length}</summary>
                  ${key.scopes.join(', ')}
                </details>
              </td>
              <td>
                <form method="post" action="${base}/admin/api/keys/${key.id}/${verb}">
                  <button>${key.active ? 'Deactivate' : 'Activate'}</button>
                </form>
                <form method="post" action="${base}/admin/api/keys/${key.id}/revoke">
                  <button>Revoke</button>
                </form>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
