/**
 * Lever's OAuth 2 (Auth0 stands behind it). Apps are registered by Lever by hand, at most 20 scopes
 * each, and a Super Admin consents for the whole company [doc].
 */
import { z } from 'zod';
import {
  ConnectorError,
  type Http,
  type OAuth,
  type OAuthClient,
  type OAuthTokens,
} from '#connectors/contract.ts';

/** What sending tests, writing results back and scheduling need, and nothing more. */
export const scopes = [
  'offline_access',
  'opportunities:write:admin',
  'applications:read:admin',
  'notes:write:admin',
  'stages:read:admin',
  'tags:read:admin',
  'postings:read:admin',
  'users:read:admin',
  'feedback_templates:read:admin',
  'panels:write:admin',
  'interviews:write:admin',
  'webhooks:write:admin',
] as const;

/** An access token lives an hour [doc]; assumed where the answer does not say. */
const usualLife = 3_600_000;

interface Hosts {
  authBase: string;
  /** Its trailing slash matters: without it the token is refused by the API [code]. */
  audience: string;
}

const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.coerce.number().positive().nullish().catch(null),
});

export const oauth: OAuth<Hosts> = {
  /** The access token is a JWT that names who consented [doc]; as author of notes they fit [inferred]. */
  settingsFrom({ accessToken }) {
    const performAs = claimIn(accessToken, 'userId');
    return performAs === null ? {} : { performAs };
  },

  accountOf: ({ accessToken }) => claimIn(accessToken, 'accountId'),

  authorizeUrl({ settings, client, redirectUri, state }) {
    const url = new URL(`${settings.authBase}/authorize`);
    url.search = new URLSearchParams({
      client_id: client.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      state,
      audience: settings.audience,
      scope: scopes.join(' '),
      // Not documented, but sent by most clients: a second connect asks again [code].
      prompt: 'consent',
    }).toString();
    return url.href;
  },

  async exchangeCode({ settings, client, redirectUri, code, http, now }) {
    const tokens = await askForTokens(
      { settings, client, http, now },
      { grant_type: 'authorization_code', code, redirect_uri: redirectUri },
      null,
    );
    // Without the API's audience the token is opaque, and good for nothing [code].
    if (tokens.accessToken.split('.').length !== 3) {
      throw new ConnectorError({
        connector: 'lever',
        operation,
        kind: 'rejected',
        surelyNotDone: true,
        message: `lever: ${operation} gave a token that is not for the API. Correct the audience in the settings, with its trailing slash.`,
      });
    }
    return tokens;
  },

  refresh: (request) => refreshTokens(request),
};

/**
 * New tokens for a refresh token. It rotates: the old one is dead afterwards, so the result must be
 * stored before it is used [doc]. Throws `unauthorized` when a person has to connect again.
 */
export const refreshTokens = async (request: {
  settings: Hosts;
  client: OAuthClient;
  refreshToken: string | null;
  http: Http;
  now: number;
}): Promise<OAuthTokens> => {
  const { refreshToken } = request;
  if (refreshToken === null) {
    throw refused(
      'was not tried: Lever gave no refresh token. Connect again as a Lever Super Admin.',
    );
  }
  return askForTokens(
    request,
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    refreshToken,
  );
};

const operation = 'POST /oauth/token';

const askForTokens = async (
  request: { settings: Hosts; client: OAuthClient; http: Http; now: number },
  grant: Record<string, string>,
  /** Kept where the answer brings no new one. */
  refreshToken: string | null,
): Promise<OAuthTokens> => {
  const response = await request.http({
    operation,
    method: 'POST',
    url: `${request.settings.authBase}/oauth/token`,
    form: {
      ...grant,
      client_id: request.client.clientId,
      client_secret: request.client.clientSecret,
    },
    // Auth0 refuses a grant with any of these [inferred].
    accept: [400, 401, 403],
  });
  if (response.status >= 400) {
    throw errorIn(response.text) === 'invalid_grant'
      ? refused(
          'was refused: the permission was revoked, used up or has expired. Connect again as a Lever Super Admin.',
          response.status,
        )
      : refused(
          `was refused (${response.status}). Check the client id and secret of the Lever app.`,
          response.status,
        );
  }
  const parsed = tokensSchema.safeParse(response.json());
  if (!parsed.success) {
    throw new ConnectorError({
      connector: 'lever',
      operation,
      kind: 'unexpected_shape',
      surelyNotDone: false,
      message: `lever: ${operation} answered without an access token. Check the authorization host in the settings.`,
    });
  }
  const { access_token, refresh_token, expires_in } = parsed.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? refreshToken,
    expiresAt: request.now + (expires_in ? expires_in * 1000 : usualLife),
  };
};

const refused = (text: string, status?: number): ConnectorError =>
  new ConnectorError({
    connector: 'lever',
    operation,
    kind: 'unauthorized',
    ...(status === undefined ? {} : { status }),
    surelyNotDone: true,
    message: `lever: ${operation} ${text}`,
  });

const errorIn = (text: string): string | null => {
  try {
    const parsed = z.object({ error: z.string() }).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error : null;
  } catch {
    return null;
  }
};

/** Not verified: the token came straight from Lever. Null for an opaque one (a wrong audience). */
const claimIn = (accessToken: string, name: 'userId' | 'accountId'): string | null => {
  const claim = `https://oauth.lever.co/${name}`;
  try {
    const part = accessToken.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return z.object({ [claim]: z.string().min(1) }).parse(claims)[claim] ?? null;
  } catch {
    return null;
  }
};
