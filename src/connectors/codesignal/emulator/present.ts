/** How things look to GraphQL. Functions are fields with arguments. */
import type { Interviews } from './interviews.ts';
import type { Sessions } from './sessions.ts';
import type { Interview, Session, State, Template, Test } from './state.ts';

/** A slice of a list as every paged field takes it. */
export interface Paging {
  first?: number | null;
  offset?: number | null;
}

/** More than this at once is not given, whatever `first` says [inferred]. */
const largestPage = 100;

export const slice = <T>(items: readonly T[], { first, offset }: Paging): T[] => {
  const from = offset ?? 0;
  return items.slice(from, from + Math.min(first ?? largestPage, largestPage));
};

export const pageInfo = (total: number, { first, offset }: Paging) => ({
  hasNextPage: (offset ?? 0) + Math.min(first ?? largestPage, largestPage) < total,
});

export const presentCompany = ({ company }: State) => ({
  ...company,
  alias: 'example',
  logo: '',
  status: 'active',
  contacts: [],
  notes: '',
  plans: [],
  customFeatures: { apiIntegration: true },
  usedNumericFeatures: { numLicenses: 1, maxConcurrentPrescreenSessions: 0 },
  ownedEmailDomains: [],
});

const presentTask = (title: string, maxScore: number) => ({
  __typename: 'SingleEnvironmentTask',
  id: title.toLowerCase().replaceAll(' ', '-'),
  title,
  description: '',
  generalType: 'algorithmic',
  overviewType: 'algorithmic',
  mode: 'codewriting',
  labels: [],
  maxScore,
  sets: [],
  isRecentlyUsed: false,
});

export const presentTemplate = (template: Template) => ({
  ...template,
  tasks: template.tasks.map((title) => presentTask(title, 300)),
  canEdit: true,
});

const interviewer = {
  id: 'interviewer',
  username: 'interviewer',
  profile: { name: 'Interviewer', email: 'interviewer@codesignal.example' },
};

export const presentInterview = (interviews: Interviews, interview: Interview) => ({
  ...interview,
  proctoringStatus: null,
  interviewersFeedback: interview.feedback ? [{ author: interviewer, ...interview.feedback }] : [],
  url: interviews.urlOf(interview),
  shortenedUrl: interviews.shortUrlOf(interview),
  company: presentCompany(interviews.state),
});

const presentTestAlone = (test: Test) => ({
  ...test,
  externalTitle: test.title,
  internalDescription: '',
  introMessage: '',
  outroMessage: '',
  labels: [],
  testLabels: [],
  scoreRangeLabels: [],
  emailReminderTemplates: [],
  emailReminders: [],
});

export const presentTest = (
  sessions: Sessions,
  test: Test,
  sessionsOf: (paging: Paging) => Session[],
) => ({
  ...presentTestAlone(test),
  company: presentCompany(sessions.state),
  testSessions: (paging: Paging) =>
    sessionsOf(paging).map((session) => presentSession(sessions, session)),
});

export const presentSession = (sessions: Sessions, session: Session) => {
  const test = sessions.testOf(session.testId);
  const { status, verificationStatus } = session;
  return {
    id: session.id,
    test: presentTestAlone(test),
    status,
    testTaker: { email: session.email, firstName: session.firstName, lastName: session.lastName },
    maxScore: sessions.maxScoreOf(session),
    createDate: session.createDate,
    startDate: session.startDate,
    finishDate: session.finishDate,
    expirationDate: session.expirationDate,
    result: session.score === null ? null : presentResult(sessions, session),
    tasks: test.tasks.map((task) => ({
      maxScore: task.maxScore,
      task: presentTask(task.title, task.maxScore),
    })),
    taskCount: test.tasks.length,
    invitationUrl: sessions.urlOf(session),
    labels: [],
    customDuration: session.customDuration,
    emailReminders: [],
    verificationStatus,
    verificationNotes: '',
    verificationRejectionReasons: session.rejectionReasons.map((name) => ({
      name,
      description: name,
    })),
    integrityReviewFinalized: status === 'over' && verificationStatus !== 'pending',
    integrityReviewSuggested: session.integrityReviewSuggested,
    postSessionRedirectUrl: session.postSessionRedirectUrl,
  };
};

const presentResult = (sessions: Sessions, session: Session) => {
  const { tasks } = sessions.testOf(session.testId);
  const share = (session.score ?? 0) / sessions.maxScoreOf(session);
  const value = sessions.codingScoreOf(session);
  return {
    score: session.score,
    solvedTaskCount: Math.floor(tasks.length * share),
    taskResults: tasks.map((task) => ({
      sessionTask: { maxScore: task.maxScore, task: presentTask(task.title, task.maxScore) },
      score: Math.round(task.maxScore * share),
      integrityReport: { status: 'ready', suspicionScore: session.suspicion },
    })),
    url: sessions.resultUrlOf(session),
    versionedCodingScore: value === null ? null : { version: 'codingScore2023', value },
    totalTimeClosed: 0,
  };
};
