/**
 * CodinGame for Work (CoderPad Screen), API 1.1. Sources: api.screen.coderpad.io and the clients
 * that were written against it; see README.md for what was never checked.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type Assessments,
  type HttpRequest,
  type HttpResponse,
  type Link,
  type Verification,
  type Webhooks,
} from '#connectors/contract.ts';
import {
  accountSchema,
  campaignsSchema,
  invitedSchema,
  testSchema,
  testsSchema,
  toResult,
  type Test,
} from './mapping.ts';

export interface CodingameSettings {
  apiBase: string;
  apiKey: string;
}

type CodingameLink = Link<CodingameSettings>;

/** The vendor refuses longer names with `CandidateNameTooLong` [code]. */
const longestName = 100;

type Call = Pick<HttpRequest, 'operation' | 'query' | 'json' | 'accept'> & { path: string };

const send = (link: CodingameLink, call: Call): Promise<HttpResponse> => {
  const { path, ...request } = call;
  return link.http({
    ...request,
    method: call.operation.split(' ')[0] as HttpRequest['method'],
    url: `${link.settings.apiBase}/assessment/api/v1.1${path}`,
    headers: { 'API-Key': link.settings.apiKey },
  });
};

const unknownShape = (operation: string): ConnectorError =>
  new ConnectorError({
    connector: 'codingame',
    operation,
    kind: 'unexpected_shape',
    surelyNotDone: false,
    message: `codingame: ${operation} answered in an unknown shape. Check the host in the settings.`,
  });

const read = <T>(operation: string, schema: z.ZodType<T>, response: HttpResponse): T => {
  const parsed = schema.safeParse(response.json());
  if (!parsed.success) throw unknownShape(operation);
  return parsed.data;
};

/** What was done is answered by 204 [code]; a page with 200 comes from something before the vendor. */
const assertDone = (operation: string, response: HttpResponse): void => {
  if (response.text !== '') throw unknownShape(operation);
};

const vendorError = z.object({ code: z.string().regex(/^\w{1,60}$/) });

/** The vendor's `{code, message}`; its message may hold candidate data and is left unread. */
const codeOf = (operation: string, response: HttpResponse): string =>
  read(operation, vendorError, response).code;

const remedies: Record<string, string> = {
  InvalidCampaignId: 'The campaign is gone or archived. Choose another test in the rule.',
  InvalidParameter: 'A value was not accepted. Check the e-mail address of the candidate.',
};

const rejected = (operation: string, response: HttpResponse): ConnectorError => {
  const code = codeOf(operation, response);
  const remedy = remedies[code] ?? 'Check the test in CodinGame.';
  return new ConnectorError({
    connector: 'codingame',
    operation,
    kind: 'rejected',
    status: response.status,
    surelyNotDone: true,
    message: `codingame: ${operation} was rejected (${code}). ${remedy}`,
  });
};

export const connectAssessments = (link: CodingameLink): Assessments => {
  const readTest = async (id: string): Promise<Test | null> => {
    const operation = 'GET /tests/:id';
    const path = `/tests/${encodeURIComponent(id)}`;
    const response = await send(link, { operation, path, accept: [404] });
    if (response.status !== 404) return read(operation, testSchema, response);
    // A wrong host answers 404 as well; only the vendor's own body means that the test is gone.
    codeOf(operation, response);
    return null;
  };

  return {
    async tests() {
      const campaigns = await listCampaigns(link);
      return campaigns.filter((one) => !one.archived).map(({ id, name }) => ({ id, name }));
    },

    canKeepQuiet: true,

    async invite({ ref, testId, candidate, mail }) {
      const operation = 'POST /campaigns/:id/actions/send';
      const response = await send(link, {
        operation,
        path: `/campaigns/${encodeURIComponent(testId)}/actions/send`,
        json: {
          candidate_email: candidate.email,
          // A cut must not leave half a surrogate pair behind.
          candidate_name: candidate.name.slice(0, longestName).replace(/[\ud800-\udbff]$/, ''),
          tags: tagOf(ref),
          send_invitation_email: mail !== 'none',
          // The hub's ledger decides what is a duplicate: a second round is a wish, not an error.
          allow_duplicate_invitations: true,
        },
        accept: [400],
      });
      if (response.status === 400) throw rejected(operation, response);
      const { id, test_url } = read(operation, invitedSchema, response);
      // The recruiter's page is told by a read only; `find` and `result` bring it.
      return { id, url: test_url, dashboardUrl: null };
    },

    async find(ref) {
      const operation = 'GET /tests?tag';
      const tag = tagOf(ref);
      const response = await send(link, { operation, path: '/tests', query: { tag, limit: 50 } });
      const { tests, pagination } = read(operation, testsSchema, response);
      // Whether the filter is exact is not documented, nor whether tags keep their case.
      const test = tests.find((one) => one.tags?.some((has) => has.toLowerCase() === tag));
      // A filter that lets pages of others through is none, and "not there" would invite twice.
      if (!test && !pagination?.has_more_items) return null;
      if (!test?.test_url) throw unknownShape(operation);
      return { id: test.id, url: test.test_url, dashboardUrl: test.url ?? null };
    },

    async result(id) {
      const test = await readTest(id);
      return test && toResult(test);
    },

    async cancel(id) {
      const operation = 'POST /tests/:id/actions/cancel';
      const path = `/tests/${encodeURIComponent(id)}/actions/cancel`;
      const response = await send(link, { operation, path, accept: [400, 404] });
      if (response.status < 300) {
        assertDone(operation, response);
        return 'cancelled';
      }
      const code = codeOf(operation, response);
      if (response.status === 404) return 'gone';
      if (code !== 'InvalidTestId') throw rejected(operation, response);
      // "Not waiting" is said alike of a test that was begun and of one that is cancelled already.
      const test = await readTest(id);
      if (!test) return 'gone';
      if (test.status === 'cancelled') return 'cancelled';
      if (test.status === 'waiting') throw rejected(operation, response);
      return 'too_late';
    },
  };
};

