/**
 * The pages of an emulated Codility account. The team does not sign in; `/test/<id>/` and
 * `/live/<id>` are what links in mails and invites open. Forms (POST, urlencoded, answered by 303
 * back to the page with `?notice=`):
 *
 * - `/account/integrations`             name: creates an integration with its key
 * - `/account/integrations/:id/delete`  (nothing)
 * - `/test/:id/start`                   the candidate begins
 * - `/test/:id/finish`                  score=0..100, answer
 * - `/sessions/:id/similarity`          verdict: the check ends
 * - `/sessions/:id/cancel`              (nothing)
 * - `/live/:id/join`                    role=host|guest, name
 * - `/live/:id/start` `/end`            (nothing); the host's buttons
 * - `/live/:id/write`                   role, code
 */
import { Hono } from 'hono';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import type { Account } from './account.ts';
import type { Interviews } from './interviews.ts';
import { serveAccountPages } from './pages-account.ts';
import { frameOf } from './pages-frame.ts';
import { serveLivePages } from './pages-live.ts';
import { serveSessionPages } from './pages-sessions.ts';
import { serveTakingPages } from './pages-taking.ts';

export const createPages = (setup: {
  account: Account;
  interviews: Interviews;
  options: EmulatorOptions;
  sent: readonly SentWebhook[];
}): Hono => {
  const { account, interviews } = setup;
  const pages = new Hono();
  const frame = frameOf(setup.options);
  serveSessionPages(pages, frame, account, setup.sent);
  serveTakingPages(pages, frame, account);
  serveAccountPages(pages, frame, account);
  serveLivePages(pages, frame, interviews);
  return pages;
};
