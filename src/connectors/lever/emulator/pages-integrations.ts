/** Settings > Integrations and API > Partner integrations: the toggle of the scheduling partner. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { field, type Frame } from './pages-frame.ts';
import { schedulingPermissions } from './vocabulary.ts';
import type { SchedulingRecord } from './state.ts';
import type { World } from './world.ts';

const here = '/settings/integrations';
const placeholder = '{opportunityId}';

/** Where *Schedule* leads for a candidate; null while the integration is off or has no address. */
export const scheduleUrl = (
  { enabled, address }: SchedulingRecord,
  opportunityId: string,
): string | null =>
  enabled && address !== '' ? address.replaceAll(placeholder, opportunityId) : null;

export const integrationPages = ({ state, mint, options }: World, frame: Frame): Hono => {
  const app = new Hono();
  const { scheduling } = state;

  const revokeKey = (): void => {
    const key = state.keys.find(({ id }) => id === scheduling.keyId);
    if (key) key.revokedAt ??= options.now();
    scheduling.keyId = null;
  };

  app.get('/', (c) => frame.settings(c, here, partners(scheduling, frame)));

  app.post('/toggle', async (c) => {
    scheduling.enabled = (await field(c, 'enabled')) === 'true';
    if (!scheduling.enabled) revokeKey();
    return frame.back(
      c,
      here,
      scheduling.enabled
        ? 'Loopwright is on.'
        : 'Loopwright is off, and the key that was generated here is revoked.',
    );
  });

  app.post('/address', async (c) => {
    const address = await field(c, 'address');
    if (address !== '' && !/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
      return frame.back(c, here, 'That is not a full address.');
    if (address !== '' && !address.includes(placeholder))
      return frame.back(c, here, `The address needs ${placeholder} where the candidate belongs.`);
    scheduling.address = address;
    return frame.back(c, here, 'The address was saved.');
  });

  app.post('/key', (c) => {
    if (!scheduling.enabled) return frame.back(c, here, 'Turn Loopwright on first.');
    revokeKey();
    const key = {
      id: mint.uuid(),
      name: 'Loopwright, scheduling',
      key: mint.text(48),
      permissions: [...schedulingPermissions],
      createdAt: options.now(),
      revokedAt: null,
    };
    state.keys.push(key);
    scheduling.keyId = key.id;
    return frame.page(
      c,
      'New API key',
      html`<p>Copy the key of <strong>Loopwright</strong> now. It is not shown again.</p>
        <p><code id="new-key">${key.key}</code></p>
        <p><a href="${frame.base}${here}">Done</a></p>`,
    );
  });

  return app;
};

const partners = (scheduling: SchedulingRecord, frame: Frame): Html => {
  const { enabled } = scheduling;
  return html`<h2>Scheduling</h2>
    <div class="scroll">
      <table>
        <tbody>
          <tr>
            <th scope="row">Loopwright</th>
            <td>${enabled ? 'on' : 'off'}</td>
            <td>
              <form method="post" action="${frame.base}${here}/toggle">
                <button
                  name="enabled"
                  value="${String(!enabled)}"
                  aria-label="Turn Loopwright ${enabled ? 'off' : 'on'}"
                >
                  Turn ${enabled ? 'off' : 'on'}
                </button>
              </form>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
    ${enabled ? partner(scheduling, frame) : ''}`;
};

const partner = ({ address, keyId }: SchedulingRecord, frame: Frame): Html =>
  html`<p>The key of Loopwright has these permissions:</p>
    <ul>
      ${schedulingPermissions.map((name) => html`<li>${name}</li>`)}
    </ul>
    <form method="post" action="${frame.base}${here}/key">
      <p>
        <button>Generate New Key</button>
        ${keyId === null ? '' : html`<small>The key that is in use now will be revoked.</small>`}
      </p>
    </form>
    <form class="row" method="post" action="${frame.base}${here}/address">
      <label
        >Schedule address
        <input
          name="address"
          size="96"
          value="${address}"
          placeholder="https://hub.example/schedule?connection=…&amp;candidate=${placeholder}" /></label
      ><button>Save address</button>
    </form>
    <p>
      <small
        >Where <em>Schedule in Loopwright</em> leads, with ${placeholder} in the candidate's
        place.${address === '' ? ' Until it is saved, candidates have no such button.' : ''}</small
      >
    </p>`;
