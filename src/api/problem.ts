/** Every failure as a problem document (RFC 9457). */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from '@hono/zod-openapi';
import { LoopwrightError } from '#core/errors.ts';
import type { SeatProblem } from '#core/interview/fill.ts';
import { ConnectorError, type ConnectorErrorKind } from '#connectors/contract.ts';
import { PanelUnavailable } from '#jobs/panel-work.ts';
import { PlanRefused } from '#jobs/settle-problems.ts';
import { isDatabaseAway } from '#store/database.ts';

export const InsteadSchema = z
  .object({
    swaps: z.array(
      z.object({
        eventId: z.string(),
        event: z.string(),
        personId: z.string(),
        name: z.string(),
        byPersonId: z.string(),
        byName: z.string(),
      }),
    ),
    events: z.array(z.record(z.string(), z.unknown())).openapi({
      description: 'Sent in the place of the `events` that were refused, they are taken.',
    }),
  })
  .openapi('Instead', {
    description: 'Who else can sit where somebody who was chosen has gone, at the same times.',
  });
export type Instead = z.infer<typeof InsteadSchema>;

export const OtherInterviewSchema = z
  .object({ id: z.string(), name: z.string(), start: z.iso.datetime() })
  .openapi('OtherInterview', { description: 'In which the candidate is at that time.' });
export type OtherInterview = z.infer<typeof OtherInterviewSchema>;

export const presentOther = ({ start, ...one }: NonNullable<SeatProblem['interview']>) => ({
  ...one,
  start: new Date(start).toISOString(),
});

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; what a client branches on.' }),
    detail: z.string().openapi({ description: 'What failed and what to do, for a person.' }),
    field: z.string().optional().openapi({ description: 'Dotted path of the input at fault.' }),
    alternatives: z.array(z.record(z.string(), z.unknown())).optional().openapi({
      description:
        'Of `interview_conflicts` and `candidate_busy`: the next best schedules, as /panels/solve tells them.',
    }),
    instead: InsteadSchema.optional().openapi({
      description: 'Of `interview_conflicts`, where others of the same pools or lists can.',
    }),
    interview: OtherInterviewSchema.optional().openapi({
      description: 'Of `candidate_busy`: the other interview, where it is of the same candidacy.',
    }),
    changed: z.object({ by: z.string(), at: z.iso.datetime() }).optional().openapi({
      description: 'Of `changed_meanwhile`: who changed it last, and when.',
    }),
    requestId: z.string().optional().openapi({ description: 'Names the request in the log.' }),
  })
  .openapi('Problem');

export interface Problem {
  status: number;
  code: string;
  detail: string;
  field?: string | undefined;
  alternatives?: Array<Record<string, unknown>>;
  instead?: Instead;
  interview?: OtherInterview;
  changed?: { by: string; at: string };
  /** Seconds until another try makes sense. */
  retryAfter?: number;
  /** For 405. */
  allow?: string;
  /** Whether the log gets the whole thrown value: it is a fault of ours. */
  ours?: boolean;
}

/** A refusal that ends the request with headers of its own. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const otherIn = ({ open }: PlanRefused): OtherInterview | undefined => {
  const other = open.find(({ interview }) => interview !== undefined)?.interview;
  return other && presentOther(other);
};

const ofVendor: Record<ConnectorErrorKind, { status: number; code: string }> = {
  unreachable: { status: 502, code: 'vendor_unreachable' },
  rate_limited: { status: 503, code: 'vendor_rate_limited' },
  unauthorized: { status: 422, code: 'vendor_unauthorized' },
  forbidden: { status: 422, code: 'vendor_forbidden' },
  not_found: { status: 422, code: 'vendor_not_found' },
  rejected: { status: 422, code: 'vendor_rejected' },
  bad_signature: { status: 401, code: 'bad_signature' },
  unexpected_shape: { status: 502, code: 'vendor_unexpected_shape' },
};

export const problemOf = (thrown: unknown): Problem => {
  if (thrown instanceof ProblemError) return thrown.problem;
  if (thrown instanceof PanelUnavailable) {
    const { status, code, message, retryAfter } = thrown;
    return { status, code, detail: message, retryAfter };
  }
  if (thrown instanceof LoopwrightError && thrown.status < 500) {
    const { status, code, message, field } = thrown;
    const interview = thrown instanceof PlanRefused ? otherIn(thrown) : undefined;
    return { status, code, detail: message, field, ...(interview && { interview }) };
  }
  if (thrown instanceof ConnectorError) {
    return {
      ...ofVendor[thrown.kind],
      detail: thrown.message,
      ...(thrown.kind === 'unauthorized' ? { field: 'settings.apiKey' } : {}),
      ...(thrown.kind === 'rate_limited'
        ? { retryAfter: Math.ceil((thrown.retryAfter ?? 5_000) / 1_000) }
        : {}),
    };
  }
  if (thrown instanceof HTTPException && thrown.status < 500)
    return {
      status: thrown.status,
      code: 'request_unreadable',
      detail: `request: ${thrown.message}.`,
    };
  if (isDatabaseAway(thrown)) {
    return {
      status: 503,
      code: 'database_away',
      detail: 'hub: the database does not answer. Nothing was lost; try again in a few seconds.',
      retryAfter: 5,
    };
  }
  return {
    status: 500,
    code: 'internal',
    detail: 'hub: something went wrong inside. Look for the request id in the log of the hub.',
    ours: true,
  };
};

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Too slow',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not acceptable as given',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'The vendor failed',
  503: 'Not available now',
  504: 'It took too long',
};

export const problemResponse = (c: Context, problem: Problem): Response => {
  const {
    status,
    code,
    detail,
    field,
    alternatives,
    instead,
    interview,
    changed,
    retryAfter,
    allow,
  } = problem;
  const requestId = c.get('requestId') as string | undefined;
  const body: z.infer<typeof ProblemSchema> = {
    type: `urn:loopwright:problem:${code}`,
    title: titles[status] ?? 'Refused',
    status,
    code,
    detail,
    ...(field === undefined ? {} : { field }),
    ...(alternatives === undefined ? {} : { alternatives }),
    ...(instead === undefined ? {} : { instead }),
    ...(interview === undefined ? {} : { interview }),
    ...(changed === undefined ? {} : { changed }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  // Through the context, so that headers set before, such as the request id, are kept.
  return c.body(JSON.stringify(body), status as 400, {
    'content-type': 'application/problem+json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(allow === undefined ? {} : { allow }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="loopwright"' } : {}),
    ...(leavesBodyUnread(c, status) ? { connection: 'close' } : {}),
  });
};

/** The rest of such a body would be taken for the next request, so the line is closed. */
const leavesBodyUnread = (c: Context, status: number): boolean =>
  status === 408 ||
  status === 413 ||
  (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !c.req.raw.bodyUsed);

/** What a failed validation says: the first fault, its field named. */
export const invalidInput = (target: string, error: z.ZodError): Error => {
  const issue = error.issues[0];
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])];
  const field = path.map(String).join('.');
  if (target === 'param') {
    return new ProblemError({
      status: 404,
      code: 'not_found',
      detail: `request: there is nothing at this address, for ${field} is not one of ours. Check the address.`,
    });
  }
  const what =
    unknownKey === undefined ? (issue?.message ?? 'it is not right') : 'it is not known here';
  return new ProblemError({
    status: 422,
    code: unknownKey === undefined ? 'input_invalid' : 'input_unknown_field',
    detail: `request: ${field || 'the body'}: ${what}. Correct it and send the request again.`,
    field,
  });
};
