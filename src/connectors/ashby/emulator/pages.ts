/**
 * Pages on which a person plays Ashby's side. Forms post urlencoded and are answered 303 back to
 * their page with `?notice=`. A missing `application` means the candidate's newest one.
 *
 *   GET  /candidates?q=&page=                 list, search by name or e-mail address
 *   POST /candidates                          name, email?, job        adds and applies
 *   GET  /candidates/:id                      profile; also at the vendor's own addresses
 *                                             /candidate-searches/new/right-side/candidates/:id and
 *                                             …/:id/applications/:application/feed
 *   POST /candidates/:id/stage                stage, application?, reason?
 *   POST /candidates/:id/hire                 application?
 *   POST /candidates/:id/archive              reason?, application?
 *   POST /candidates/:id/transfer             job, application?        to the same stage title
 *   POST /candidates/:id/tags                 tag (id) or title
 *   POST /candidates/:id/tags/remove          tag (id)
 *   POST /candidates/:id/email                email (empty removes all)
 *   POST /candidates/:id/merge                into (id of the candidate that stays)
 *   POST /candidates/:id/delete
 *   GET  /jobs
 *   GET  /admin/integrations?q=               tiles
 *   GET  /admin/integrations/loopwright       also /admin/api/keys
 *   POST /admin/api/keys                      title, scope (repeated), confidentialJobs?,
 *                                             privateFields?, onBehalfOf?
 *                                             answers 200 with the key in `#api-key`, once
 *   POST /admin/api/keys/:id/deactivate       and /activate, /revoke
 *   GET  /admin/webhooks
 *   POST /admin/webhooks                      type, requestUrl, secretToken?
 *   POST /admin/webhooks/:id                  requestUrl, secretToken? (empty keeps), enabled?
 *   POST /admin/webhooks/:id/enabled          enabled=on, or nothing to disable
 *   POST /admin/webhooks/:id/delete
 *   GET  /admin/interview-plans
 *   POST /admin/interview-plans/transition    job, plan
 */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { type Html, renderPage } from '#connectors/emulator-page.ts';
import type { Actions } from './actions.ts';
import type { Data } from './data.ts';
import type { Hooks } from './hooks.ts';
import { addAdminPages } from './pages-admin.ts';
import { addCandidatePages } from './pages-candidates.ts';
import { addKeyPages } from './pages-keys.ts';
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

export const createPages = (setup: PageSetup): Hono => {
  const pages = new Hono();
  const base = new URL(setup.options.origin).pathname.replace(/\/+$/, '');
  const show: Desk['show'] = (c, title, body, status = 200) =>
    c.html(
      renderPage({ vendor: 'Ashby', title, base, tabs, body, notice: c.req.query('notice') }),
      status,
    );
  const desk: Desk = {
    ...setup,
    base,
    show,
    back: (c, path, notice) =>
      c.redirect(`${base}${path}?notice=${encodeURIComponent(notice)}`, 303),
    missing: (c) => show(c, 'Not found', html`<p>There is nothing here any more.</p>`, 404),
    form: async (c) => new URLSearchParams(await c.req.text()),
  };
  pages.get('/', (c) => c.redirect(`${base}/candidates`, 302));
  addCandidatePages(pages, desk);
  addKeyPages(pages, desk);
  addAdminPages(pages, desk);
  return pages;
};