const tagOf = (ref: string): string => `loopwright-${ref}`.toLowerCase();

const listCampaigns = async (link: CodingameLink): Promise<z.output<typeof campaignsSchema>> => {
  const operation = 'GET /campaigns';
  return read(operation, campaignsSchema, await send(link, { operation, path: '/campaigns' }));
};

const hookSchema = z.object({ url: z.string().nullish() });

/** The account's one webhook address; 204 and 404 both say that there is none [code]. */
const readHook = async (link: CodingameLink): Promise<string | null> => {
  const operation = 'GET /webhook';
  const response = await send(link, { operation, path: '/webhook', accept: [404] });
  if (response.status === 204) return null;
  if (response.status === 404) {
    codeOf(operation, response);
    return null;
  }
  return read(operation, hookSchema, response).url || null;
};

const lastSegment = (url: string): string => url.split(/[?#]/)[0]?.split('/').at(-1) ?? '';

/** The secret last segment tells our own hook, also after the hub moved to another host. */
const isOurs = (registered: string, url: string): boolean =>
  lastSegment(url) !== '' && lastSegment(registered) === lastSegment(url);

export const connectWebhooks = (link: CodingameLink): Webhooks => ({
  async subscribe({ url, replaceForeign }) {
    const registered = await readHook(link);
    if (registered !== null && !isOurs(registered, url) && !replaceForeign)
      return { state: 'foreign', url: registered };
    // The body is a bare JSON string [code].
    if (registered !== url) {
      const operation = 'POST /webhook';
      assertDone(operation, await send(link, { operation, path: '/webhook', json: url }));
    }
    return { state: 'subscribed', id: 'account', enabled: true };
  },

  async unsubscribe({ url }) {
    const registered = await readHook(link);
    if (registered === null || !isOurs(registered, url)) return 'gone';
    const operation = 'DELETE /webhook';
    assertDone(operation, await send(link, { operation, path: '/webhook' }));
    return 'deleted';
  },

  async health({ url }) {
    return (await readHook(link)) === url ? 'enabled' : 'gone';
  },
});

/** Three harmless reads. What sends tests cannot be probed without sending one. */
export const verifyAccount = async (link: CodingameLink): Promise<Verification> => {
  const campaigns = (await listCampaigns(link)).filter((one) => !one.archived);
  const operation = 'GET /me';
  const me = await send(link, { operation, path: '/me', accept: [403, 404] });
  const account = me.status === 200 ? read(operation, accountSchema, me) : null;
  const hook = await readHook(link);
  const known: Array<[label: string, value: string | null | undefined]> = [
    ['Organization', account?.organization_id],
    ['Recruiter', account?.recruiter_id],
    ['Teams', account?.teams?.map((team) => team.name).join(', ')],
    ['Campaigns', String(campaigns.length)],
    ['Webhook address', hook === null ? 'none' : hostOf(hook)],
  ];
  return {
    account: known.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    permissions: [
      { name: 'Read campaigns', state: 'granted', neededFor: 'choosing the test of a rule' },
      { name: 'Webhook', state: 'granted', neededFor: 'hearing of results at once' },
      { name: 'Send tests', state: 'not_checked', neededFor: 'inviting candidates' },
      { name: 'Read tests', state: 'not_checked', neededFor: 'recording results' },
    ],
    warnings:
      campaigns.length > 0
        ? []
        : ['There is no active campaign. Create one in CodinGame, or take one out of the archive.'],
  };
};

/** The path may be somebody's secret and is not shown. */
const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host : 'an unreadable one';
