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
 *   POST /candidates/:id/interviews/cancel   schedule (id)
 *   GET  /interview-briefings/:event/feedback
 *   POST /interview-briefings/:event/feedback  interviewer (user id)
 *   POST /candidates/:id/merge                into (id of the candidate that stays)
 *   POST /candidates/:id/delete
 *   GET  /jobs
 *   GET  /admin/integrations?q=               tiles
 *   GET  /admin/integrations/:id              a tile: makes a key
 *   GET  /admin/api/keys                      all keys
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
import { Hono } from 'hono';
import { addAdminPages } from './pages-admin.ts';
import { addCandidatePages } from './pages-candidates.ts';
import { addInterviewPages } from './pages-interviews.ts';
import { type PageSetup, deskOf } from './pages-frame.ts';
import { addKeyPages } from './pages-keys.ts';

export const createPages = (setup: PageSetup): Hono => {
  const pages = new Hono();
  const desk = deskOf(setup);
  pages.get('/', (c) => c.redirect(`${desk.base}/candidates`, 302));
  addCandidatePages(pages, desk);
  addInterviewPages(pages, desk);
  addKeyPages(pages, desk);
  addAdminPages(pages, desk);
  return pages;
};
