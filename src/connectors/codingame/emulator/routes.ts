/** The documented API, version 1.1, under `/assessment/api/v1.1`. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { problem, type Account, type Problem } from './account.ts';
import { tinyPdf } from './pdf.ts';
import { presentCampaign, presentTest } from './present.ts';
import type { TestSession } from './state.ts';

const isProblem = (value: object): value is Problem => 'code' in value;

export const answerProblem = (c: Context, refusal: Problem): Response =>
  c.json({ code: refusal.code, message: refusal.message }, refusal.status);

const invitationBody = z.object({
  candidate_email: z.string().nullish(),
  candidate_name: z.string().nullish(),
  recruiter_email: z.string().nullish(),
  tags: z.string().nullish(),
  send_invitation_email: z.boolean().nullish(),
  send_notification_email_on_bounce: z.boolean().nullish(),
  allow_duplicate_invitations: z.boolean().nullish(),
});

/** Non-negative epoch milliseconds, ids and offsets arrive as digits. */
const digits = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const listQuery = z.object({
  campaignId: digits.optional(),
  status: z.string().optional(),
  tag: z.string().optional(),
  search: z.string().optional(),
  product: z.enum(['screen', 'map']).optional(),
  candidateEmail: z.string().optional(),
  from: digits.optional(),
  to: digits.optional(),
  start: digits.default(0),
  limit: digits.pipe(z.number().min(1).max(50)).default(50),
});

export const createRoutes = (account: Account): Hono => {
  const { state } = account;
  const routes = new Hono();

  routes.get('/me', (c) =>
    c.json({
      organization_id: state.organizationId,
      recruiter_id: state.recruiterId,
      teams: [{ id: '1', name: 'Engineering', is_default: true }],
    }),
  );

  routes.get('/campaigns', (c) => c.json(state.campaigns.map(presentCampaign)));

  routes.post('/campaigns/:id/actions/send', async (c) => {
    const parsed = invitationBody.safeParse(await bodyOf(c));
    if (!parsed.success) return answerProblem(c, invalidParameter(parsed.error));
    const body = parsed.data;
    const test = account.invite(Number(c.req.param('id')), {
      name: blankToNull(body.candidate_name),
      email: blankToNull(body.candidate_email),
      recruiterEmail: blankToNull(body.recruiter_email),
      tags: splitTags(body.tags ?? ''),
      sendMail: body.send_invitation_email ?? undefined,
      notifyBounce: body.send_notification_email_on_bounce ?? false,
      allowDuplicates: body.allow_duplicate_invitations ?? undefined,
    });
    if (isProblem(test)) return answerProblem(c, test);
    return c.json({ id: test.id, test_url: account.testUrl(test) });
  });

  routes.get('/tests', (c) => {
    const parsed = listQuery.safeParse(c.req.query());
    if (!parsed.success) return answerProblem(c, invalidParameter(parsed.error));
    const { start, limit } = parsed.data;
    // Newest first [inferred].
    const matching = state.tests.filter((test) => matches(test, parsed.data)).reverse();
    const end = start + limit;
    const more = end < matching.length;
    return c.json({
      tests: matching.slice(start, end).map((test) => presentTest(account, test, false)),
      pagination: {
        start,
        limit,
        total: matching.length,
        has_more_items: more,
        ...(more ? { next_start: end } : {}),
      },
    });
  });

  const withTest =
    (act: (c: Context, test: TestSession) => Response) =>
    (c: Context): Response => {
      const id = c.req.param('id') ?? '';
      if (!/^\d{1,10}$/.test(id))
        return answerProblem(c, problem(400, 'InvalidTestId', 'Test ids are positive integers'));
      const test = account.find(Number(id));
      return isProblem(test) ? answerProblem(c, test) : act(c, test);
    };

  const noContent = (c: Context, refusal: Problem | null): Response =>
    refusal ? answerProblem(c, refusal) : c.body(null, 204);

  routes.get(
    '/tests/:id',
    withTest((c, test) =>
      c.json(presentTest(account, test, c.req.query('withCommunityStats') === 'true')),
    ),
  );

  routes.post(
    '/tests/:id/actions/cancel',
    withTest((c, test) => noContent(c, account.cancel(test))),
  );

  routes.post(
    '/tests/:id/actions/resend',
    withTest((c, test) => noContent(c, account.resend(test))),
  );

  routes.delete(
    '/tests/:id',
    withTest((c, test) => {
      account.remove(test);
      return c.body(null, 204);
    }),
  );

  routes.get(
    '/tests/:id/report',
    withTest((c, test) => {
      const type = c.req.query('report_type') ?? 'full';
      if (type !== 'full' && type !== 'simplified')
        return answerProblem(c, problem(400, 'InvalidParameter', 'report_type'));
      if (test.points === null)
        return answerProblem(c, problem(400, 'InvalidTestId', 'There is no report yet'));
      const anonymous = c.req.query('anonymous') === 'true';
      const campaign = account.campaignOf(test);
      const pdf = tinyPdf([
        `Test report (${type})`,
        anonymous ? 'Anonymous' : (test.candidateName ?? test.candidateEmail ?? 'Candidate'),
        campaign?.name ?? '',
        `${String(test.points)} of ${String(campaign?.totalPoints ?? 0)} points`,
      ]);
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'application/pdf' });
    }),
  );

  // With no webhook the vendor says 204 or 404 [code]; 404 is what is served here.
  routes.get('/webhook', (c) =>
    state.webhookUrl === null
      ? answerProblem(c, problem(404, 'NotFound', 'No webhook is configured'))
      : c.json({ url: state.webhookUrl }),
  );

  routes.post('/webhook', async (c) => {
    const parsed = z.string().safeParse(await bodyOf(c));
    if (!parsed.success)
      return answerProblem(c, problem(400, 'InvalidParameter', 'The body is the URL as a string'));
    return noContent(c, account.setWebhook(parsed.data));
  });

  routes.delete('/webhook', (c) => noContent(c, account.setWebhook(null)));

  return routes;
};

const bodyOf = async (c: Context): Promise<unknown> => {
  const text = await c.req.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const invalidParameter = (error: z.ZodError): Problem =>
  problem(400, 'InvalidParameter', `Invalid: ${error.issues[0]?.path.join('.') ?? ''}`);

const blankToNull = (value: string | null | undefined): string | null => value?.trim() || null;

const splitTags = (tags: string): string[] =>
  tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

const matches = (test: TestSession, query: z.output<typeof listQuery>): boolean => {
  const same = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
  const found = (text: string | null, part: string): boolean =>
    text?.toLowerCase().includes(part.toLowerCase()) === true;
  const { campaignId, status, tag, search, product, candidateEmail, from, to } = query;
  return (
    (campaignId === undefined || test.campaignId === campaignId) &&
    (status === undefined || test.status === status) &&
    (tag === undefined || test.tags.some((one) => same(one, tag))) &&
    (search === undefined ||
      found(test.candidateName, search) ||
      found(test.candidateEmail, search)) &&
    product !== 'map' &&
    (candidateEmail === undefined || same(test.candidateEmail, candidateEmail)) &&
    (from === undefined || test.sentAt >= from) &&
    (to === undefined || test.sentAt <= to)
  );
};
