/**
 * The one way to the hub. Its types are made from the API's own declaration (`npm run web:types`); a
 * failure is thrown as a `ProblemError`.
 */
import createClient from 'openapi-fetch';
import { notOurs, ProblemError, type Problem, tooSlow, unreachable } from './problem.ts';
import type { components, paths } from './schema.d.ts';

/** Milliseconds that an answer may take: testing an account asks the vendor several times. */
const patience = 60_000;

const bounded = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(patience)]),
    });
  } catch (thrown) {
    if (request.signal.aborted) throw thrown;
    throw thrown instanceof DOMException && thrown.name === 'TimeoutError'
      ? tooSlow()
      : unreachable();
  }
};

export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  fetch: bounded,
});

/** What the API's lists and documents hold, by its own names. */
export type Schemas = components['schemas'];

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;

/** The body of a good answer; throws the problem of any other. */
export const got = async <Data>(
  answer: Promise<
    | { data: Data; error?: never; response: Response }
    | { data?: never; error: unknown; response: Response }
  >,
): Promise<Data> => {
  const { data, error, response } = await answer;
  if (response.ok) return data as Data;
  throw isProblem(error) ? new ProblemError(error) : notOurs(response.status);
};

/** An `Idempotency-Key`. `crypto.randomUUID` is missing where the hub is reached by plain http. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
