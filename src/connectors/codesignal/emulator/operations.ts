/** The queries and mutations that are played; each asks for the key's permission and keeps its rate. */
import type { InterviewFields, Interviews } from './interviews.ts';
import { demand } from './permissions.ts';
import {
  pageInfo,
  presentCompany,
  presentInterview,
  presentSession,
  presentTemplate,
  presentTest,
  slice,
  type Paging,
} from './present.ts';
import { refuse } from './refuse.ts';
import type { SessionFields, Sessions } from './sessions.ts';
import type { ApiKey, Session, Test } from './state.ts';

/** Arguments as the schema lets them through; each operation below names what it reads. */
type Args = Paging & Record<string, never>;

const contains = (text: string, part: string | null | undefined): boolean =>
  text.toLowerCase().includes((part ?? '').toLowerCase());

/** What is not there is null to a query that asks for it [inferred]. */
const orNull = <T, R>(found: T | undefined, present: (found: T) => R): R | null =>
  found === undefined ? null : present(found);

export const createOperations = (setup: {
  interviews: Interviews;
  sessions: Sessions;
  limitRate: (keyId: string, field: string, kind: 'read' | 'write') => void;
}) => {
  const { interviews, sessions, limitRate } = setup;
  const { state } = interviews;

  /** Newest finish first, open ones last, as the list is documented. */
  const sessionsOf = (testId: string): Session[] =>
    state.sessions
      .filter((one) => one.testId === testId)
      .sort((a, b) => (b.finishDate ?? 0) - (a.finishDate ?? 0));

  const showSession = (session: Session) => presentSession(sessions, session);

  const reads = (key: ApiKey) => {
    const showTest = (test: Test) =>
      presentTest(sessions, test, (paging) => {
        demand(key, 'testSessions');
        return slice(sessionsOf(test.id), paging);
      });

    return {
      company: () => presentCompany(state),

      interviewTemplates: (args: Paging & { globalFilter?: string | null }) => {
        const all = state.templates.filter((one) => contains(one.name, args.globalFilter));
        return {
          totalCount: all.length,
          interviewTemplates: slice(all, args).map(presentTemplate),
          pageInfo: pageInfo(all.length, args),
        };
      },

      interviewTemplate: (args: { interviewTemplateId: string }) =>
        orNull(interviews.templateOf(args.interviewTemplateId), presentTemplate),

      liveInterview: (args: { liveInterviewId: string }) =>
        orNull(
          state.interviews.find((one) => one.id === args.liveInterviewId),
          (one) => presentInterview(interviews, one),
        ),

      // Newest first [inferred].
      liveInterviews: (args: Paging & { candidateEmail?: string | null }) =>
        slice(
          state.interviews
            .filter((one) => contains(one.candidateEmail ?? '', args.candidateEmail))
            .toReversed(),
          args,
        ).map((one) => presentInterview(interviews, one)),

      companyTests: (args: Paging & { ids?: string[] | null; titleSearchText?: string | null }) => {
        const all = state.tests.filter(
          (one) =>
            contains(one.title, args.titleSearchText) && (args.ids?.includes(one.id) ?? true),
        );
        return {
          totalCount: all.length,
          tests: slice(all, args).map(showTest),
          pageInfo: pageInfo(all.length, args),
        };
      },

      companyTest: (args: { id: string }) =>
        orNull(
          state.tests.find((one) => one.id === args.id),
          showTest,
        ),

      companyTestSession: (args: { id: string }) =>
        orNull(
          state.sessions.find((one) => one.id === args.id),
          showSession,
        ),

      companyTestSessions: (args: Paging & { companyTestId: string; ids?: string[] | null }) =>
        slice(
          sessionsOf(args.companyTestId).filter((one) => args.ids?.includes(one.id) ?? true),
          args,
        ).map(showSession),
    };
  };

  const writes = () => ({
    createLiveInterview: (args: { interviewFields?: InterviewFields | null }) =>
      presentInterview(interviews, interviews.create(args.interviewFields ?? {})),

    editLiveInterview: (args: { id: string; interviewFields: InterviewFields }) =>
      presentInterview(interviews, interviews.edit(args.id, args.interviewFields)),

    deleteLiveInterview: (args: { id: string }) => interviews.remove(args.id),

    createCompanyTestSession: (args: { sessionFields: SessionFields }) =>
      showSession(sessions.create(args.sessionFields)),

    deleteCompanyTestSession: (args: { id: string }) => {
      sessions.remove(sessions.find(args.id));
      return args.id;
    },

    resendCompanyTestSession: (args: { id: string }) =>
      showSession(sessions.resend(sessions.find(args.id))),

    editCompanyTestSessionExpiration: (args: { id: string; expirationDate: number }) =>
      showSession(sessions.extend(sessions.find(args.id), args.expirationDate)),
  });

  /** The root value of one request; what is not played is refused by name. */
  return (key: ApiKey): object => {
    const guarded = (operations: object, kind: 'read' | 'write') =>
      Object.entries(operations).map(([name, resolve]) => [
        name,
        (args: Args) => {
          limitRate(key.id, name, kind);
          demand(key, name);
          return (resolve as (args: Args) => unknown)(args);
        },
      ]);
    const played = Object.fromEntries([
      ...guarded(reads(key), 'read'),
      ...guarded(writes(), 'write'),
    ]) as Record<string, unknown>;
    return new Proxy(played, {
      get: (target, name) =>
        target[String(name)] ??
        (() => refuse('NOT_EMULATED', `The sandbox does not play ${String(name)}`)),
    });
  };
};
