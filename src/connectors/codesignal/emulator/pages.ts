/**
 * The pages of an emulated CodeSignal company. Nobody signs in. Forms (POST, urlencoded, answered by
 * 303 back to the page with `?notice=`):
 *
 * - `/integrations/api-keys`             description, permissions (several)
 * - `/integrations/api-keys/:id/revoke`
 * - `/integrations/webhooks`             url, secret, events (several), owners; `/:id` changes one
 * - `/integrations/webhooks/:id/delete`
 * - `/templates`                         name, tasks (one a line)
 * - `/live-interview/:id/join`           name, role=interviewer|candidate
 * - `/live-interview/:id/begin|write|end` name, role, code
 * - `/live-interview/:id/feedback`       notes, evaluation
 * - `/invite/:id/start|decline|finish`   score=0..100, answer
 * - `/sessions/:id/verify`               reason (empty: verified)
 * - `/sessions/:id/review`               suspicion=none|low|medium|high
 * - `/sessions/:id/expire`
 */
import { Hono } from 'hono';
import { createFrame, type PagesSetup } from './pages-frame.ts';
import { addInterviewPages } from './pages-interviews.ts';
import { addKeyPages } from './pages-keys.ts';
import { addRoomPages } from './pages-room.ts';
import { addTestPages } from './pages-tests.ts';
import { addWebhookPages } from './pages-webhooks.ts';

export const createPages = (setup: PagesSetup): Hono => {
  const app = new Hono();
  const frame = createFrame(app, setup.options);
  addInterviewPages(frame, setup);
  addRoomPages(frame, setup);
  addTestPages(frame, setup);
  addKeyPages(frame, setup);
  addWebhookPages(frame, setup);
  return app;
};
