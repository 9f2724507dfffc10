/**
 * CodeSignal's GraphQL API. Source: developer.codesignal.com; see README.md for what was never
 * checked. `ask` stands on top, the live interviews and the tests below it.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type Assessments,
  type Link,
  type LiveSessions,
} from '#connectors/contract.ts';
import {
  createdInterviewSchema,
  errorSchema,
  failure,
  invitedSchema,
  listedSessionSchema,
  listOf,
  namedInterviewSchema,
  pageInfoSchema,
  present,
  refusal,
  sessionFields,
  sessionSchema,
  toResult,
  unknownShape,
} from './mapping.ts';

export interface CodesignalSettings {
  apiBase: string;
  apiKey: string;
}

export type CodesignalLink = Link<CodesignalSettings>;

// ---------------------------------------------------------------------------------------------
// Asking

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(errorSchema).nullish(),
});

/** One operation; its name stands in messages and metrics, values travel as variables alone. */
export const ask = async <T>(
  link: CodesignalLink,
  document: string,
  variables: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T> => {
  const isQuery = !document.startsWith('mutation');
  const operation = /^\w+ (\w+)/.exec(document)?.[1] ?? 'graphql';
  const response = await link.http({
    operation,
    method: 'POST',
    url: `${link.settings.apiBase}/graphql`,
    headers: { authorization: `Bearer ${link.settings.apiKey}` },
    json: { query: document, variables },
    readOnly: isQuery,
    accept: [400],
  });
  const answer = answerSchema.safeParse(response.json());
  if (!answer.success) throw unknownShape(operation);
  const { data, errors } = answer.data;
  if (errors && errors.length > 0) throw refusal(operation, errors, isQuery);
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw unknownShape(operation);
  return parsed.data;
};

/** Reads page after page; a server may give fewer than it was asked for. */
const readAll = async <T>(
  read: (offset: number) => Promise<{ items: Array<T | null>; more: boolean }>,
): Promise<T[]> => {
  const all: Array<T | null> = [];
  for (;;) {
    const { items, more } = await read(all.length);
    all.push(...items);
    if (!more || items.length === 0) return present(all);
  }
};

/** Throws when a page holds nothing new: a server that ignores `offset` must not read as "not there". */
const progressOf = (operation: string) => {
  const seen = new Set<string>();
  return (items: ReadonlyArray<{ id: string }>): void => {
    const before = seen.size;
    for (const { id } of items) seen.add(id);
    if (items.length > 0 && seen.size === before) throw unknownShape(operation);
  };
};

/** No length is documented; a short name keeps the mark from being cut off. */
const shortened = (name: string): string => name.slice(0, 80).replace(/[\ud800-\udbff]$/, '');

/** Neither kind of session has a readable field for an id of ours, so the ref ends a name. */
const markOf = (ref: string): string => `[${ref}]`;
const marked = (name: string, ref: string): string =>
  `${shortened(name).trim()} ${markOf(ref)}`.trim();
const hasMark = (name: string | null | undefined, ref: string): boolean =>
  name?.trimEnd().endsWith(markOf(ref)) === true;

// ---------------------------------------------------------------------------------------------
// Live interviews

/** Milliseconds, the longest that CodeSignal takes for `expirationTime` [doc]. */
const longestLife = 336 * 3_600_000;

const namedSchema = z.object({ id: z.string(), name: z.string().nullish() });

export const connectLiveSessions = (link: CodesignalLink): LiveSessions => ({
  linkLifetime: longestLife,

  async templates() {
    const templates = await readAll(async (offset) => {
      const { interviewTemplates: page } = await ask(
        link,
        `query interviewTemplates($offset: Int!) {
          interviewTemplates(first: 100, offset: $offset) {
            interviewTemplates { id name }
            pageInfo { hasNextPage }
          }
        }`,
        { offset },
        z.object({
          interviewTemplates: z
            .object({ interviewTemplates: listOf(namedSchema), pageInfo: pageInfoSchema })
            .nullable(),
        }),
      );
      return {
        items: page?.interviewTemplates ?? [],
        more: page?.pageInfo.hasNextPage ?? false,
      };
    });
    return templates.map(({ id, name }) => ({ id, name: name || 'Untitled template' }));
  },

  async create({ ref, templateId, candidate }) {
    const { createLiveInterview: created } = await ask(
      link,
      `mutation createLiveInterview($fields: LiveInterviewInput) {
        createLiveInterview(interviewFields: $fields) { id url }
      }`,
      {
        fields: {
          candidateName: marked(candidate.name, ref),
          ...(candidate.email === null ? {} : { candidateEmail: candidate.email }),
          ...(templateId === null ? {} : { templateId }),
          expirationTime: longestLife,
        },
      },
      z.object({ createLiveInterview: createdInterviewSchema }),
    );
    return created;
  },

  async find(ref) {
    const progress = progressOf('liveInterviews');
    for (let offset = 0; ;) {
      const { liveInterviews: page } = await ask(
        link,
        `query liveInterviews($offset: Int) {
          liveInterviews(first: 100, offset: $offset) { id candidateName url }
        }`,
        { offset },
        z.object({ liveInterviews: listOf(namedInterviewSchema) }),
      );
      const interviews = present(page);
      const found = interviews.find((one) => hasMark(one.candidateName, ref));
      if (found) return { id: found.id, url: found.url };
      if (page.length === 0) return null;
      progress(interviews);
      offset += page.length;
    }
  },

  async end(id) {
    const { liveInterview: interview } = await ask(
      link,
      `query liveInterview($id: ID!) {
        liveInterview(liveInterviewId: $id) { status candidateName }
      }`,
      { id },
      z.object({
        liveInterview: z
          .object({ status: z.string(), candidateName: z.string().nullish() })
          .nullable(),
      }),
    );
    if (!interview)
      throw failure(
        'liveInterview',
        'not_found',
        'found no such interview. It was removed in CodeSignal.',
        true,
      );
    // One that is over keeps its recording and feedback.
    if (!['pending', 'active'].includes(interview.status)) return 'ended';
    try {
      await ask(
        link,
        'mutation deleteLiveInterview($id: ID!) { deleteLiveInterview(id: $id) }',
        { id },
        z.object({ deleteLiveInterview: z.string() }),
      );
      return 'ended';
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || thrown.kind !== 'forbidden') throw thrown;
    }
    await ask(
      link,
      `mutation editLiveInterview($id: ID!, $fields: LiveInterviewInput!) {
        editLiveInterview(id: $id, interviewFields: $fields) { id }
      }`,
      {
        id,
        fields: {
          candidateName: `DELETED ${(interview.candidateName ?? '').replace(/^DELETED /, '')}`,
        },
      },
      z.object({ editLiveInterview: z.unknown() }),
    );
    return 'unused';
  },
});

