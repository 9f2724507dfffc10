/** Reading requests as loosely as Lever does: three body encodings, stray slashes, aliases. */
import type { Context } from 'hono';
import { badRequest, notFound } from './errors.ts';
import type { UserRecord } from './state.ts';

export type Body = Readonly<Record<string, unknown>>;

/**
 * The request with Lever's own path, wherever the API is mounted: real clients send trailing slashes
 * (`webhooks/`) and doubled ones (`/v1//users`). [code]
 */
export const withPlainPath = (request: Request): Request => {
  const url = new URL(request.url);
  const segments = url.pathname.split('/').filter(Boolean);
  const start = segments.findIndex((segment) => segment === 'v1' || segment === 'auth');
  url.pathname = `/${segments.slice(Math.max(start, 0)).join('/')}`;
  return url.href === request.url ? request : new Request(url, request);
};

/** JSON, urlencoded and multipart bodies alike; `tags[]=a` and `archived[reason]=x` are understood. */
export const readBody = async (c: Context): Promise<Body> => {
  const type = c.req.header('content-type') ?? '';
  if (/urlencoded|multipart/i.test(type)) return fromForm(await c.req.formData());
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Body;
  } catch {
    throw badRequest('The request body is not valid JSON');
  }
  throw badRequest('The request body must be an object');
};

const fromForm = (form: FormData): Body => {
  const body: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === 'string');
    const nested = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name);
    const [, outer, inner] = nested ?? [];
    if (outer !== undefined && inner !== undefined) {
      const known = body[outer];
      body[outer] = { ...(typeof known === 'object' ? known : {}), [inner]: values[0] };
    } else if (name.endsWith('[]')) body[name.slice(0, -2)] = values;
    else body[name] = values.length > 1 ? values : values[0];
  }
  return body;
};

export const textOf = (body: Body, name: string): string | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw badRequest(`${name} must be a string`);
  return value;
};

export const requiredText = (body: Body, name: string): string => {
  const value = textOf(body, name);
  if (value === undefined || value === '') throw missing(name);
  return value;
};

export const textsOf = (body: Body, name: string): string[] | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one) => typeof one === 'string')) throw badRequest(`${name} must be strings`);
  return list;
};

export const requiredTexts = (body: Body, name: string): string[] => {
  const list = textsOf(body, name);
  if (!list) throw missing(name);
  return list;
};

export const flagOf = (body: Body, name: string): boolean =>
  body[name] === true || body[name] === 'true';

/** Milliseconds since the epoch; forms bring them as text. */
export const instantOf = (body: Body, name: string): number | undefined => {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  const instant = Number(value);
  if (!Number.isInteger(instant)) throw badRequest(`${name} must be a timestamp in milliseconds`);
  return instant;
};

export const missing = (name: string): Error => badRequest(`Missing required parameter: ${name}`);

/** Who a write is made for; a query parameter only, one in the body is ignored. [code] */
export const performer = (c: Context, state: { users: UserRecord[] }): UserRecord | null => {
  const id = c.req.query('perform_as');
  if (id === undefined || id === '') return null;
  const user = state.users.find((one) => one.id === id);
  if (!user) throw notFound('users', id);
  if (user.deactivatedAt !== null) throw badRequest('perform_as names a deactivated user');
  return user;
};

/** The same where Lever insists on it. [doc] */
export const performing = (c: Context, state: { users: UserRecord[] }): UserRecord => {
  const user = performer(c, state);
  if (!user) throw missing('perform_as');
  return user;
};
