/** Integrations > API Keys: ADD A KEY with its permissions, the key to be copied, revoking. */
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { formOf, utc, type Frame, type PagesSetup } from './pages-frame.ts';
import { everyPermission } from './permissions.ts';
import { makeId, nextRandom, type ApiKey, type State } from './state.ts';

const path = '/integrations/api-keys';

export const addKeyPages = (frame: Frame, { options, state }: PagesSetup): void => {
  const { app, base, show, back, missing } = frame;

  app.get(path, (c) => show(c, 'API Keys', keysPage(state, base)));
  app.get(`${path}/new`, (c) => show(c, 'Add a key', newKeyPage(base)));

  app.post(path, async (c) => {
    const { description, permissions = '' } = await formOf(c);
    const chosen = permissions.split(' ').filter((name) => everyPermission.includes(name));
    if (chosen.length === 0) return back(c, `${path}/new`, 'Choose at least one permission.');
    const random = nextRandom(options.seed, state);
    state.keys.push({
      id: makeId(random),
      value: makeId(random, 40),
      description: description?.trim() || 'No description',
      permissions: chosen,
      createdAt: options.now(),
    });
    options.changed();
    return back(c, path, 'The key is saved. Click on it to copy it.');
  });

  app.post(`${path}/:id/revoke`, (c) => {
    const position = state.keys.findIndex((key) => key.id === c.req.param('id'));
    if (position < 0) return missing(c);
    state.keys.splice(position, 1);
    options.changed();
    return back(c, path, 'The key is revoked.');
  });
};

const keysPage = (state: State, base: string): Html =>
  html`<p><a href="${base}${path}/new">ADD A KEY</a></p>
    ${
      state.keys.length === 0
        ? html`<p class="empty">There is no key.</p>`
        : html`<div class="scroll">
            <table>
              <tr>
                <th>Key, click to select</th>
                <th>Permissions</th>
                <th>Made (UTC)</th>
                <th></th>
              </tr>
              ${state.keys.toReversed().map((key) => keyRow(key, base))}
            </table>
          </div>`
    }`;

const keyRow = (key: ApiKey, base: string): Html =>
  html`<tr>
    <td>
      ${key.description}<br />
      <code style="color:var(--accent);user-select:all">${key.value}</code>
    </td>
    <td>${topmost(key.permissions).map((name) => html`${name}<br />`)}</td>
    <td>${utc(key.createdAt)}</td>
    <td>
      <form method="post" action="${base}${path}/${key.id}/revoke"><button>Revoke</button></form>
    </td>
  </tr>`;

/** What is contained in another one needs no mention. */
const topmost = (permissions: readonly string[]): string[] =>
  permissions.filter((name) => !permissions.some((other) => name.startsWith(`${other}.`)));

const newKeyPage = (base: string): Html =>
  html`<form method="post" action="${base}${path}">
    <p>
      <label>Key description <input name="description" required /></label>
    </p>
    <fieldset>
      <legend>Permissions</legend>
      ${everyPermission.map((name) => {
        const depth = name.split('.').length - 1;
        return html`<label
          style="display:flex;flex-direction:row;gap:.5rem;padding:.15rem 0;margin-left:${
            depth * 1.5
          }rem"
          ><input type="checkbox" name="permissions" value="${name}" />
          ${depth === 0 ? label(name) : html`<code>${name}</code>`}</label
        >`;
      })}
    </fieldset>
    <p><button>SAVE</button></p>
  </form>`;

/** `liveInterview` as the screen writes it: LiveInterview. */
const label = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
