/** Access tokens in the shape of the documented sample: a JWT with Lever's claims. */
import { createHmac } from 'node:crypto';
import type { GrantRecord } from './state.ts';
import type { World } from './world.ts';

/** `life` in milliseconds. The real one is signed with RS256; nobody but the API reads it. */
export const accessToken = (
  { state, options, mint }: World,
  grant: GrantRecord,
  life: number,
): string => {
  const issuedAt = Math.floor(options.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'HS256', typ: 'JWT', kid: mint.hex(16) });
  const claims = part({
    'https://oauth.lever.co/userId': grant.userId,
    'https://oauth.lever.co/accountId': state.accountId,
    'https://oauth.lever.co/clientId': grant.clientId,
    iss: `${options.origin}/api/auth/`,
    sub: `lever|${grant.userId}`,
    aud: `${options.origin}/api/v1/`,
    iat: issuedAt,
    exp: issuedAt + life / 1000,
    azp: grant.clientId,
    scope: grant.scopes.join(' '),
  });
  const signature = createHmac('sha256', state.tokenSecret)
    .update(`${head}.${claims}`)
    .digest('base64url');
  return `${head}.${claims}.${signature}`;
};
