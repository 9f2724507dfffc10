/** What Codility's pages share: tabs, notices, reading a form. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { EmulatorOptions } from '#connectors/emulator.ts';

export interface Frame {
  /** Path under which the pages are reached, such as `/codility`. */
  base: string;
  page(c: Context, title: string, body: Html, status?: 200 | 404): Response | Promise<Response>;
  /** Back to a page after an action, with one sentence about it. */
  back(c: Context, path: string, notice: string): Response;
  missing(c: Context): Response | Promise<Response>;
}

const tabs = [
  ['', 'Sessions'],
  ['/tests', 'Tests'],
  ['/interviews', 'CodeLive'],
  ['/account/integrations', 'My Account'],
] as const;

export const frameOf = (options: EmulatorOptions): Frame => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const page: Frame['page'] = (c, title, body, status = 200) =>
    c.html(
      renderPage({ vendor: 'Codility', title, base, tabs, body, notice: c.req.query('notice') }),
      status,
    );
  return {
    base,
    page,
    back: (c, path, notice) =>
      c.redirect(
        `${base}${path}${path.includes('?') ? '&' : '?'}notice=${encodeURIComponent(notice)}`,
        303,
      ),
    missing: (c) =>
      page(
        c,
        'Not found',
        html`<p class="empty">There is nothing here. It may have been cancelled.</p>`,
        404,
      ),
  };
};

/** One field of a posted form, trimmed; empty when absent. */
export const field = async (c: Context, name: string): Promise<string> => {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const instant = (at: number | null): string =>
  at === null ? '–' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
