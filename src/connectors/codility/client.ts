/**
 * Codility's API. Sources: codility.com/api-documentation and real clients; see README.md for what
 * was never checked. Addresses end with a slash, as those in its answers do.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type Assessments,
  type ConnectorErrorKind,
  type HttpRequest,
  type HttpResponse,
  type Link,
  type LiveSessions,
  type Webhooks,
} from '#connectors/contract.ts';
import {
  choiceSchema,
  hasBegun,
  invitedSchema,
  isMarked,
  linksOf,
  liveBody,
  liveIdOf,
  pageSchema,
  sessionSchema,
  splitName,
  testSchema,
  toLiveSession,
  toResult,
  type CodilitySettings,
  type Session,
} from './mapping.ts';

export type CodilityLink = Link<CodilitySettings>;

/** A look-up has to end within seconds, and the hour has 500 requests for everything. */
const mostPages = 50;

type Call = Pick<HttpRequest, 'operation' | 'query' | 'json' | 'accept'> & {
  /** Below the API's address, or a whole address out of an answer. */
  at: string;
};

export const send = (link: CodilityLink, call: Call): Promise<HttpResponse> => {
  const { at, ...request } = call;
  const { apiBase, apiKey } = link.settings;
  return link.http({
    ...request,
    method: call.operation.split(' ')[0] as HttpRequest['method'],
    url: at.startsWith('/') ? apiBase + at : onOurHost(apiBase, at),
    headers: { authorization: `Bearer ${apiKey}` },
  });
};

/** Addresses out of answers are followed on the host of the settings alone: the key goes nowhere else. */
const onOurHost = (apiBase: string, address: string): string => {
  const { pathname, search } = new URL(address, apiBase);
  return new URL(apiBase).origin + pathname + search;
};

const failure = (
  operation: string,
  kind: ConnectorErrorKind,
  text: string,
  details: { surelyNotDone?: boolean; status?: number } = {},
): ConnectorError =>
  new ConnectorError({
    connector: 'codility',
    operation,
    kind,
    surelyNotDone: false,
    ...details,
    message: `codility: ${operation} ${text}`,
  });

const unknownShape = (operation: string, where = 'Check the API address'): ConnectorError =>
  failure(operation, 'unexpected_shape', `answered in an unknown shape. ${where} in the settings.`);

const read = <T>(operation: string, schema: z.ZodType<T>, response: HttpResponse): T => {
  const parsed = schema.safeParse(response.json());
  if (!parsed.success) throw unknownShape(operation);
  return parsed.data;
};

/** A wrong host answers 404 as well; only the vendor's own body means that the thing is gone. */
const assertVendor = (operation: string, response: HttpResponse): void => {
  read(operation, z.object({ detail: z.string() }), response);
};

/** What is done is answered by an object or by nothing; a page comes from something before the vendor. */
const assertDone = (operation: string, response: HttpResponse): void => {
  if (response.text !== '') read(operation, z.looseObject({}), response);
};

/** The names of the fields that were refused; the sentences may hold candidate data and stay unread. */
const refused = (operation: string, response: HttpResponse, remedy: string): ConnectorError => {
  const fields = Object.keys(read(operation, z.record(z.string(), z.unknown()), response))
    .filter((name) => /^\w{1,40}$/.test(name))
    .slice(0, 5);
  const text = `was rejected (${['400', ...fields].join(', ')}). ${remedy}`;
  return failure(operation, 'rejected', text, { surelyNotDone: true, status: 400 });
};

/** Every item of a list, page after page. */
export async function* itemsOf(
  link: CodilityLink,
  call: Pick<Call, 'operation' | 'at' | 'query'>,
): AsyncGenerator {
  const { operation } = call;
  let response = await send(link, call);
  for (let page = 1; ; page += 1) {
    const { results, next } = read(operation, pageSchema, response);
    yield* results;
    if (next === null || next === undefined) return;
    // "Not there" of a list that was not read to its end would make a thing twice.
    if (page === mostPages || !URL.canParse(next))
      throw failure(operation, 'unexpected_shape', 'has no end. Look for it in Codility by hand.');
    response = await send(link, { operation, at: next });
  }
}

