/** How tests and sessions look in the API's answers [code]. Addresses end with a slash. */
import type { Session, Test } from './state.ts';

const instant = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

export const presentTest = (origin: string, test: Test) => {
  const url = `${origin}/api/tests/${String(test.id)}/`;
  return {
    url,
    id: test.id,
    name: test.name,
    create_date: instant(test.createdAt),
    is_archived: test.archived,
    public_test_link: null,
    invite_url: `${url}invite/`,
    sessions_url: `${url}sessions/`,
  };
};

export const presentSession = (origin: string, test: Test, session: Session) => {
  const url = `${origin}/api/sessions/${session.id}/`;
  return {
    url,
    id: session.id,
    candidate: session.candidate,
    first_name: session.firstName,
    last_name: session.lastName,
    email: session.email,
    create_date: instant(session.createdAt),
    start_date: instant(session.startedAt),
    close_date: instant(session.closedAt),
    campaign_url: null,
    similarity: session.similarity,
    evaluation: session.result === null ? null : evaluationOf(test, session.result),
    report_link: `${origin}/sessions/${session.id}`,
    pdf_report_url: session.result === null ? null : `${url}report.pdf`,
    feedback_link: null,
    cancel_url: session.startedAt === null ? `${url}cancel/` : null,
    test_link: `${origin}/test/${session.id}/`,
    candidate_data: {},
  };
};

/** The points of every task are in proportion. */
const evaluationOf = (test: Test, result: number) => {
  const most = test.tasks.reduce((sum, task) => sum + task.maxResult, 0);
  return {
    result,
    max_result: most,
    tasks: test.tasks.map((task) => ({
      task_name: task.name,
      name: task.name,
      result: Math.round((result / most) * task.maxResult),
      max_result: task.maxResult,
      prg_lang: task.language,
    })),
  };
};
