/** Admin > Webhooks and Admin > Interview plans. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Html, instant } from '#connectors/emulator-page.ts';
import { type HookProblem, pageTypes } from './hooks.ts';
import type { StoredWebhook } from './model.ts';
import { planTitle } from './pages-candidates.ts';
import type { Desk } from './pages-frame.ts';

const told = (outcome: StoredWebhook | HookProblem): string => {
  if (outcome === 'invalid_url') return 'The request URL must be an https address.';
  if (outcome === 'duplicate') return 'Duplicate webhook: this type and URL exist already.';
  return outcome.enabled
    ? 'Saved. The webhook is enabled.'
    : 'Saved. The webhook is disabled; if it should not be, its URL did not answer the ping.';
};

export const addAdminPages = (pages: Hono, desk: Desk): void => {
  const { data, hooks } = desk;

  pages.get('/admin/webhooks', (c) => desk.show(c, 'Webhooks', webhooksBody(desk)));

  pages.post('/admin/webhooks', async (c) => {
    const form = await desk.form(c);
    const type = form.get('type') ?? '';
    if (!pageTypes.includes(type)) return desk.back(c, '/admin/webhooks', 'Choose a type.');
    const outcome = await hooks.create({
      type,
      requestUrl: form.get('requestUrl')?.trim() ?? '',
      // [doc] The secret is optional here, though the API requires one.
      secretToken: form.get('secretToken') || null,
    });
    return desk.back(c, '/admin/webhooks', told(outcome));
  });

  const onHook = (
    path: string,
    act: (hook: StoredWebhook, form: URLSearchParams) => string | Promise<string>,
  ): void => {
    pages.post(`/admin/webhooks/:id${path}`, async (c) => {
      const hook = hooks.find(c.req.param('id'));
      if (!hook) return desk.missing(c);
      return desk.back(c, '/admin/webhooks', await act(hook, await desk.form(c)));
    });
  };
  onHook('', async (hook, form) => {
    const secretToken = form.get('secretToken') ?? '';
    return told(
      await hooks.update(hook, {
        enabled: form.has('enabled'),
        requestUrl: form.get('requestUrl')?.trim() ?? hook.requestUrl,
        ...(secretToken === '' ? {} : { secretToken }),
      }),
    );
  });
  onHook('/enabled', async (hook, form) =>
    told(await hooks.update(hook, { enabled: form.has('enabled') })),
  );
  onHook('/delete', (hook) => {
    hooks.remove(hook);
    return 'Webhook deleted.';
  });

  pages.get('/admin/interview-plans', (c) => desk.show(c, 'Interview plans', plansBody(desk)));
  pages.post('/admin/interview-plans/transition', async (c) => {
    const form = await desk.form(c);
    const job = data.jobs.get(form.get('job') ?? '');
    const plan = data.state.plans.find(({ id }) => id === form.get('plan'));
    if (!job || !plan || job.planId === plan.id)
      return desk.back(c, '/admin/interview-plans', 'Choose a job and another plan.');
    desk.actions.transition(job, plan);
    return desk.back(c, '/admin/interview-plans', `${job.title} now follows ${plan.title}.`);
  });
};

const webhooksBody = ({ data, hooks, base }: Desk): Html =>
  html` ${data.state.webhooks.length === 0 ? html`<p class="empty">No webhooks.</p>` : ''}
    ${data.state.webhooks.map(
      (hook) =>
        html`<section>
          <h2>${hook.type}</h2>
          <dl>
            <dt>Webhook type</dt>
            <dd>${hook.type}</dd>
            <dt>Request URL</dt>
            <dd>${hook.requestUrl}</dd>
            <dt>Enabled</dt>
            <dd>${hook.enabled ? 'True' : 'False'}</dd>
          </dl>
          <form class="row" method="post" action="${base}/admin/webhooks/${hook.id}">
            <label
              >Request URL <input name="requestUrl" size="50" value="${hook.requestUrl}"
            /></label>
            <label
              >Secret token (empty keeps it) <input name="secretToken" autocomplete="off"
            /></label>
            <label
              >Enabled <input type="checkbox" name="enabled" ${hook.enabled ? 'checked' : ''}
            /></label>
            <button>Save</button>
          </form>
          <form class="row" method="post" action="${base}/admin/webhooks/${hook.id}/delete">
            <button>Delete webhook</button>
          </form>
        </section>`,
    )}
    <h2>Add a webhook</h2>
    <form class="row" method="post" action="${base}/admin/webhooks">
      <label
        >Webhook type
        <select name="type">
          ${pageTypes.map((type) => html`<option>${type}</option>`)}
        </select></label
      >
      <label>Request URL <input name="requestUrl" size="50" required /></label>
      <label>Secret token <input name="secretToken" autocomplete="off" /></label>
      <button>Add webhook</button>
    </form>
    <h2>Last deliveries</h2>
    ${hooks.history.length === 0 ? html`<p class="empty">Nothing was delivered yet.</p>` : ''}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Event</th>
            <th>URL</th>
            <th>State</th>
            <th>Attempts</th>
          </tr>
        </thead>
        <tbody>
          ${hooks.history
            .slice(-50)
            .reverse()
            .map(
              (entry) =>
                html`<tr>
                  <td>${entry.event}</td>
                  <td><code class="url">${entry.url}</code></td>
                  <td>${entry.state}</td>
                  <td>
                    ${entry.attempts
                      .map(
                        ({ at, status }) =>
                          `${instant(at)}: ${status === 0 ? 'no answer' : String(status)}`,
                      )
                      .join('; ')}
                  </td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>`;

const plansBody = (desk: Desk): Html => {
  const { data, base } = desk;
  return html`${data.state.plans.map(
      (plan) =>
        html`<section>
          <h2>${plan.title}</h2>
          <ol>
            ${data.stagesOf(plan.id).map((stage) => html`<li>${stage.title} (${stage.type})</li>`)}
          </ol>
        </section>`,
    )}
    <h2>Transition a job to another plan</h2>
    <form class="row" method="post" action="${base}/admin/interview-plans/transition">
      <label
        >Job
        <select name="job">
          ${data.state.jobs.map(
            (job) =>
              html`<option value="${job.id}">
                ${job.title} (${planTitle(desk, job.planId)})
              </option>`,
          )}
        </select></label
      >
      <label
        >To plan
        <select name="plan">
          ${data.state.plans.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}
        </select></label
      >
      <button>Transition</button>
    </form>`;
};
