/** Reads request bodies with a limit on size and time, whatever the sender says about their length. */
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './context.ts';
import { ProblemError } from './problem.ts';

export const mostBytes = 1024 * 1024;
/** Milliseconds. */
const bodyTimeout = 10_000;

const tooLarge = (): ProblemError =>
  new ProblemError({
    status: 413,
    code: 'body_too_large',
    detail: 'request: the body is larger than 1 MiB. Send less.',
  });

const tooSlow = (): ProblemError =>
  new ProblemError({
    status: 408,
    code: 'body_too_slow',
    detail: 'request: the body did not arrive in time. Send it again.',
  });

/** Throws 413 as soon as the limit is passed, and 408 when the whole took longer than `timeout`. */
export const readBody = async (request: Request, timeout = bodyTimeout): Promise<Uint8Array> => {
  const declared = request.headers.get('content-length');
  if (Number(declared ?? 0) > mostBytes) throw tooLarge();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooSlow());
    }, timeout);
  });
  try {
    return declared === null ? await readPieces(request, late) : await readWhole(request, late);
  } finally {
    clearTimeout(timer);
  }
};

/** The server holds senders to a length that they declared; read whole, a body costs no stream. */
const readWhole = async (request: Request, late: Promise<never>): Promise<Uint8Array> => {
  const body = await Promise.race([request.arrayBuffer(), late]);
  if (body.byteLength > mostBytes) throw tooLarge();
  return new Uint8Array(body);
};

const readPieces = async (request: Request, late: Promise<never>): Promise<Uint8Array> => {
  if (!request.body) return new Uint8Array();
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > mostBytes) throw tooLarge();
      chunks.push(value);
    }
  } catch (thrown) {
    // Not awaited: a sender that stopped half way would hold this up as well.
    reader.cancel().catch(() => undefined);
    throw thrown;
  }
};

/** `\u0000` is valid JSON, but PostgreSQL keeps no such text. */
const holdsNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name.includes('\0') || holdsNul(inner));
};

/** Reads the body once, checks that it is a JSON object, and leaves it for the validators. */
export const jsonBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    const text = new TextDecoder().decode(await readBody(c.req.raw));
    // Hono declares the cache's values as what they resolve to.
    c.req.bodyCache.text = Promise.resolve(text) as unknown as string;
    if (text !== '') checkJson(c.req.header('content-type') ?? '', text);
  }
  await next();
};

const checkJson = (contentType: string, text: string): void => {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ProblemError({
      status: 415,
      code: 'body_not_json',
      detail:
        'request: the body is not declared as JSON. Send it with content-type: application/json.',
    });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ProblemError({
      status: 400,
      code: 'body_malformed',
      detail: 'request: the body is not valid JSON. Check commas, quotes and braces.',
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ProblemError({
      status: 422,
      code: 'input_invalid',
      detail: 'request: the body is not a JSON object. Send an object with the named fields.',
    });
  }
  if (holdsNul(parsed)) {
    throw new ProblemError({
      status: 422,
      code: 'input_invalid',
      detail: 'request: a text holds the character U+0000. Take it out.',
    });
  }
};

/** For routes that take no body: what is sent anyway was meant for something, so it is refused. */
export const refuseFields: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const text = await c.req.text();
  const [field] = text === '' ? [] : Object.keys(JSON.parse(text) as object);
  if (field !== undefined) {
    throw new ProblemError({
      status: 422,
      code: 'input_unknown_field',
      detail: `request: ${field}: it is not known here. This request takes no body.`,
      field,
    });
  }
  await next();
};
