/** What an API key may: a tree of names, and the leaf that every emulated operation asks for. */
import { refuse } from './refuse.ts';

/**
 * As the screen shows it, from trunk to leaf. `liveInterview…`, `companyTest.company.read` and
 * `companyTestSession.company.write` are documented; that the other two have both leaves is
 * inferred from them.
 */
export const everyPermission = ['liveInterview', 'companyTest', 'companyTestSession'].flatMap(
  (noun) => [noun, `${noun}.company`, `${noun}.company.read`, `${noun}.company.write`],
);

/** Which leaf opens which operation is inferred from what integrations are told to ask for. */
const neededFor: Record<string, string> = {
  interviewTemplate: 'liveInterview.company.read',
  interviewTemplates: 'liveInterview.company.read',
  liveInterview: 'liveInterview.company.read',
  liveInterviews: 'liveInterview.company.read',
  createLiveInterview: 'liveInterview.company.write',
  editLiveInterview: 'liveInterview.company.write',
  deleteLiveInterview: 'liveInterview.company.write',
  companyTest: 'companyTest.company.read',
  companyTests: 'companyTest.company.read',
  testSessions: 'companyTestSession.company.read',
  companyTestSession: 'companyTestSession.company.read',
  companyTestSessions: 'companyTestSession.company.read',
  createCompanyTestSession: 'companyTestSession.company.write',
  deleteCompanyTestSession: 'companyTestSession.company.write',
  resendCompanyTestSession: 'companyTestSession.company.write',
  editCompanyTestSessionExpiration: 'companyTestSession.company.write',
};

/** The part of a key that counts here. */
interface Holder {
  permissions: readonly string[];
}

const holds = (key: Holder, permission: string): boolean =>
  key.permissions.some((held) => permission === held || permission.startsWith(`${held}.`));

/** The message is documented, `extensions.code` is not. */
export const demand = (key: Holder, operation: string): void => {
  const permission = neededFor[operation];
  if (permission !== undefined && !holds(key, permission)) refuse('FORBIDDEN', 'Access Denied');
};
