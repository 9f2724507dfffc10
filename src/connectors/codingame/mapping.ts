/** CodinGame's words folded to the hub's. Answers are parsed loosely: new fields may appear [doc]. */
import { z } from 'zod';
import type { AssessmentResult, AssessmentStatus } from '#core/model.ts';

/** Ids are positive integers [code]; the hub keeps them as text. */
const id = z.union([z.number(), z.string()]).transform(String);
const webAddress = z.url({ protocol: /^https?$/ });
const number = z.number().nullish().catch(null);
const text = z.string().nullish().catch(null);

export const campaignsSchema = z.array(
  z.object({ id, name: z.string(), archived: z.boolean().nullish().catch(null) }),
);

export const invitedSchema = z.object({ id, test_url: webAddress });

export const testSchema = z.object({
  id,
  status: z.string(),
  tags: z.array(z.string()).nullish().catch(null),
  start_time: number,
  end_time: number,
  url: webAddress.nullish().catch(null),
  test_url: webAddress.nullish().catch(null),
  approval_status: text,
  questions: z
    .array(z.object({ grading_status: text }))
    .nullish()
    .catch(null),
  report: z
    .object({
      points: number,
      total_points: number,
      score: number,
      warnings: z.array(z.string()).nullish().catch(null),
      marked_as_cheated_by_recruiter: z.boolean().nullish().catch(null),
    })
    .nullish(),
});

export type Test = z.output<typeof testSchema>;

export const testsSchema = z.object({
  tests: z.array(testSchema),
  pagination: z.object({ has_more_items: z.boolean().nullish() }).nullish().catch(null),
});

/** Only known by newer clients of the vendor [code]; absent on older accounts. */
export const accountSchema = z.object({
  organization_id: text,
  recruiter_id: text,
  teams: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
});

export const toResult = (test: Test): AssessmentResult => {
  const { report } = test;
  const score = report?.points ?? null;
  const maxScore = report?.total_points ?? null;
  return {
    status: statusOf(test),
    score,
    maxScore,
    percent: report?.score ?? (score !== null && maxScore ? (score / maxScore) * 100 : null),
    verdict: verdictOf(test),
    reportUrl: test.url ?? null,
    expiresAt: null,
    startedAt: test.start_time ?? null,
    finishedAt: test.end_time ?? null,
  };
};

/** An open set at the vendor [code]: what we do not know is told by the times. */
const statusOf = (test: Test): AssessmentStatus => {
  switch (test.status) {
    case 'waiting':
      return 'invited';
    case 'in_progress':
      return 'started';
    case 'completed':
      return test.questions?.some((one) => one.grading_status === 'PENDING_MANUAL_REVIEW')
        ? 'pending_review'
        : 'completed';
    case 'cancelled':
      return 'cancelled';
    case 'aborted':
      // No text says what makes a test aborted [inferred]. Begun and broken off, it has a report and
      // nothing more will come of it; never begun, the candidate can no longer take it.
      return test.start_time || test.report ? 'completed' : 'expired';
    default:
      if (test.end_time) return 'completed';
      return test.start_time ? 'started' : 'invited';
  }
};

/** Said of finished tests only: before, `approval_status` is merely its first value. */
const verdictOf = (test: Test): string | null => {
  if (!test.report) return null;
  const parts = [
    test.status === 'aborted' ? 'aborted' : null,
    test.approval_status?.toLowerCase().replaceAll('_', ' '),
    test.report.marked_as_cheated_by_recruiter ? 'marked as cheated' : null,
    test.report.warnings?.length ? `warnings: ${test.report.warnings.join(', ')}` : null,
  ].filter((part) => part !== null && part !== undefined && part !== '');
  return parts.length === 0 ? null : parts.join('; ');
};
