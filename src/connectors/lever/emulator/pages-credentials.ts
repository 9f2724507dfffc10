/** Settings > Integrations and API > API credentials. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { instant } from '#connectors/emulator-page.ts';
import type { Frame } from './pages-frame.ts';
import { permissionNames } from './vocabulary.ts';
import type { KeyRecord } from './state.ts';
import type { World } from './world.ts';

export const credentialPages = ({ state, mint, options }: World, frame: Frame): Hono => {
  const app = new Hono();
  const here = '/settings/credentials';

  app.get('/', (c) =>
    frame.settings(
      c,
      here,
      html` <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Name</th>
                <th>Permissions</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${state.keys.map(
                (key) =>
                  html`<tr>
                    <td>${key.name}<br /><small>${instant(key.createdAt)}</small></td>
                    <td>
                      <details>
                        <summary>${key.permissions.length} of ${permissionNames.length}</summary>
                        ${key.permissions.join(', ')}
                      </details>
                    </td>
                    <td>
                      ${key.revokedAt === null ? html`<form method="post" action="${frame.base}${here}/${key.id}/revoke"><button aria-label="Revoke ${key.name}">Revoke</button></form>` : 'revoked'}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <h2>Generate a new key</h2>
        <p>
          Permissions, and access to confidential data, are chosen now and cannot be changed later.
        </p>
        <form method="post" action="${frame.base}${here}">
          <p>
            <label>Name <input name="name" required /></label>
          </p>
          <fieldset style="columns:16rem">
            <legend>Permissions</legend>
            ${permissionNames.map(
              (name) =>
                html`<div>
                  <input type="checkbox" id="${name}" name="permissions" value="${name}" />
                  <label for="${name}">${name}</label>
                </div>`,
            )}
          </fieldset>
          <p><button>Generate key</button></p>
        </form>`,
    ),
  );

  app.post('/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const key: KeyRecord = {
      id: mint.uuid(),
      name: form.get('name')?.trim() || 'Unnamed key',
      key: mint.text(48),
      permissions: permissionNames.filter((name) => form.getAll('permissions').includes(name)),
      createdAt: options.now(),
      revokedAt: null,
    };
    state.keys.push(key);
    return frame.page(
      c,
      'New API key',
      html`<p>Copy the key of <strong>${key.name}</strong> now. It is not shown again.</p>
        <p><code id="new-key">${key.key}</code></p>
        ${key.permissions.length === 0 ? html`<p class="notice">No permission was chosen: Lever will refuse every call with this key.</p>` : ''}
        <p><a href="${frame.base}${here}">Done</a></p>`,
    );
  });

  app.post('/:id/revoke', (c) => {
    const key = state.keys.find((one) => one.id === c.req.param('id'));
    if (!key) return frame.missing(c, 'This key');
    key.revokedAt ??= options.now();
    return frame.back(c, here, `The key ${key.name} was revoked.`);
  });

  return app;
};
