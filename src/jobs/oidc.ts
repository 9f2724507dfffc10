/**
 * An OpenID Connect provider: discovery, the code exchange with PKCE, and the checks of OpenID Connect
 * Core 1.0, 3.1.3.7, on the ID token. All calls go through the hub's own guarded HTTP.
 */
import { createHash } from 'node:crypto';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { ConnectorError, type Http } from '#connectors/contract.ts';
import type { Provider, ProviderClaims } from '#store/auth-provider.ts';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});
type Discovery = z.infer<typeof discoverySchema>;

const tokensSchema = z.object({ id_token: z.string(), access_token: z.string().default('') });
const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const personSchema = z.object({
  sub: z.string(),
  name: z.string().optional(),
  email: z.string().max(200).optional(),
  // Some providers write it as a text.
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
});

/** Asymmetric ones alone: with a symmetric one whoever has the client secret could sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']; // prettier-ignore
const skewSeconds = 30;
/** Milliseconds that discovery and keys are remembered, and after which unknown keys are looked up. */
const remembered = 3_600_000;
const keysAtLeast = 30_000;
const maxBytes = 1024 * 1024;

/** Loaded with the first single sign-on. */
const loadJose = () => import('jose');

/** Remembers what `read` gave for a while; failures are not remembered. */
const remember = <T>(read: () => Promise<T>, now: () => number) => {
  let kept: { value: Promise<T>; at: number } | undefined;
  return (maxAge: number): Promise<T> => {
    if (kept && now() - kept.at <= maxAge) return kept.value;
    const value = read();
    const mine = { value, at: now() };
    kept = mine;
    value.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return value;
  };
};

export const createProvider = (
  settings: OidcSettings,
  http: Http,
  now: () => number,
  /** Hears why somebody was not let in; never a token or an address. */
  refused: (why: string) => void,
): Provider => {
  const { issuer, clientId, clientSecret } = settings;
  const get = async <T>(operation: string, url: string, schema: z.ZodType<T>): Promise<T> => {
    const answer = await http({ operation, method: 'GET', url, maxBytes });
    return parsed(operation, schema, answer.json());
  };
  const discovery = remember(async (): Promise<Discovery> => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = await get('discovery', url, discoverySchema);
    if (found.issuer !== issuer)
      throw unexpected('discovery', 'names another issuer than LOOPWRIGHT_OIDC_ISSUER does');
    return found;
  }, now);
  const keys = remember(async () => {
    const { jwks_uri } = await discovery(remembered);
    return get('keys', jwks_uri, jwksSchema);
  }, now);

  /** Throws a `JOSEError` for a token that does not hold. */
  const verify = async (idToken: string): Promise<JWTPayload> => {
    const { createLocalJWKSet, errors, jwtVerify } = await loadJose();
    const { id_token_signing_alg_values_supported: offered } = await discovery(remembered);
    const options: JWTVerifyOptions = {
      issuer,
      audience: clientId,
      algorithms: algorithms.filter((one) => offered.includes(one)),
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      clockTolerance: skewSeconds,
      currentDate: new Date(now()),
    };
    const check = async (maxAge: number): Promise<JWTPayload> =>
      (await jwtVerify(idToken, createLocalJWKSet(await keys(maxAge)), options)).payload;
    try {
      return await check(remembered);
    } catch (thrown) {
      // The provider may have changed its keys since they were read.
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw thrown;
      return check(keysAtLeast);
    }
  };

  return {
    async authorizeUrl({ state, codeVerifier, nonce, redirectUri }) {
      const { authorization_endpoint } = await discovery(remembered);
      const url = new URL(authorization_endpoint);
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
      for (const [name, value] of Object.entries({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      }))
        url.searchParams.set(name, value);
      return url;
    },

    async exchange({ code, codeVerifier, redirectUri }) {
      const found = await discovery(remembered);
      const form = {
        grant_type: 'authorization_code',
        code,
        code_verifier: codeVerifier,
        redirect_uri: redirectUri,
        client_id: clientId,
      };
      const byHeader = found.token_endpoint_auth_methods_supported.includes('client_secret_basic');
      const answer = await http({
        operation: 'token',
        method: 'POST',
        url: found.token_endpoint,
        maxBytes,
        ...(byHeader
          ? { form, headers: { authorization: basic(clientId, clientSecret) } }
          : { form: { ...form, client_secret: clientSecret } }),
      });
      const { id_token: idToken, access_token: accessToken } = parsed(
        'token',
        tokensSchema,
        answer.json(),
      );
      return { idToken, accessToken };
    },

    async claims({ idToken, accessToken }, nonce) {
      let payload: JWTPayload;
      try {
        payload = await verify(idToken);
      } catch (thrown) {
        const { errors } = await loadJose();
        if (!(thrown instanceof errors.JOSEError)) throw thrown;
        refused(thrown.code);
        return null;
      }
      if (payload['nonce'] !== nonce) {
        refused('the nonce is not the one that was sent');
        return null;
      }
      // A token for several parties is ours only if it was issued to us.
      const authorized = payload['azp'];
      const several = Array.isArray(payload.aud) && payload.aud.length > 1;
      if ((several || authorized !== undefined) && authorized !== clientId) {
        refused('it was issued to another client');
        return null;
      }
      const inToken = personOf(payload);
      if (inToken === null || inToken.email !== null) return inToken;
      const { userinfo_endpoint: url } = await discovery(remembered);
      if (url === undefined || accessToken === '') return inToken;
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await http({ operation: 'userinfo', method: 'GET', url, headers, maxBytes });
      const told = personOf(answer.json());
      return told?.sub === inToken.sub ? told : null;
    },
  };
};

const personOf = (value: unknown): ProviderClaims | null => {
  const { data } = personSchema.safeParse(value);
  if (!data) return null;
  const email = data.email?.trim().toLowerCase();
  return {
    sub: data.sub,
    name: (data.name ?? '').trim().slice(0, 200) || (email ?? data.sub),
    email: email === undefined || !z.email().safeParse(email).success ? null : email,
    emailVerified: data.email_verified === true || data.email_verified === 'true',
  };
};

/** Both are form-encoded first (RFC 6749, 2.3.1). */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

const unexpected = (operation: string, what: string): ConnectorError =>
  new ConnectorError({
    connector: 'oidc',
    operation,
    kind: 'unexpected_shape',
    surelyNotDone: true,
    message: `single sign-on: ${operation} ${what}. Compare LOOPWRIGHT_OIDC_ISSUER with what the provider tells.`,
  });

const parsed = <T>(operation: string, schema: z.ZodType<T>, value: unknown): T => {
  const { success, data } = schema.safeParse(value);
  if (!success) throw unexpected(operation, 'answered in a way that is not OpenID Connect');
  return data;
};
