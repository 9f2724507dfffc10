/**
 * The hub's own address of a live session: leads to the vendor's once the session is there, and says
 * when to come back before that. The unguessable token is the credential.
 */
import type { Context } from 'hono';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { isCandidatePage, isTestPage } from '#core/interview/things.ts';
import { neededSessions } from '#core/interview/sessions.ts';
import { dateTimeText } from '#core/template/times.ts';
import { gatherScene } from '#jobs/gather-scene.ts';
import { findInterview } from '#store/interviews.ts';
import { findJoinLink } from '#store/join-links.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { page } from './page.ts';
import { waitAfterAttempt } from './sign-in-limits.ts';
import { addressOf } from './visitor.ts';

/** On a page, for whoever follows a link is a person. */
const tooMany = (c: Context<ApiEnv>, wait: number): Promise<Response> => {
  c.header('retry-after', String(wait));
  return page(c, 429, 'Too many attempts', html`<p>Wait a minute, then open the link again.</p>`);
};

export const serveJoin = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.get('/join/:token', async (c) => {
    const token = c.req.param('token');
    const link = await findJoinLink(hub.db, token);
    const found = link && !isTestPage(link.thing) && !isCandidatePage(link.thing) ? link : null;
    const [kind, subject] = found ? (['page', token] as const) : (['address', addressOf(c)] as const);
    const wait = await waitAfterAttempt(hub.db, kind, subject);
    if (wait !== null) return tooMany(c, wait);
    if (!found)
      return page(c, 404, 'No such link', html`<p>This link leads nowhere. Check that it was copied whole.</p>`);
    const interview = await findInterview(hub.db, found.interviewId);
    const { scene, things } = await gatherScene(hub, hub.db, interview);
    const row = things.find(({ key }) => key === found.thing);
    c.header('cache-control', 'no-store');
    if (row?.stands && row.remote_url !== null) return c.redirect(row.remote_url, 302);
    const session = neededSessions(scene).find(({ thing }) => thing === found.thing);
    if (interview.state !== 'confirmed' || !session)
      return page(c, 410, 'Not in use any more', html`<p>This interview was cancelled, or it got another link. Look for the newest invite.</p>`);
    if (session.notBefore > hub.now()) {
      // Candidate and interviewers come by the same link.
      const zones = new Set([scene.plan.candidateZone, scene.plan.zone]);
      const when = [...zones].map((zone) => dateTimeText(session.notBefore, zone)).join(' / ');
      return page(c, 200, 'Not open yet', html`<p>The room opens on ${when}. Come back then with this same link.</p>`);
    }
    await hub.queue.send(hub.db, 'reconcile-interview', { interviewId: interview.id });
    return page(c, 200, 'Just a moment', html`<p>The room is being made. Open this link again in a few seconds.</p>`);
  });
}; // prettier-ignore