const parsed = <T>(operation: string, schema: z.ZodType<T>, item: unknown): T => {
  const outcome = schema.safeParse(item);
  if (!outcome.success) throw unknownShape(operation);
  return outcome.data;
};

export const activeTests = async (
  link: CodilityLink,
): Promise<Array<{ id: string; name: string }>> => {
  const operation = 'GET /tests';
  const call = { operation, at: '/tests/', query: { is_archived: 'False' } };
  const tests: Array<z.output<typeof testSchema>> = [];
  for await (const item of itemsOf(link, call)) tests.push(parsed(operation, testSchema, item));
  // Whether the filter is obeyed is not documented.
  return tests.filter((test) => !test.is_archived).map(({ id, name }) => ({ id, name }));
};

const readSession = async (link: CodilityLink, id: string): Promise<Session | null> => {
  const operation = 'GET /sessions/:id';
  const at = `/sessions/${encodeURIComponent(id)}/`;
  const response = await send(link, { operation, at, accept: [404] });
  if (response.status !== 404) return read(operation, sessionSchema, response);
  assertVendor(operation, response);
  return null;
};

export const connectAssessments = (link: CodilityLink): Assessments => ({
  tests: () => activeTests(link),

  // Whether Codility mails when an address is given is not stated; its partners say that it does.
  canKeepQuiet: false,

  async invite({ ref, testId, candidate, callbackUrl }) {
    const operation = 'POST /tests/:id/invite';
    const { first, last } = splitName(candidate.name);
    const response = await send(link, {
      operation,
      at: `/tests/${encodeURIComponent(testId)}/invite/`,
      json: {
        candidates: [{ id: ref, first_name: first, last_name: last, email: candidate.email }],
        ...(callbackUrl
          ? {
              event_callbacks: ['result', 'similarity'].map((event) => ({
                event,
                url: callbackUrl,
              })),
            }
          : {}),
      },
      accept: [400],
    });
    if (response.status === 400)
      throw refused(operation, response, 'Check the address of the candidate, and the test.');
    const [invited] = read(operation, invitedSchema, response).candidates;
    return { id: invited.session_url, url: invited.test_link, dashboardUrl: null };
  },

  async find(ref) {
    const operation = 'GET /sessions';
    for await (const item of itemsOf(link, { operation, at: '/sessions/' })) {
      const session = parsed(operation, sessionSchema, item);
      if (session.candidate !== ref) continue;
      if (!session.test_link) throw unknownShape(operation);
      const dashboardUrl = session.report_link ?? null;
      return { id: session.url, url: session.test_link, dashboardUrl };
    }
    return null;
  },

  async result(id) {
    const session = await readSession(link, id);
    return session && toResult(session);
  },

  async cancel(id) {
    const operation = 'POST /sessions/:id/cancel';
    const session = await readSession(link, id);
    if (!session) return 'gone';
    if (hasBegun(session)) return 'too_late';
    const byHand = 'cannot be cancelled. Cancel the invitation in Codility.';
    if (!session.cancel_url) throw failure(operation, 'rejected', byHand, { surelyNotDone: true });
    const call = { operation, at: session.cancel_url, accept: [400, 403, 404, 409] };
    const response = await send(link, call);
    const { status } = response;
    if (status < 300) {
      assertDone(operation, response);
      return 'cancelled';
    }
    // Refused: it was begun or taken away in between.
    const after = await readSession(link, id);
    if (!after) return 'gone';
    if (hasBegun(after)) return 'too_late';
    throw failure(operation, 'rejected', byHand, { surelyNotDone: true, status });
  },
});

/** Nothing is registered: every invitation carries the hub's address. */
export const webhooks: Webhooks = {
  subscribe: () => Promise.resolve({ state: 'per_invitation' }),
  unsubscribe: () => Promise.resolve('gone'),
  health: () => Promise.resolve('unknown'),
};

