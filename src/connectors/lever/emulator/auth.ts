/** Who calls and what the key or token may do. */
import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from './errors.ts';
import { confidentialAccess, covers } from './vocabulary.ts';
import type { OpportunityRecord, PostingRecord } from './state.ts';
import type { World } from './world.ts';

export interface ApiEnv {
  Variables: { permissions: readonly string[] };
}

/** The key or token in the request; Lever takes `Basic KEY:` and `Bearer TOKEN` alike. [code] */
export const credentialOf = (c: Context): string | null => {
  const header = c.req.header('authorization') ?? '';
  const [, scheme = '', value = ''] = /^(basic|bearer)\s+(\S+)$/i.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? null;
};

const permissionsOf = ({ state, options }: World, credential: string): readonly string[] | null => {
  const key = state.keys.find((one) => one.key === credential && one.revokedAt === null);
  if (key) return key.permissions;
  const token = state.accessTokens.find((one) => one.token === credential);
  if (!token || token.expiresAt <= options.now()) return null;
  const grant = state.grants.find((one) => one.id === token.grantId);
  return grant?.revokedAt === null && grant.forApi ? grant.scopes : null;
};

export const authenticate =
  (world: World): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const credential = credentialOf(c);
    const permissions = credential === null ? null : permissionsOf(world, credential);
    if (!permissions)
      throw new ApiError(401, 'Unauthorized', 'The API key or access token is not valid');
    c.set('permissions', permissions);
    await next();
  };

/** `needs('notes', 'read')`: the endpoint's permission, or 403. */
export const needs =
  (resource: string, access: 'read' | 'write'): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const permission = `${resource}:${access}:admin`;
    if (!covers(c.get('permissions'), permission))
      throw new ApiError(403, 'Forbidden', `The permission ${permission} is missing`);
    await next();
  };

/** Confidential things are visible only to a key or token that was made with the right. [doc] */
export const mayRead = (
  c: Context<ApiEnv>,
  { confidentiality }: OpportunityRecord | PostingRecord,
): boolean =>
  confidentiality === 'non-confidential' || c.get('permissions').includes(confidentialAccess);