// ---------------------------------------------------------------------------------------------
// Tests

export const listTests = (link: CodesignalLink): Promise<Array<{ id: string; title: string }>> =>
  readAll(async (offset) => {
    const { companyTests: page } = await ask(
      link,
      `query companyTests($offset: Int) {
        companyTests(first: 100, offset: $offset) {
          tests { id title }
          pageInfo { hasNextPage }
        }
      }`,
      { offset },
      z.object({
        companyTests: z.object({
          tests: listOf(z.object({ id: z.string(), title: z.string() })),
          pageInfo: pageInfoSchema,
        }),
      }),
    );
    return { items: page.tests, more: page.pageInfo.hasNextPage };
  });

/** Twenty tests at once with a page of each one's sessions: about a third of the highest cost. */
const listSessions = async (link: CodesignalLink, tests: number, sessions: number) => {
  const { companyTests: page } = await ask(
    link,
    `query testSessions($tests: Int, $sessions: Int) {
      companyTests(first: 20, offset: $tests) {
        tests {
          testSessions(first: 100, offset: $sessions) {
            id invitationUrl
            testTaker { lastName }
          }
        }
        pageInfo { hasNextPage }
      }
    }`,
    { tests, sessions },
    z.object({
      companyTests: z.object({
        tests: z.array(z.object({ testSessions: z.array(listedSessionSchema).nullish() })),
        pageInfo: pageInfoSchema,
      }),
    }),
  );
  return {
    tests: page.tests.map((test) => test.testSessions ?? []),
    more: page.pageInfo.hasNextPage,
  };
};

export const connectAssessments = (link: CodesignalLink): Assessments => {
  const readSession = async (id: string) => {
    const { companyTestSession } = await ask(
      link,
      `query companyTestSession($id: ID!) { companyTestSession(id: $id) { ${sessionFields} } }`,
      { id },
      z.object({ companyTestSession: sessionSchema.nullable() }),
    );
    return companyTestSession && toResult(companyTestSession);
  };

  return {
    async tests() {
      return (await listTests(link)).map(({ id, title }) => ({ id, name: title }));
    },

    canKeepQuiet: true,

    async invite({ ref, testId, candidate, mail }) {
      const [firstName = '', ...others] = candidate.name.trim().split(/\s+/);
      const isQuiet = mail === 'none';
      const { createCompanyTestSession: made } = await ask(
        link,
        `mutation createCompanyTestSession($fields: TestSessionInput!) {
          createCompanyTestSession(sessionFields: $fields) { id invitationUrl expirationDate }
        }`,
        {
          fields: {
            testId,
            candidateFirstName: shortened(firstName),
            candidateLastName: marked(others.join(' '), ref),
            candidateEmail: candidate.email,
            externalId: ref,
            noInvitationEmail: isQuiet,
            // A second mail tells of a second round; a link in an invite may be the one there is.
            preferExisting: isQuiet,
          },
        },
        z.object({ createCompanyTestSession: invitedSchema }),
      );
      const expiresAt = made.expirationDate ?? null;
      return { id: made.id, url: made.invitationUrl, dashboardUrl: null, expiresAt };
    },

    async find(ref) {
      const progress = progressOf('testSessions');
      for (let tests = 0, more = true; more;) {
        let count = 0;
        for (let sessions = 0, longest = 1; longest > 0; sessions += longest) {
          const page = await listSessions(link, tests, sessions);
          const all = page.tests.flat();
          const found = all.find((one) => hasMark(one.testTaker?.lastName, ref));
          if (found && !found.invitationUrl) throw unknownShape('testSessions');
          if (found?.invitationUrl)
            return { id: found.id, url: found.invitationUrl, dashboardUrl: null };
          progress(all);
          longest = Math.max(0, ...page.tests.map((one) => one.length));
          count = page.tests.length;
          more = page.more && count > 0;
        }
        tests += count;
      }
      return null;
    },

    result: readSession,

    async cancel(id) {
      const before = await readSession(id);
      if (!before) return 'gone';
      if (before.status === 'cancelled') return 'cancelled';
      if (before.status === 'expired' || before.status === 'declined') return 'gone';
      // CodeSignal would delete a test that was begun as well, and the candidate's work with it.
      if (before.status !== 'invited') return 'too_late';
      await ask(
        link,
        `mutation deleteCompanyTestSession($id: ID!) {
          deleteCompanyTestSession(id: $id, sendNotificationEmail: false)
        }`,
        { id },
        z.object({ deleteCompanyTestSession: z.string() }),
      );
      return 'cancelled';
    },
  };
};
