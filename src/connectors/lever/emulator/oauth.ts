/**
 * `/auth/authorize` and `/auth/oauth/token`: the authorization-code flow that stands in front of
 * Lever (Auth0). Error bodies of the token endpoint are Auth0's. [inferred]
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import { readConsent, type Consent } from './oauth-consent.ts';
import { accessToken } from './oauth-token.ts';
import { readBody, textOf, type Body } from './request.ts';
import { superAdmin, type World } from './world.ts';
import type { GrantRecord, OAuthClientRecord } from './state.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const codeLife = 10 * minute;
const accessLife = 60 * minute;
const refreshIdle = 90 * day;
const refreshLife = 365 * day;

export const oauthRoutes = (world: World): Hono => {
  const { state, mint, options } = world;
  const app = new Hono();

  app.get('/authorize', (c) => {
    const consent = readConsent(world, c.req.query());
    if ('refused' in consent)
      return c.html(consentFrame(world, html`<p>${consent.refused}</p>`), 400);
    return c.html(consentFrame(world, consentForm(world, consent, c.req.query())));
  });

  /** The form of the page above; `decision` is `accept` or `deny`. */
  app.post('/authorize', async (c) => {
    const body = await readBody(c);
    const query = Object.fromEntries(
      Object.entries(body).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
    const consent = readConsent(world, query);
    if ('refused' in consent)
      return c.html(consentFrame(world, html`<p>${consent.refused}</p>`), 400);
    const target = new URL(consent.redirectUri);
    if (body['decision'] === 'accept') target.searchParams.set('code', issueCode(consent));
    target.searchParams.set('state', consent.state);
    if (body['decision'] !== 'accept') {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'User did not authorize the request');
    }
    return c.redirect(target.href, 303);
  });

  const issueCode = (consent: Consent): string => {
    const { client, redirectUri, scopes, forApi } = consent;
    if (client.redirectUris.length === 0) client.redirectUris.push(redirectUri);
    const code = mint.text(43);
    const createdAt = options.now();
    state.codes.push({ code, clientId: client.clientId, redirectUri, scopes, forApi, createdAt });
    return code;
  };

  app.post('/oauth/token', async (c) => {
    const body = await readBody(c);
    const client = state.clients.find((one) => one.clientId === body['client_id']);
    if (!client || client.clientSecret !== body['client_secret'])
      return refuse(c, 401, 'access_denied', 'Unauthorized');
    if (body['grant_type'] === 'authorization_code') return exchangeCode(c, client, body);
    if (body['grant_type'] === 'refresh_token') return refresh(c, client, body);
    return refuse(c, 403, 'unauthorized_client', 'Grant type not allowed');
  });

  const exchangeCode = (c: Context, client: OAuthClientRecord, body: Body): Response => {
    const position = state.codes.findIndex((one) => one.code === textOf(body, 'code'));
    const [code] = position === -1 ? [] : state.codes.splice(position, 1);
    if (
      code?.clientId !== client.clientId ||
      code.redirectUri !== textOf(body, 'redirect_uri') ||
      options.now() - code.createdAt > codeLife
    )
      return refuse(c, 403, 'invalid_grant', 'Invalid authorization code');
    const grant: GrantRecord = {
      id: mint.uuid(),
      clientId: client.clientId,
      userId: superAdmin(state).id,
      scopes: code.scopes,
      forApi: code.forApi,
      refreshToken: null,
      createdAt: options.now(),
      lastUsedAt: options.now(),
      revokedAt: null,
    };
    state.grants.push(grant);
    return c.json(issueTokens(grant));
  };

  const refresh = (c: Context, client: OAuthClientRecord, body: Body): Response => {
    const token = textOf(body, 'refresh_token');
    const grant = state.grants.find(
      (one) => one.refreshToken === token && one.clientId === client.clientId,
    );
    const now = options.now();
    if (
      token === undefined ||
      grant?.revokedAt !== null ||
      now - grant.lastUsedAt > refreshIdle ||
      now - grant.createdAt > refreshLife
    )
      return refuse(c, 403, 'invalid_grant', 'Unknown or invalid refresh token.');
    return c.json(issueTokens(grant));
  };

  /** [doc] Every refresh brings a new refresh token; the old one is dead at once. */
  const issueTokens = (grant: GrantRecord): Record<string, unknown> => {
    const now = options.now();
    grant.lastUsedAt = now;
    grant.refreshToken = grant.scopes.includes('offline_access') ? mint.text(46) : null;
    const token = grant.forApi ? accessToken(world, grant, accessLife) : mint.text(32);
    state.accessTokens = state.accessTokens.filter((one) => one.expiresAt > now);
    state.accessTokens.push({ token, grantId: grant.id, expiresAt: now + accessLife });
    return {
      access_token: token,
      ...(grant.refreshToken === null ? {} : { refresh_token: grant.refreshToken }),
      scope: grant.scopes.join(' '),
      expires_in: accessLife / 1000,
      token_type: 'Bearer',
    };
  };

  return app;
};

const refuse = (c: Context, status: 401 | 403, error: string, description: string): Response =>
  c.json({ error, error_description: description }, status);

const consentFrame = (world: World, body: Html): Html =>
  renderPage({
    vendor: 'Lever',
    title: 'Authorize app',
    base: new URL(world.options.origin).pathname.replace(/\/$/, ''),
    tabs: [],
    body,
  });

const consentForm = (world: World, consent: Consent, query: Record<string, string>): Html =>
  html` <p>
      <strong>${consent.client.name}</strong> asks ${superAdmin(world.state).name} (Super Admin) for
      access to this Lever account:
    </p>
    <ul id="scopes">
      ${consent.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
    </ul>
    <form method="post" class="row">
      ${Object.entries(query).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <button name="decision" value="accept">Accept</button>
      <button name="decision" value="deny">Deny</button>
    </form>`;
