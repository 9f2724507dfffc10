/**
 * The pages of an emulated CodeInterview account; the team does not sign in. A pad's own address
 * (`/<id>`) is what candidates and interviewers open. Forms (POST, urlencoded, answered by 303 back
 * to the page with `?notice=`):
 *
 * - `/settings/key`   action=generate|revoke
 * - `/pads`           name: a pad made by hand
 * - `/<id>/join`      name, answered by 303 to `/<id>?name=`
 * - `/<id>/write`     code, notes, language, name
 * - `/<id>/rename`    title
 * - `/<id>/end`       (nothing)
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { Pads } from './pads.ts';
import type { Pad } from './state.ts';

const tabs = [
  ['', 'Interviews'],
  ['/settings', 'Settings'],
] as const;

const languages = ['Python 3', 'JavaScript', 'TypeScript', 'Java', 'C/C++', 'Go', 'Ruby', 'SQL'];

const padPath = '/:id{[0-9a-f]{13}}';

export const createPages = (pads: Pads, options: EmulatorOptions): Hono => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const pages = new Hono();
  const { state } = pads;

  const show = (c: Context, title: string, body: Html): Response | Promise<Response> =>
    c.html(
      renderPage({
        vendor: 'CodeInterview',
        title,
        base,
        tabs,
        body,
        notice: c.req.query('notice'),
      }),
    );
  const back = (c: Context, path: string, query: Record<string, string>): Response =>
    c.redirect(`${base}${path}?${new URLSearchParams(query).toString()}`, 303);
  const missing = (c: Context): Response | Promise<Response> => {
    c.status(404);
    return show(c, 'Not found', html`<p>There is no interview at this address.</p>`);
  };

  pages.get('/', (c) => show(c, 'Interviews', padsPage(pads, base)));
  pages.get('/pads', (c) => c.redirect(base || '/', 303));

  pages.post('/pads', async (c) => {
    const { name } = await form(c);
    const pad = pads.create(name?.trim() || 'Untitled interview');
    return back(c, `/${pad.id}`, { notice: 'A new interview.' });
  });

  pages.get('/settings', (c) => show(c, 'Settings', settingsPage(state.key, base)));

  pages.post('/settings/key', async (c) => {
    const { action } = await form(c);
    if (action === 'revoke') pads.revokeKey();
    else pads.generateKey();
    const notice = action === 'revoke' ? 'The key is revoked.' : 'A new key.';
    return back(c, '/settings', { notice });
  });

  const padOf = (c: Context): Pad | undefined =>
    state.pads.find((pad) => pad.id === c.req.param('id'));

  pages.get(padPath, (c) => {
    const pad = padOf(c);
    if (!pad) return missing(c);
    return show(c, pad.name, padPage(pad, base, c.req.query('name') ?? ''));
  });

  pages.post(`${padPath}/join`, async (c) => {
    const pad = padOf(c);
    if (!pad) return missing(c);
    return back(c, `/${pad.id}`, { name: (await form(c))['name'] ?? '' });
  });

  pages.post(`${padPath}/write`, async (c) => {
    const pad = padOf(c);
    if (!pad) return missing(c);
    const { code, notes, language, name = '' } = await form(c);
    const written = pads.write(pad, {
      ...(code === undefined ? {} : { code: code.replace(/\r\n/g, '\n') }),
      ...(notes === undefined ? {} : { notes: notes.replace(/\r\n/g, '\n') }),
      ...(language !== undefined && languages.includes(language) ? { language } : {}),
    });
    const notice = written ? 'Saved.' : 'The interview has ended; nothing was saved.';
    return back(c, `/${pad.id}`, { name, notice });
  });

  pages.post(`${padPath}/rename`, async (c) => {
    const pad = padOf(c);
    if (!pad) return missing(c);
    pads.rename(pad, (await form(c))['title']?.trim() || pad.name);
    return back(c, `/${pad.id}`, { notice: 'Renamed.' });
  });

  pages.post(`${padPath}/end`, (c) => {
    const pad = padOf(c);
    if (!pad) return missing(c);
    pads.end(pad);
    return back(c, `/${pad.id}`, { notice: 'The interview has ended.' });
  });

  return pages;
};

const settingsPage = (key: string | null, base: string): Html =>
  html` <h2>API key</h2>
    ${
      key === null
        ? html`<p class="empty">There is no key.</p>`
        : html`<p>
            <label>Key, to be copied <input readonly size="36" value="${key}" /></label>
          </p>`
    }
    <form class="row" method="post" action="${base}/settings/key">
      <button name="action" value="generate">Generate key</button>
      ${key === null ? '' : html`<button name="action" value="revoke">Revoke key</button>`}
    </form>`;

const padsPage = (pads: Pads, base: string): Html =>
  html` <form class="row" method="post" action="${base}/pads">
      <label>Name <input name="name" size="40" /></label> <button>New interview</button>
    </form>
    ${
      pads.visible().length === 0
        ? html`<p class="empty">
            There is no interview yet. Those that are made by the API appear here.
          </p>`
        : html`<div class="scroll">
            <table>
              <tr>
                <th>Interview</th>
                <th>Made (UTC)</th>
                <th>State</th>
              </tr>
              ${pads
                .visible()
                .toReversed()
                .map(
                  (pad) =>
                    html`<tr>
                      <td><a href="${base}/${pad.id}">${pad.name}</a></td>
                      <td>
                        ${new Date(pad.timestamp).toISOString().slice(0, 16).replace('T', ' ')}
                      </td>
                      <td>${pad.endedAt === null ? 'open' : 'ended'}</td>
                    </tr>`,
                )}
            </table>
          </div>`
    }`;

const padPage = (pad: Pad, base: string, name: string): Html => {
  const path = `${base}/${pad.id}`;
  if (pad.endedAt !== null)
    return html`<p>This interview has ended. Candidates can no longer open it.</p>
      ${
        pad.code === ''
          ? ''
          : html`<h2>Code, ${pad.language}</h2>
              <pre>${pad.code}</pre>`
      }
      ${
        pad.notes === ''
          ? ''
          : html`<h2>Notes</h2>
              <pre>${pad.notes}</pre>`
      }`;
  if (name === '')
    return html`<form class="row" method="post" action="${path}/join">
      <label>Your name <input name="name" required autocomplete="name" /></label>
      <button>Join interview</button>
    </form>`;
  return html`<p>You are here as ${name}.</p>
    <form method="post" action="${path}/write">
      <input type="hidden" name="name" value="${name}" />
      <p>
        <label
          >Language
          <select name="language">
            ${languages.map(
              (one) => html`<option ${one === pad.language ? 'selected' : ''}>${one}</option>`,
            )}
          </select></label
        >
      </p>
      <p>
        <label
          >Code <textarea name="code" rows="14" cols="90" spellcheck="false">${pad.code}</textarea>
        </label>
      </p>
      <p>
        <label>Notes <textarea name="notes" rows="4" cols="90">${pad.notes}</textarea></label>
      </p>
      <button>Save</button>
    </form>
    <form class="row" method="post" action="${path}/rename">
      <label>Title <input name="title" size="40" value="${pad.name}" /></label>
      <button>Rename</button>
    </form>
    <form method="post" action="${path}/end"><button>End interview</button></form>`;
};

const form = async (c: Context): Promise<Record<string, string | undefined>> => {
  const fields = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
};
