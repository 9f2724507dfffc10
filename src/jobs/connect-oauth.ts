/** *Connect with …*: consent at the vendor, then the same path as a pasted key. */
import type { z } from 'zod';
import { invalid, LoopwrightError } from '#core/errors.ts';
import type { Connector, OAuth, OAuthClient } from '#connectors/contract.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import { beginOAuth, takeOAuth } from '#store/oauth-attempts.ts';
import type { Actor } from '#store/audit.ts';
import type { Settings } from '#store/schema.ts';
import { connectAgain, createConnection } from './accounts.ts';
import type { Hub } from './hub.ts';

export interface OAuthSetup {
  hub: Hub;
  /** Client ids and secrets from the configuration, by connector. */
  clients: ReadonlyMap<string, OAuthClient>;
}

const redirectUri = (hub: Hub): string => `${hub.publicUrl.replace(/\/+$/, '')}/oauth/callback`;

interface Offer {
  connector: Connector;
  oauth: OAuth<Record<string, unknown>>;
  client: OAuthClient;
}

const offered = (setup: OAuthSetup, id: string): Offer => {
  const connector = setup.hub.connectors.get(id);
  if (!connector?.oauth)
    throw invalid(
      'oauth_not_offered',
      `connection: ${id} cannot be connected by OAuth. Paste a key instead.`,
      'connector',
    );
  const client = setup.clients.get(id);
  if (!client) {
    const name = id.toUpperCase();
    throw new LoopwrightError(
      'oauth_not_configured',
      409,
      `connection: no OAuth client is configured for ${connector.name}. Set ${name}_CLIENT_ID and ${name}_CLIENT_SECRET, or paste a key instead.`,
    );
  }
  return { connector, oauth: connector.oauth, client };
};

/** Settings for the time of the consent: defaults, and whatever the admin changed (hosts). */
const provisional = (connector: Connector, given: Record<string, unknown>): Settings => {
  const settings: Settings = {};
  for (const [name, field] of Object.entries(connector.settings.shape)) {
    const parsed = (field as z.ZodType).safeParse(given[name]);
    if (!parsed.success && given[name] !== undefined)
      throw invalid(
        'settings_invalid',
        `${connector.id}: the setting ${name} is not right. ${parsed.error.issues[0]?.message ?? ''}`,
        `settings.${name}`,
      );
    const value: unknown = parsed.data;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      settings[name] = value;
  }
  return settings;
};

/** Where to send the admin's browser, so that a connection is made. */
export const startOAuth = async (
  setup: OAuthSetup,
  input: { connector: string; name: string; settings: Record<string, unknown>; actor: Actor },
): Promise<{ authorizeUrl: string }> => {
  const offer = offered(setup, input.connector);
  const { name, actor } = input;
  const settings = provisional(offer.connector, input.settings);
  return begin(setup.hub, offer, { name, settings, connectionId: null }, actor);
};

/** The same for a connection that there is: it gets new tokens, and keeps its name and settings. */
export const startOAuthAgain = async (
  setup: OAuthSetup,
  input: { connectionId: string; actor: Actor },
): Promise<{ authorizeUrl: string }> => {
  const { connectionId, actor } = input;
  const { connector, name, settings } = await findConnection(setup.hub.db, connectionId);
  return begin(setup.hub, offered(setup, connector), { name, settings, connectionId }, actor);
};

const begin = async (
  hub: Hub,
  { connector, oauth, client }: Offer,
  attempt: { name: string; settings: Settings; connectionId: string | null },
  actor: Actor,
): Promise<{ authorizeUrl: string }> => {
  const state = await beginOAuth(hub.db, {
    ...attempt,
    connector: connector.id,
    actorId: actor.id,
    actorName: actor.name,
  });
  const request = { settings: attempt.settings, client, redirectUri: redirectUri(hub), state };
  return { authorizeUrl: oauth.authorizeUrl(request) };
};

/**
 * The browser comes back. Throws `oauth_state_invalid` for a forged, used or stale state and
 * `oauth_denied` when the admin said no; nothing is stored or changed then.
 */
export const finishOAuth = async (
  setup: OAuthSetup,
  query: { state?: string | undefined; code?: string | undefined; error?: string | undefined },
): Promise<ConnectionRow> => {
  const { hub } = setup;
  const attempt = query.state === undefined ? null : await takeOAuth(hub.db, query.state);
  if (!attempt) {
    throw new LoopwrightError(
      'oauth_state_invalid',
      400,
      'connection: this consent is not one that was begun here, or it is older than ten minutes. Begin again with Connect.',
      'state',
    );
  }
  if (query.error !== undefined || query.code === undefined) {
    throw new LoopwrightError(
      'oauth_denied',
      400,
      'connection: the consent was not given at the vendor. Nothing was changed; begin again when you are ready.',
    );
  }
  const { connector, oauth, client } = offered(setup, attempt.connector);
  const tokens = await oauth.exchangeCode({
    settings: attempt.settings,
    client,
    redirectUri: redirectUri(hub),
    code: query.code,
    http: hub.link({ connector, settings: attempt.settings, secrets: {} }).http,
    now: hub.now(),
  });
  const actor = { id: attempt.actor_id, name: attempt.actor_name };
  if (attempt.connection_id !== null)
    return connectAgain(hub, attempt.connection_id, tokens, actor);
  const made = {
    connector: connector.id,
    name: attempt.name,
    settings: { ...oauth.settingsFrom(tokens), ...attempt.settings },
    requestsPerSecond: null,
    tokens,
  };
  return createConnection(hub, made, actor);
};
