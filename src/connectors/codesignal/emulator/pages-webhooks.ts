/** Integrations > Webhooks: entered by hand, since CodeSignal has no API for them. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import { formOf, type Frame, type PagesSetup } from './pages-frame.ts';
import type { Hook } from './state.ts';
import { eventTypes } from './webhooks.ts';

const path = '/integrations/webhooks';

export const addWebhookPages = (frame: Frame, { state, webhooks }: PagesSetup): void => {
  const { app, base, show, back, missing } = frame;
  const hookOf = (c: Context): Hook | undefined =>
    state.hooks.find((one) => one.id === c.req.param('id'));

  const save = async (c: Context, id?: string): Promise<Response> => {
    const { url = '', secret = '', events = '', owners = '' } = await formOf(c);
    const form = id === undefined ? `${path}/new` : `${path}/${id}`;
    const refusal = webhooks.refusal(url.trim());
    if (refusal !== null) return back(c, form, refusal);
    const hook = await webhooks.save(
      {
        url: url.trim(),
        secret: secret.trim() || webhooks.newSecret(),
        events: eventTypes.filter((name) => events.split(' ').includes(name)),
        ownerEmails: owners.split(/[\s,]+/).filter((one) => one !== ''),
      },
      id,
    );
    const notice =
      hook.state === 'healthy'
        ? 'Saved. The test call was answered 200.'
        : 'Saved, but the test call was not answered 200.';
    return back(c, `${path}/${hook.id}`, notice);
  };

  app.get(path, (c) => show(c, 'Webhooks', hooksPage(state.hooks, base)));
  app.get(`${path}/new`, (c) =>
    show(c, 'Add a webhook', hookForm(`${base}${path}`, undefined, webhooks.newSecret())),
  );
  app.post(path, (c) => save(c));

  app.get(`${path}/:id`, (c) => {
    const hook = hookOf(c);
    if (!hook) return missing(c);
    const sent = webhooks.history.filter((one) => one.hookId === hook.id);
    return show(c, 'Webhook', hookPage(hook, sent, `${base}${path}/${hook.id}`));
  });
  app.post(`${path}/:id`, (c) => {
    const hook = hookOf(c);
    return hook ? save(c, hook.id) : missing(c);
  });
  app.post(`${path}/:id/delete`, (c) => {
    const hook = hookOf(c);
    if (!hook) return missing(c);
    webhooks.remove(hook);
    return back(c, path, 'The webhook is deleted.');
  });
};

const hooksPage = (hooks: readonly Hook[], base: string): Html =>
  html`<p><a href="${base}${path}/new">ADD A WEBHOOK</a></p>
    ${
      hooks.length === 0
        ? html`<p class="empty">There is no webhook.</p>`
        : html`<div class="scroll">
            <table>
              <tr>
                <th>Endpoint URL</th>
                <th>State</th>
                <th>Waiting</th>
              </tr>
              ${hooks.map(
                (hook) =>
                  html`<tr>
                    <td><a href="${base}${path}/${hook.id}">${hook.url}</a></td>
                    <td>${hook.state}</td>
                    <td>${hook.queue.length}</td>
                  </tr>`,
              )}
            </table>
          </div>`
    }`;

const hookForm = (action: string, hook: Hook | undefined, secret: string): Html =>
  html`<form method="post" action="${action}">
    <p>
      <label
        >Endpoint URL <input name="url" type="url" required size="60" value="${hook?.url ?? ''}"
      /></label>
    </p>
    <p>
      <label>Secret key <input name="secret" required size="60" value="${secret}" /></label>
    </p>
    <p>
      <label
        >Owner e-mails <input name="owners" size="60" value="${hook?.ownerEmails.join(', ') ?? ''}"
      /></label>
    </p>
    <fieldset>
      <legend>Event types</legend>
      ${eventTypes.map(
        (name) =>
          html`<label style="display:flex;flex-direction:row;gap:.5rem;padding:.15rem 0"
            ><input
              type="checkbox"
              name="events"
              value="${name}"
              ${hook === undefined || hook.events.includes(name) ? 'checked' : ''}
            />${name}</label
          >`,
      )}
    </fieldset>
    <p><button>SAVE</button></p>
  </form>`;

const hookPage = (hook: Hook, sent: readonly SentWebhook[], action: string): Html =>
  html`<p>
      ${hook.state}${hook.failCount === 0 ? '' : html`, failed ${hook.failCount} times in a row`},
      ${hook.queue.length} waiting
    </p>
    ${hookForm(action, hook, hook.secret)}
    <form method="post" action="${action}/delete"><button>Delete the webhook</button></form>
    <h2>Deliveries</h2>
    ${
      sent.length === 0
        ? html`<p class="empty">Nothing was sent yet.</p>`
        : html`<div class="scroll">
            <table>
              <tr>
                <th>Event</th>
                <th>State</th>
                <th>Answers</th>
              </tr>
              ${sent.toReversed().map(
                (one) =>
                  html`<tr>
                    <td>${one.event}</td>
                    <td>${one.state.replace('_', ' ')}</td>
                    <td>
                      ${one.attempts
                        .map((attempt) => (attempt.status === 0 ? 'none' : String(attempt.status)))
                        .join(', ')}
                    </td>
                  </tr>`,
              )}
            </table>
          </div>`
    }`;
