/**
 * The failure switches of `control.ts` for a person, one section a vendor. Forms (POST, urlencoded,
 * answered by 303 back to the page with `?notice=`):
 *
 * - `/<id>/requests`   kind, match, times: one more fault
 * - `/<id>/webhooks`   drop, copies, delay (seconds), reverse, forge; replaces what was set
 * - `/<id>/none`       everything works again
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Emulator, Fault, FaultOffer } from '#connectors/emulator.ts';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import { loadConnectors } from '#connectors/registry.ts';
import { faultSchema, webhookFaultsSchema } from './control.ts';

/** What can go wrong with a request over HTTP. */
const overHttp: readonly FaultOffer[] = [
  [429, 'too many requests (429)'],
  [500, 'fails (500)'],
  [503, 'is away (503)'],
  [401, 'the key is refused (401)'],
  [403, 'a permission is missing (403)'],
  ['hang', 'never answers'],
  ['drop_before', 'breaks off, nothing done'],
  ['drop_after', 'does it, then breaks off'],
  ['hang_after', 'does it, then never answers'],
  ['html', 'a web page instead of data'],
];

export const failurePages = (emulators: ReadonlyMap<string, Emulator>, base: string): Hono => {
  const pages = new Hono();

  pages.get('/', async (c) => {
    const connectors = await loadConnectors();
    const sections = [...emulators.values()].map((emulator) => {
      const sendsWebhooks = connectors.get(emulator.id)?.webhooks !== undefined;
      return section(emulator, `${base}/${emulator.id}`, sendsWebhooks);
    });
    return c.html(
      renderPage({
        vendor: 'Failures',
        own: true,
        title: 'What goes wrong next',
        base,
        tabs: [...emulators.values()].map(({ id, name }) => [`#${id}`, name] as const),
        body: html`${sections}`,
        notice: c.req.query('notice'),
      }),
    );
  });

  for (const [id, emulator] of emulators) {
    pages.post(`/${id}/:action{requests|webhooks|none}`, async (c) => {
      const fields = textFields(await c.req.parseBody());
      const done = change(emulator, c.req.param('action'), fields);
      const notice = done ? `${emulator.name}: set.` : `${emulator.name}: not understood.`;
      return c.redirect(`${base}?notice=${encodeURIComponent(notice)}#${id}`, 303);
    });
  }
  return pages;
};

const offersOf = ({ faultOffers }: Emulator): NonNullable<Emulator['faultOffers']> =>
  faultOffers ?? { kinds: overHttp, example: 'POST' };

type Fields = Record<string, string>;

const textFields = (body: Record<string, unknown>): Fields =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  );

/** False when a field is not understood; nothing is changed then. */
const change = (emulator: Emulator, action: string, fields: Fields): boolean => {
  if (action === 'none') {
    emulator.faults.splice(0);
    Object.assign(emulator.webhookFaults, noWebhookFaults());
    return true;
  }
  if (action === 'requests') {
    const { kind = '', match, times } = fields;
    const status = Number(kind);
    const wanted = faultSchema.safeParse({
      kind: Number.isNaN(status) ? kind : status,
      match,
      times: Number(times),
    });
    if (!wanted.success) return false;
    if (!offersOf(emulator).kinds.some(([one]) => one === wanted.data.kind)) return false;
    emulator.faults.push(wanted.data);
    return true;
  }
  const wanted = webhookFaultsSchema.safeParse({
    drop: fields['drop'] === 'on',
    forge: fields['forge'] === 'on',
    copies: Number(fields['copies']),
    delay: Number(fields['delay']) * 1000,
    reverse: Number(fields['reverse']),
  });
  if (wanted.success) Object.assign(emulator.webhookFaults, wanted.data);
  return wanted.success;
};

const section = (emulator: Emulator, path: string, sendsWebhooks: boolean): Html =>
  html`<section id="${emulator.id}">
    <h2>${emulator.name}</h2>
    ${
      emulator.faults.length === 0
        ? html`<p class="empty">Requests are answered as they should be.</p>`
        : html`<ul>
            ${emulator.faults.map((fault) => html`<li>${sentence(emulator, fault)}</li>`)}
          </ul>`
    }
    <form class="row" method="post" action="${path}/requests">
      <label>
        What happens
        <select name="kind">
          ${offersOf(emulator).kinds.map(([kind, label]) => html`<option value="${kind}">${label}</option>`)}
        </select>
      </label>
      <label>
        for requests that contain
        <input
          name="match"
          size="24"
          placeholder="such as ${offersOf(emulator).example}; empty: any"
        />
      </label>
      <label>times <input name="times" type="number" min="1" value="1" required /></label>
      <button>Add</button>
    </form>
    ${sendsWebhooks ? webhookForm(emulator, path) : html`<p>This vendor sends no webhooks.</p>`}
    <form method="post" action="${path}/none"><button>Everything works again</button></form>
  </section>`;

const sentence = (emulator: Emulator, { kind, match, times }: Fault): string => {
  const what = offersOf(emulator).kinds.find(([one]) => one === kind)?.[1] ?? String(kind);
  return `${what}: ${match === '' ? 'any request' : match}, ${times === 1 ? 'once' : `${String(times)} times`}`;
};

const webhookForm = ({ webhookFaults }: Emulator, path: string): Html => {
  const { drop, forge, copies, delay, reverse } = webhookFaults;
  return html`<form class="row" method="post" action="${path}/webhooks">
    <label>
      Webhooks
      <select name="drop">
        <option value="off">are sent</option>
        <option value="on" ${drop ? 'selected' : ''}>are lost</option>
      </select>
    </label>
    <label>
      and are
      <select name="forge">
        <option value="off">genuine</option>
        <option value="on" ${forge ? 'selected' : ''}>forged</option>
      </select>
    </label>
    <label>
      copies of each
      <input name="copies" type="number" min="1" max="100" value="${copies}" required />
    </label>
    <label>
      late by seconds
      <input name="delay" type="number" min="0" value="${delay / 1000}" step="any" required />
    </label>
    <label>
      reversed in groups of
      <input name="reverse" type="number" min="0" value="${reverse}" required />
    </label>
    <button>Set</button>
  </form>`;
};
