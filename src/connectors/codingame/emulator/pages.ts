/**
 * The pages of an emulated CodinGame account. Nobody signs in. Forms (POST, urlencoded, answered
 * by 303 back to the page with `?notice=`):
 *
 * - `/integration/key`           action=generate|revoke
 * - `/integration/webhook`       url (empty: remove); send=on|off
 * - `/campaigns/:id/mail`        subject, text
 * - `/campaigns/:id/archive`     archived=yes|no
 * - `/tests/:id/grade`           score=0..100, approval, cheated=yes|no, warnings (one a line)
 * - `/t/:token/start`            the candidate begins
 * - `/t/:token/answer`           answer
 * - `/t/:token/finish`           score=0..100, answer (optional)
 * - `/t/:token/abort`            the candidate gives up
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import type { Account } from './account.ts';
import { campaignPage, campaignsPage, integrationPage } from './pages-account.ts';
import { candidatePage, reportPage, testsPage } from './pages-test.ts';

const tabs = [
  ['', 'Tests'],
  ['/campaigns', 'Campaigns'],
  ['/integration', 'Integration'],
] as const;

export const createPages = (
  account: Account,
  options: EmulatorOptions,
  sent: readonly SentWebhook[],
): Hono => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const pages = new Hono();
  const { state } = account;

  const show = (c: Context, title: string, body: Html): Response | Promise<Response> =>
    c.html(
      renderPage({ vendor: 'CodinGame', title, base, tabs, body, notice: c.req.query('notice') }),
    );
  const back = (c: Context, path: string, notice: string): Response =>
    c.redirect(`${base}${path}?notice=${encodeURIComponent(notice)}`, 303);
  const missing = (c: Context): Response | Promise<Response> => {
    c.status(404);
    return show(c, 'Not found', html`<p>There is nothing here. It may have been deleted.</p>`);
  };

  pages.get('/', (c) => show(c, 'Tests', testsPage(account, base)));

  pages.get('/integration', (c) => show(c, 'Integration', integrationPage(state, base, sent)));

  pages.post('/integration/key', async (c) => {
    const { action } = await form(c);
    if (action === 'revoke') account.revokeKey();
    else account.generateKey();
    return back(c, '/integration', action === 'revoke' ? 'The key is revoked.' : 'A new key.');
  });

  pages.post('/integration/webhook', async (c) => {
    const { url = '', send } = await form(c);
    const refusal = account.setWebhook(url.trim() || null);
    if (refusal) return back(c, '/integration', refusal.message);
    account.setWebhookSends(send !== 'off');
    return back(c, '/integration', 'Saved.');
  });

  pages.get('/campaigns', (c) => show(c, 'Campaigns', campaignsPage(state, base)));

  const campaignOf = (c: Context) =>
    state.campaigns.find((one) => String(one.id) === c.req.param('id'));

  pages.get('/campaigns/:id', (c) => {
    const campaign = campaignOf(c);
    return campaign ? show(c, campaign.name, campaignPage(campaign, base)) : missing(c);
  });

  pages.post('/campaigns/:id/mail', async (c) => {
    const campaign = campaignOf(c);
    if (!campaign) return missing(c);
    const { subject = '', text = '' } = await form(c);
    account.setMail(campaign, subject, text.replace(/\r\n/g, '\n'));
    return back(c, `/campaigns/${String(campaign.id)}`, 'The invitation mail is saved.');
  });

  pages.post('/campaigns/:id/archive', async (c) => {
    const campaign = campaignOf(c);
    if (!campaign) return missing(c);
    account.setArchived(campaign, (await form(c))['archived'] === 'yes');
    return back(c, `/campaigns/${String(campaign.id)}`, 'Saved.');
  });

  const testOf = (c: Context) => state.tests.find((one) => String(one.id) === c.req.param('id'));

  pages.get('/tests/:id', (c) => {
    const test = testOf(c);
    return test ? show(c, `Test ${String(test.id)}`, reportPage(account, test, base)) : missing(c);
  });

  pages.post('/tests/:id/grade', async (c) => {
    const test = testOf(c);
    if (!test) return missing(c);
    const { score, approval, cheated, warnings = '' } = await form(c);
    const done = account.grade(test, {
      percent: percentOf(score),
      approval: approval?.trim() || 'TO_REVIEW',
      cheated: cheated === 'yes',
      warnings: warnings
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    });
    return back(
      c,
      `/tests/${String(test.id)}`,
      done ? 'The grading is saved.' : 'Only a finished test can be graded.',
    );
  });

  const taken = (c: Context) => account.byToken(c.req.param('token') ?? '');

  pages.get('/t/:token', (c) => {
    const test = taken(c);
    if (!test) return missing(c);
    return show(c, account.campaignOf(test)?.name ?? 'Test', candidatePage(account, test, base));
  });

  pages.post('/t/:token/:action{start|answer|finish|abort}', async (c) => {
    const test = taken(c);
    if (!test) return missing(c);
    const { score, answer } = await form(c);
    const action = c.req.param('action');
    if (answer !== undefined && action !== 'start') account.answer(test, answer);
    const done =
      action === 'start'
        ? account.start(test)
        : action === 'finish'
          ? account.finish(test, percentOf(score))
          : action === 'abort'
            ? account.abort(test)
            : test.status === 'in_progress';
    return back(
      c,
      `/t/${test.token}`,
      done ? (notices[action] ?? '') : 'That is not possible now.',
    );
  });

  return pages;
};

const notices: Record<string, string> = {
  start: 'The test has begun.',
  answer: 'Your answer is saved.',
  finish: 'Your test is handed in.',
  abort: 'You gave up the test.',
};

const form = async (c: Context): Promise<Record<string, string | undefined>> => {
  const fields = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
};

const percentOf = (text: string | undefined): number => {
  const value = Number(text ?? '');
  return Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0;
};
