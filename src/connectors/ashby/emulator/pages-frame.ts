/** What Ashby's pages share: what they work on, tabs, notices, reading a form. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { type Html, renderPage } from '#connectors/emulator-page.ts';
import type { Actions } from './actions.ts';
import type { Data } from './data.ts';
import type { Hooks } from './hooks.ts';
import type { Views } from './views.ts';

export interface PageSetup {
  options: EmulatorOptions;
  data: Data;
  views: Views;
  actions: Actions;
  hooks: Hooks;
}

/** What every page needs: the frame, the way back with a notice, links below the mount point. */
export interface Desk extends PageSetup {
  base: string;
  show(c: Context, title: string, body: Html, status?: 200 | 404): Response | Promise<Response>;
  back(c: Context, path: string, notice: string): Response;
  missing(c: Context): Response | Promise<Response>;
  form(c: Context): Promise<URLSearchParams>;
}

const tabs = [
  ['/candidates', 'Candidates'],
  ['/jobs', 'Jobs'],
  ['/admin/integrations', 'Admin: Integrations'],
  ['/admin/webhooks', 'Admin: Webhooks'],
  ['/admin/interview-plans', 'Admin: Interview plans'],
] as const;

export const deskOf = (setup: PageSetup): Desk => {
  const base = new URL(setup.options.origin).pathname.replace(/\/+$/, '');
  const show: Desk['show'] = (c, title, body, status = 200) =>
    c.html(
      renderPage({ vendor: 'Ashby', title, base, tabs, body, notice: c.req.query('notice') }),
      status,
    );
  return {
    ...setup,
    base,
    show,
    back: (c, path, notice) =>
      c.redirect(`${base}${path}?notice=${encodeURIComponent(notice)}`, 303),
    missing: (c) => show(c, 'Not found', html`<p>There is nothing here any more.</p>`, 404),
    form: async (c) => new URLSearchParams(await c.req.text()),
  };
};
