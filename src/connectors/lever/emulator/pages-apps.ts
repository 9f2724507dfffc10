/** Settings > Integrations and API > Authorized apps. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { instant } from '#connectors/emulator-page.ts';
import { field, type Frame } from './pages-frame.ts';
import type { World } from './world.ts';

const here = '/settings/apps';

export const appPages = ({ state, options }: World, frame: Frame): Hono => {
  const app = new Hono();

  app.get('/', (c) => {
    const active = state.grants.filter((grant) => grant.revokedAt === null);
    return frame.settings(
      c,
      here,
      html` ${active.length === 0 ? html`<p class="empty">No app has access.</p>` : ''}
        <div class="scroll">
          <table>
            <tbody>
              ${active.map(
                (grant) =>
                  html`<tr>
                    <td>
                      ${state.clients.find((one) => one.clientId === grant.clientId)?.name ?? grant.clientId}
                      since ${instant(grant.createdAt)}: ${grant.scopes.join(', ')}
                    </td>
                    <td>
                      <form method="post" action="${frame.base}${here}/${grant.id}/revoke">
                        <button>Revoke access</button>
                      </form>
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <p>
          Webhooks that an app made stay after its access is revoked; delete them on the Webhooks
          tab.
        </p>
        <h2>Callback addresses</h2>
        <p>
          Lever registers them by hand. Here, the first address that is consented to is registered
          when there is none.
        </p>
        ${state.clients.map(
          (client) =>
            html`<form class="row" method="post" action="${frame.base}${here}/callback">
              <label
                >${client.name}
                <input
                  name="redirectUri"
                  size="50"
                  value="${client.redirectUris[0] ?? ''}" /></label
              ><button>Register</button>
            </form>`,
        )}`,
    );
  });

  app.post('/callback', async (c) => {
    const redirectUri = await field(c, 'redirectUri');
    if (redirectUri !== '' && !URL.canParse(redirectUri))
      return frame.back(c, here, 'That is not a full address.');
    const [client] = state.clients;
    if (client) client.redirectUris = redirectUri === '' ? [] : [redirectUri];
    return frame.back(c, here, 'The callback address was registered.');
  });

  app.post('/:id/revoke', (c) => {
    const grant = state.grants.find((one) => one.id === c.req.param('id'));
    if (!grant) return frame.missing(c, 'This app');
    grant.revokedAt ??= options.now();
    return frame.back(c, here, 'Access was revoked.');
  });

  return app;
};