export const connectLiveSessions = (link: CodilityLink): LiveSessions => {
  if (link.settings.liveMode === 'pool') return pooledSessions(link);
  if (link.settings.liveMode === 'pattern') return patternSessions(link.settings);
  return mappedSessions(link);
};

const noTemplates = (): Promise<[]> => Promise.resolve([]);
const leftUnused = (): Promise<'unused'> => Promise.resolve('unused');
const byAddress = (url: string) => ({ id: url, url });

/** Links that a person pasted; the hub keeps which of them are given. */
const pooledSessions = (link: CodilityLink): LiveSessions => ({
  linkLifetime: null,
  templates: noTemplates,
  async create({ ref }) {
    const links = linksOf(link.settings.livePool);
    const url = (await link.pool?.take(ref, links)) ?? null;
    if (url !== null) return byAddress(url);
    const text = `has no link left of ${String(links.length)}. Paste further links into the settings.`;
    throw failure('pool of live links', 'rejected', text, { surelyNotDone: true });
  },
  async find(ref) {
    const url = (await link.pool?.find(ref)) ?? null;
    return url === null ? null : byAddress(url);
  },
  end: leftUnused,
});

/** Nothing is made, so nothing can be found: the same ref leads to the same address. */
const patternSessions = ({ livePattern }: CodilitySettings): LiveSessions => ({
  linkLifetime: null,
  templates: noTemplates,
  create: ({ ref }) =>
    Promise.resolve(byAddress(livePattern.replaceAll('{ref}', encodeURIComponent(ref)))),
  find: () => Promise.resolve(null),
  end: leftUnused,
});

const mappedSessions = (link: CodilityLink): LiveSessions => {
  const { settings } = link;
  const list = { operation: 'GET live sessions', at: settings.liveListPath };
  const wrongMapping = 'Check the mapping of live sessions';

  return {
    linkLifetime: null,

    async templates() {
      const operation = 'GET live templates';
      const templates: Array<z.output<typeof choiceSchema>> = [];
      if (settings.liveTemplatesPath !== '')
        for await (const item of itemsOf(link, { operation, at: settings.liveTemplatesPath }))
          templates.push(parsed(operation, choiceSchema, item));
      return templates;
    },

    async create(request) {
      const operation = 'POST live session';
      const call = { operation, at: settings.livePath, json: liveBody(settings, request) };
      const response = await send(link, { ...call, accept: [400] });
      if (response.status === 400)
        throw refused(operation, response, `${wrongMapping} in the settings.`);
      const session = toLiveSession(settings, response.json());
      if (!session) throw unknownShape(operation, wrongMapping);
      return session;
    },

    async find(ref) {
      if (list.at === '')
        throw failure(
          list.operation,
          'rejected',
          'is not set up. Look in Codility whether the session is there.',
        );
      for await (const item of itemsOf(link, list)) {
        if (!isMarked(settings, item, ref)) continue;
        const session = toLiveSession(settings, item);
        if (!session) throw unknownShape(list.operation, wrongMapping);
        return session;
      }
      return null;
    },

    async end(id) {
      // Without a way to end them, or out of a pool or pattern that was set before.
      if (settings.liveEndPath === '' || URL.canParse(id)) return 'unused';
      const operation = `${settings.liveEndMethod} live session`;
      const at = settings.liveEndPath.replaceAll('{id}', encodeURIComponent(id));
      const response = await send(link, { operation, at, accept: [403, 404, 405, 410] });
      const { status } = response;
      if (status < 300) {
        assertDone(operation, response);
        return 'ended';
      }
      // "Not there" may mean the session or, in a wrong mapping, the path: only the list knows.
      if ((status !== 404 && status !== 410) || list.at === '') return 'unused';
      for await (const item of itemsOf(link, list))
        if (liveIdOf(settings, item) === id) return 'unused';
      return 'ended';
    },
  };
};
