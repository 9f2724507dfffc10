/** What Lever's pages share: tabs, notices, reading a form. */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { EmulatorOptions } from '#connectors/emulator.ts';

export interface Frame {
  /** Path under which the pages are reached, such as `/lever`. */
  base: string;
  /** A whole page; shows `?notice=`. */
  page(
    c: Context,
    title: string,
    body: Html,
    status?: 200 | 400 | 404,
  ): Response | Promise<Response>;
  /** A tab of Settings > Integrations and API. */
  settings(c: Context, path: SettingsPath, body: Html): Response | Promise<Response>;
  /** Back to a page after an action, with one sentence about it. */
  back(c: Context, path: string, notice: string): Response;
  missing(c: Context, what: string): Response | Promise<Response>;
}

const tabs = [
  ['/candidates', 'Candidates'],
  ['/jobs', 'Jobs'],
  ['/team', 'Team'],
  ['/settings', 'Settings'],
] as const;

/** What stands under Settings > Integrations and API. */
const settingsTabs = [
  ['/settings/integrations', 'Partner integrations'],
  ['/settings/credentials', 'API credentials'],
  ['/settings/webhooks', 'Webhooks'],
  ['/settings/apps', 'Authorized apps'],
] as const;
type SettingsPath = (typeof settingsTabs)[number][0];

export const frameOf = (options: EmulatorOptions): Frame => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const page: Frame['page'] = (c, title, body, status = 200) =>
    c.html(
      renderPage({ vendor: 'Lever', title, base, tabs, body, notice: c.req.query('notice') }),
      status,
    );
  return {
    base,
    page,
    settings: (c, here, body) =>
      page(
        c,
        'Integrations and API',
        html`<nav aria-label="Integrations and API">
            ${settingsTabs.map(
              ([path, label]) =>
                html`<a href="${base}${path}" ${path === here ? raw('aria-current="page"') : ''}
                  >${label}</a
                > `,
            )}
          </nav>
          ${body}`,
      ),
    back: (c, path, notice) =>
      c.redirect(`${base}${path}?notice=${encodeURIComponent(notice)}`, 303),
    missing: (c, what) =>
      page(c, 'Not found', html`<p class="empty">${what} does not exist.</p>`, 404),
  };
};

/** One field of a posted form, trimmed; empty when absent. */
export const field = async (c: Context, name: string): Promise<string> => {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** Text with its web addresses as links; everything else escaped. */
export const linked = (text: string): Html =>
  html`${text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, position) =>
      position % 2 === 1 ? html`<a href="${part}" rel="noopener">${part}</a>` : part,
    )}`;
