/** CodeSignal's words folded to the hub's. Answers are parsed loosely: null and absent are alike. */
import { z } from 'zod';
import type { AssessmentResult, AssessmentStatus } from '#core/model.ts';

const webAddress = z.url({ protocol: /^https?$/ });
const number = z.number().nullish().catch(null);
const text = z.string().nullish().catch(null);

/** Lists of the schema may hold nulls. They count for paging, and for nothing else. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item.nullable());
export const present = <T>(items: ReadonlyArray<T | null>): T[] =>
  items.filter((item) => item !== null);

export const pageInfoSchema = z.object({ hasNextPage: z.boolean() });

export const createdInterviewSchema = z.object({ id: z.string(), url: webAddress });
export const namedInterviewSchema = z.object({
  id: z.string(),
  candidateName: text,
  url: webAddress,
});

export const invitedSchema = z.object({ id: z.string(), invitationUrl: webAddress });
export const listedSessionSchema = z.object({
  id: z.string(),
  invitationUrl: webAddress.nullish().catch(null),
  testTaker: z.object({ lastName: text }).nullish(),
});

const integrity = z.object({ integrityReport: z.object({ suspicionScore: text }).nullish() });

export const sessionSchema = z.object({
  status: z.string(),
  maxScore: number,
  startDate: number,
  finishDate: number,
  verificationStatus: text,
  verificationRejectionReasons: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
  integrityReviewSuggested: z.boolean().nullish().catch(null),
  result: z
    .object({
      score: number,
      url: webAddress.nullish().catch(null),
      versionedCodingScore: z.object({ value: number }).nullish().catch(null),
      taskResults: listOf(integrity).nullish().catch(null),
    })
    .nullish(),
});

export type Session = z.output<typeof sessionSchema>;

/** What `toResult` reads. */
export const sessionFields = `
  status maxScore startDate finishDate verificationStatus integrityReviewSuggested
  verificationRejectionReasons { name }
  result {
    score url
    versionedCodingScore { value }
    taskResults { integrityReport { suspicionScore } }
  }`;

export const toResult = (session: Session): AssessmentResult => {
  const score = session.result?.score ?? null;
  const maxScore = session.maxScore ?? null;
  return {
    status: statusOf(session),
    score,
    maxScore: score === null ? null : maxScore,
    percent: score !== null && maxScore ? (score / maxScore) * 100 : null,
    verdict: verdictOf(session),
    reportUrl: session.result?.url ?? null,
    startedAt: session.startDate ?? null,
    finishedAt: session.finishDate ?? null,
  };
};

const statusOf = (session: Session): AssessmentStatus => {
  switch (session.status) {
    case 'pending':
      return 'invited';
    case 'active':
    case 'gracePeriod':
      return 'started';
    case 'finalizing':
      return 'pending_review';
    case 'over':
      return session.verificationStatus === 'pending' ? 'pending_review' : 'completed';
    case 'expired':
    case 'declined':
      return session.status;
    case 'deleted':
    case 'deletedForPii':
      return 'cancelled';
    default:
      // Archived, or a status that was added later: the times tell how far it came.
      if (session.finishDate) return 'completed';
      if (session.startDate) return 'started';
      return session.status === 'archived' ? 'cancelled' : 'invited';
  }
};

const worstFirst = ['high', 'medium', 'low'];

/** Said of finished tests only. */
const verdictOf = (session: Session): string | null => {
  if (!session.finishDate) return null;
  const { verificationStatus, result } = session;
  const codingScore = result?.versionedCodingScore?.value ?? null;
  const reasons = session.verificationRejectionReasons?.map((one) => one.name) ?? [];
  const suspicions = present(result?.taskResults ?? []).map(
    (one) => one.integrityReport?.suspicionScore,
  );
  const suspicion = worstFirst.find((level) => suspicions.includes(level));
  const parts = [
    codingScore === null ? null : `coding score ${String(codingScore)}`,
    verificationStatus === 'verified' ? 'verified' : null,
    verificationStatus === 'pending' ? 'verification pending' : null,
    verificationStatus === 'notVerified'
      ? `not verified${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`
      : null,
    session.integrityReviewSuggested ? 'integrity review suggested' : null,
    suspicion === undefined ? null : `suspicion: ${suspicion}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
};
