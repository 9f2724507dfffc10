/** CodeSignal's words folded to the hub's. Answers are parsed loosely: null and absent are alike. */
import { z } from 'zod';
import type { AssessmentResult, AssessmentStatus } from '#core/model.ts';
import { ConnectorError, type ConnectorErrorKind } from '#connectors/contract.ts';

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

export const invitedSchema = z.object({
  id: z.string(),
  invitationUrl: webAddress,
  expirationDate: number,
});
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
  expirationDate: number,
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
  status maxScore startDate finishDate expirationDate verificationStatus integrityReviewSuggested
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
    expiresAt: session.expirationDate ?? null,
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

// ---------------------------------------------------------------------------------------------
// Errors

export const errorSchema = z.object({
  message: z.string().catch(''),
  path: z.array(z.unknown()).nullish().catch(null),
  extensions: z
    .object({ code: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});
type VendorError = z.output<typeof errorSchema>;

export const failure = (
  operation: string,
  kind: ConnectorErrorKind,
  text: string,
  surelyNotDone = false,
): ConnectorError =>
  new ConnectorError({
    connector: 'codesignal',
    operation,
    kind,
    surelyNotDone,
    message: `codesignal: ${operation} ${text}`,
  });

export const unknownShape = (operation: string): ConnectorError =>
  failure(operation, 'unexpected_shape', 'answered in an unknown shape. Check the API address.');

/**
 * "Access Denied" is documented; all else about errors is not, so code and message are both looked
 * at. Messages may hold candidate data: they are matched and never handed on.
 */
const kinds: Array<[kind: ConnectorErrorKind, code: RegExp, message: RegExp]> = [
  [
    'unauthorized',
    /^UNAUTH(ENTICATED|ORIZED)$/,
    /unauthori[sz]ed|unauthenticated|not (logged|signed) in|invalid (api )?(key|token)/i,
  ],
  ['forbidden', /^(FORBIDDEN|ACCESS_DENIED)$/, /access denied/i],
  ['rate_limited', /RATE_?LIMIT|TOO_MANY/, /too often|rate limit|too many requests/i],
];

const texts: Partial<Record<ConnectorErrorKind, string>> = {
  unauthorized: 'was refused. The key is wrong or revoked. Paste a new key.',
  forbidden:
    'was refused: Access Denied. The key lacks a permission for this; test the connection to see which, and add a key that has it under Integrations > API Keys in CodeSignal.',
  rate_limited: 'was put off: too many requests. The hub tries again by itself.',
};

/** Codes that are given before anything is done. */
const harmless =
  /^(BAD_USER_INPUT|BAD_REQUEST|NOT_FOUND|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/;

export const refusal = (
  operation: string,
  errors: readonly VendorError[],
  isQuery: boolean,
): ConnectorError => {
  const codeOf = (error: VendorError): string => error.extensions?.code ?? '';
  const kind =
    kinds.find(([, code, message]) =>
      errors.some((error) => code.test(codeOf(error)) || message.test(error.message)),
    )?.[0] ?? 'rejected';
  // An error below the operation itself is about its answer: the thing was done before.
  const isDeep = errors.some((error) => (error.path?.length ?? 0) > 1);
  const isPlain = kind !== 'rejected' || errors.every((error) => harmless.test(codeOf(error)));
  const code = errors.map(codeOf).find((one) => /^\w{1,60}$/.test(one));
  const text =
    texts[kind] ??
    `was rejected${code === undefined ? '' : ` (${code})`}. Check in CodeSignal that the test, template or interview is still there.`;
  return failure(operation, kind, text, isQuery || (isPlain && !isDeep));
};
