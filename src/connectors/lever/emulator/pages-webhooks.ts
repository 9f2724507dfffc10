/** Settings > Integrations and API > Webhooks: switches, hooks, what was delivered. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { instant, type Html } from '#connectors/emulator-page.ts';
import { field, type Frame } from './pages-frame.ts';
import { eventNames, events, isEventName } from './vocabulary.ts';
import type { HookRecord } from './state.ts';
import type { World } from './world.ts';

const here = '/settings/webhooks';
const shownDeliveries = 50;

export const webhookPages = (world: World, frame: Frame): Hono => {
  const { state, hooks } = world;
  const app = new Hono();

  app.get('/', (c) =>
    frame.settings(c, here, html`${groups(world, frame)}${deliveries(world, frame)}`),
  );

  app.post('/groups', async (c) => {
    const event = await field(c, 'event');
    if (!isEventName(event)) return frame.missing(c, 'This event');
    state.eventGroups[event] = (await field(c, 'enabled')) === 'true';
    return frame.back(
      c,
      here,
      `${events[event].label} is ${state.eventGroups[event] ? 'on' : 'off'}.`,
    );
  });

  app.post('/strict', async (c) => {
    const strict = (c.req.query('strict') ?? (await field(c, 'strict'))) !== 'false';
    for (const event of eventNames) state.eventGroups[event] = !strict;
    return frame.back(c, here, strict ? 'Every event is off.' : 'Every event is on.');
  });

  app.post('/event-id', async (c) => {
    state.omitEventId = (await field(c, 'omit')) === 'true';
    return frame.back(c, here, `Deliveries come ${state.omitEventId ? 'without' : 'with'} an id.`);
  });

  app.post('/deliveries/:id/rerun', async (c) => {
    const status = await hooks.rerun(c.req.param('id'));
    if (status === null) return frame.missing(c, 'This delivery, or its webhook,');
    return frame.back(c, here, `The delivery was sent again: ${answer(status)}.`);
  });

  app.post('/:id/test', async (c) => {
    const hook = state.hooks.find((one) => one.id === c.req.param('id'));
    if (!hook) return frame.missing(c, 'This webhook');
    return frame.back(c, here, `The test was sent: ${answer(await hooks.ping(hook))}.`);
  });

  app.post('/:id/delete', (c) => {
    const position = state.hooks.findIndex((one) => one.id === c.req.param('id'));
    if (position === -1) return frame.missing(c, 'This webhook');
    state.hooks.splice(position, 1);
    return frame.back(c, here, 'The webhook was deleted.');
  });

  return app;
};

const answer = (status: number): string => (status === 0 ? 'no answer' : String(status));

/** Each event with its switch and, below it, the hooks that hear of it. */
const groups = ({ state }: World, frame: Frame): Html =>
  html` <p>Lever sends an event to its webhooks only while the event is on.</p>
    ${state.hooks.length === 0 ? html`<p class="empty">No webhook is registered. Integrations create them through the API.</p>` : ''}
    <div class="scroll">
      <table>
        <tbody>
          ${eventNames.map((name) => {
            const on = state.eventGroups[name];
            const { label } = events[name];
            return html`<tr>
                <th scope="rowgroup">${label}</th>
                <td>${on ? 'on' : 'off'}</td>
                <td>
                  <form method="post" action="${frame.base}${here}/groups">
                    <input type="hidden" name="event" value="${name}" />
                    <button
                      name="enabled"
                      value="${String(!on)}"
                      aria-label="Turn ${label} ${on ? 'off' : 'on'}"
                    >
                      Turn ${on ? 'off' : 'on'}
                    </button>
                  </form>
                </td>
              </tr>
              ${state.hooks.filter((hook) => hook.event === name).map((hook) => hookRow(hook, frame))}`;
          })}
        </tbody>
      </table>
    </div>
    <form class="row" method="post" action="${frame.base}${here}/strict">
      <button name="strict" value="true">Turn all off, as in a new account</button>
      <button name="strict" value="false">Turn all on</button>
    </form>
    <form class="row" method="post" action="${frame.base}${here}/event-id">
      <button name="omit" value="${String(!state.omitEventId)}">
        ${state.omitEventId ? 'Send deliveries with an id' : 'Send deliveries without an id'}
      </button>
    </form>`;

const hookRow = ({ id, url }: HookRecord, frame: Frame): Html =>
  html`<tr>
    <td colspan="2"><code class="url">${url}</code></td>
    <td>
      <form method="post" action="${frame.base}${here}/${id}/test"><button>Send test</button></form>
      <form method="post" action="${frame.base}${here}/${id}/delete"><button>Delete</button></form>
    </td>
  </tr>`;

const deliveries = ({ hooks }: World, frame: Frame): Html =>
  html` <h2>Last deliveries</h2>
    ${hooks.history.length === 0 ? html`<p class="empty">Nothing was delivered yet.</p>` : ''}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Event</th>
            <th>Address</th>
            <th>State</th>
            <th>Answers</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${hooks.history
            .slice(-shownDeliveries)
            .reverse()
            .map(
              (sent) =>
                html`<tr>
                  <td>${sent.event}</td>
                  <td><code class="url">${sent.url}</code></td>
                  <td>${sent.state}</td>
                  <td>
                    ${sent.attempts.map(({ at, status }) => html`<div>${instant(at)}: ${answer(status)}</div>`)}
                  </td>
                  <td>
                    <form method="post" action="${frame.base}${here}/deliveries/${sent.id}/rerun">
                      <button>Rerun</button>
                    </form>
                  </td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>`;
