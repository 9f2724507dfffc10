/** What the hub writes on a candidate's timeline. The first words are stable, so people can search. */
import type { AssessmentResult, Note, NoteSpan } from '#core/model.ts';

export const sentNote = (facts: {
  platform: string;
  test: string;
  url: string;
  stage: string;
  rule: string | null;
}): Note => [
  [`Assessment sent (${facts.platform}): ${facts.test}`],
  ['Stage: ', facts.stage, ...byRule(facts.rule)],
  ['Test link: ', { text: facts.url, href: facts.url }],
];

export const linkNote = (facts: {
  platform: string;
  url: string;
  stage: string;
  rule: string | null;
}): Note => [
  [`Technical interview link (${facts.platform}): `, { text: facts.url, href: facts.url }],
  ['Stage: ', facts.stage, ...byRule(facts.rule)],
];

/** Where links cannot be put on a candidate. */
export const scheduleNote = (url: string): Note => [
  ['Schedule with Loopwright: ', { text: url, href: url }],
];

const byRule = (rule: string | null): NoteSpan[] => (rule === null ? [] : [' · Rule: ', rule]);

/** How far a test is, in words. */
export const statusWords: Record<AssessmentResult['status'], string> = {
  invited: 'not started',
  started: 'in progress',
  completed: 'completed',
  pending_review: 'completed, under review',
  expired: 'not taken in time',
  declined: 'declined by the candidate',
  cancelled: 'cancelled',
};

/** Score with what it is out of, and the percentage, as far as the platform told. */
export const scoreText = (
  result: Pick<AssessmentResult, 'score' | 'maxScore' | 'percent'>,
): string | null => {
  const percent = result.percent === null ? null : `${String(Math.round(result.percent))} %`;
  if (result.score === null) return percent;
  if (result.maxScore === null) return percent ?? String(result.score);
  const points = `${String(result.score)}/${String(result.maxScore)}`;
  return percent === null ? points : `${points} (${percent})`;
};

export const resultNote = (facts: {
  platform: string;
  test: string;
  result: AssessmentResult;
  reportUrl: string | null;
  /** 1 for the first result, 2 and more when it was scored anew. */
  revision: number;
}): Note => {
  const { result } = facts;
  const score = scoreText(result);
  const again = facts.revision > 1 ? ', scored anew' : '';
  return [
    [`Assessment result (${facts.platform}): ${facts.test}${again}`],
    [`Status: ${statusWords[result.status]}`, ...(score === null ? [] : [` · Score: ${score}`])],
    ...(result.verdict === null ? [] : [[`Verdict: ${result.verdict}`]]),
    ...(facts.reportUrl === null
      ? []
      : [['Report: ', { text: facts.reportUrl, href: facts.reportUrl }]]),
  ];
};

/** Whether a status is worth telling the ATS, and whether it may still change by itself. */
export const isResult = (status: AssessmentResult['status']): boolean =>
  status !== 'invited' && status !== 'started';
