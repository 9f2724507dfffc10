/** *Test connection*: who the key belongs to, and which of its permissions harmless reads can show. */
import { z } from 'zod';
import { ConnectorError, type Permission, type Verification } from '#connectors/contract.ts';
import { ask, listTests, type CodesignalLink } from './client.ts';
import { failure } from './mapping.ts';

const where =
  'CodeSignal: Integrations > API Keys > ADD A KEY, with this permission ticked, then paste the new key here';

/** What "Access Denied" keeps from the key is missing; every other failure is one. */
const unlessDenied = async <T>(read: Promise<T>): Promise<T | null> => {
  try {
    return await read;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'forbidden') return null;
    throw thrown;
  }
};

export const verifyKey = async (link: CodesignalLink): Promise<Verification> => {
  const probe = (document: string, variables: Record<string, unknown> = {}) =>
    unlessDenied(ask(link, document, variables, z.unknown()));

  const company = await unlessDenied(
    ask(
      link,
      'query company { company { id name } }',
      {},
      z.object({ company: z.object({ id: z.string(), name: z.string() }).nullable() }),
    ),
  );
  const interviews = await probe('query liveInterviews { liveInterviews(first: 1) { id } }');
  const templates = await probe(
    'query interviewTemplates { interviewTemplates(first: 1, offset: 0) { totalCount } }',
  );
  const tests = await unlessDenied(listTests(link));
  if (company === null && interviews === null && templates === null && tests === null)
    throw failure(
      'company',
      'unauthorized',
      'was refused, as was everything else. The key is wrong, revoked, or without any permission. Paste a new key.',
      true,
    );
  // Only a test's sessions can be listed; where there is no test, nothing is learned.
  const [test] = tests ?? [];
  const sessions = test
    ? await probe(
        `query companyTestSessions($id: ID!) {
          companyTestSessions(companyTestId: $id, first: 1) { id }
        }`,
        { id: test.id },
      )
    : undefined;

  const permissions = [
    read(
      'liveInterview.company.read',
      'choosing a template and finding a session again',
      // Which permission opens the templates is not documented; this is the nearest one.
      interviews === null ? null : templates,
    ),
    unprobed('liveInterview.company.write', 'making and deleting live interviews'),
    read('companyTest.company.read', 'choosing the test of a rule or a template', tests),
    read('companyTestSession.company.read', 'recording results', sessions),
    unprobed('companyTestSession.company.write', 'inviting candidates to tests'),
  ];
  const missing = permissions.filter((one) => one.state === 'missing').map((one) => one.name);
  const warnings = [
    missing.length > 0
      ? `The key lacks ${missing.join(', ')}. Add a key that has it in CodeSignal under Integrations > API Keys, or do without what needs it.`
      : null,
    tests?.length === 0 ? 'There is no test to choose. Create one in CodeSignal.' : null,
  ];
  return {
    account: [
      { label: 'Company', value: company?.company?.name },
      { label: 'Tests', value: tests && String(tests.length) },
    ].flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
    permissions,
    warnings: warnings.filter((one) => one !== null),
  };
};

/** `answer` is null when it was denied, undefined when it was not asked for. */
const read = (name: string, neededFor: string, answer: unknown): Permission => {
  if (answer === undefined) return { name, state: 'not_checked', neededFor, where };
  return answer === null
    ? { name, state: 'missing', neededFor, where }
    : { name, state: 'granted', neededFor };
};

/** It could be shown by doing it alone. */
const unprobed = (name: string, neededFor: string): Permission => ({
  name,
  state: 'not_checked',
  neededFor,
  where,
});
