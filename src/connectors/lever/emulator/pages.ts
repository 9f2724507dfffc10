/**
 * The vendor's side for a person. Every action is a form POST with an urlencoded body, answered by
 * 303 to the page with `?notice=`:
 *
 * - `POST /candidates`                         name, email, posting, stage: a new applicant
 * - `POST /candidates/:id/stage`               stage
 * - `POST /candidates/:id/archive`             reason
 * - `POST /candidates/:id/unarchive`
 * - `POST /candidates/:id/tags`                tag
 * - `POST /candidates/:id/tags/remove`         tag
 * - `POST /candidates/:id/email`               email (empty: none any more)
 * - `POST /candidates/:id/notes`               value
 * - `POST /candidates/:id/panels/:panel/cancel`
 * - `POST /candidates/:id/panels/:panel/delete`
 * - `POST /candidates/:id/delete`
 * - `POST /jobs/:id/tags`                      tag
 * - `POST /jobs/:id/tags/remove`               tag
 * - `POST /jobs/:id/rename`                    text
 * - `POST /team`                               name, email, accessRole
 * - `POST /team/:id/deactivate` and `/reactivate`
 * - `POST /settings/integrations/toggle`       enabled=true|false; off revokes its key
 * - `POST /settings/integrations/key`          answers 200 with the key
 * - `POST /settings/integrations/address`      address, with {opportunityId} in it
 * - `POST /settings/credentials`               name, permissions (repeated): answers 200 with the key
 * - `POST /settings/credentials/:id/revoke`
 * - `POST /settings/webhooks/groups`           event, enabled=true|false
 * - `POST /settings/webhooks/strict`           strict=true|false, in form or query: every group off
 *                                              (as in a new Lever account) or on
 * - `POST /settings/webhooks/event-id`         omit=true|false
 * - `POST /settings/webhooks/:id/test`         sends a ping
 * - `POST /settings/webhooks/:id/delete`
 * - `POST /settings/webhooks/deliveries/:id/rerun`
 * - `POST /settings/apps/callback`             redirectUri: the one that is registered
 * - `POST /settings/apps/:id/revoke`           id of the grant
 */
import { Hono } from 'hono';
import { ApiError } from './errors.ts';
import { appPages } from './pages-apps.ts';
import { candidatePages } from './pages-candidate.ts';
import { candidateListPages } from './pages-candidates.ts';
import { credentialPages } from './pages-credentials.ts';
import { frameOf } from './pages-frame.ts';
import { integrationPages } from './pages-integrations.ts';
import { interviewPages } from './pages-interviews.ts';
import { jobPages } from './pages-jobs.ts';
import { teamPages } from './pages-team.ts';
import { webhookPages } from './pages-webhooks.ts';
import type { Acts } from './acts.ts';
import type { World } from './world.ts';

export const createPages = (world: World, acts: Acts): Hono => {
  const pages = new Hono();
  const frame = frameOf(world.options);
  pages.use(async (c, next) => {
    await next();
    if (c.req.method === 'POST' && c.res.status < 400) world.options.changed();
  });
  pages.onError((thrown, c) => {
    if (!(thrown instanceof ApiError)) throw thrown;
    return c.text(thrown.message, thrown.status);
  });
  pages.get('/', (c) => c.redirect(`${frame.base}/candidates`, 303));
  pages.get('/settings', (c) => c.redirect(`${frame.base}/settings/credentials`, 303));
  pages.route('/candidates', candidateListPages(world, frame, acts.candidacies));
  pages.route('/candidates', candidatePages(world, frame, acts));
  pages.route('/interviews', interviewPages(world, frame));
  pages.route('/jobs', jobPages(world, frame, acts.postings));
  pages.route('/team', teamPages(world, frame, acts.team));
  pages.route('/settings/integrations', integrationPages(world, frame));
  pages.route('/settings/credentials', credentialPages(world, frame));
  pages.route('/settings/webhooks', webhookPages(world, frame));
  pages.route('/settings/apps', appPages(world, frame));
  return pages;
};
