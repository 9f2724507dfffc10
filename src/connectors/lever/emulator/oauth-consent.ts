/** What an authorize request asks for, and why it is refused. */
import { permissionNames } from './vocabulary.ts';
import type { OAuthClientRecord } from './state.ts';
import type { World } from './world.ts';

export interface Consent {
  client: OAuthClientRecord;
  redirectUri: string;
  state: string;
  scopes: string[];
  /** Whether the audience is the API's own, to the trailing slash. */
  forApi: boolean;
}

const mostScopes = 20;

export const readConsent = (
  { state, options }: World,
  query: Record<string, string | undefined>,
): Consent | { refused: string } => {
  const client = state.clients.find((one) => one.clientId === query['client_id']);
  if (!client) return { refused: 'Unknown client. Check client_id.' };
  const redirectUri = query['redirect_uri'] ?? '';
  const known = client.redirectUris;
  if (!URL.canParse(redirectUri) || (known.length > 0 && !known.includes(redirectUri)))
    return {
      refused: `Callback URL mismatch: ${redirectUri} is not registered for this app. Register it under Settings, Authorized apps.`,
    };
  if (query['response_type'] !== 'code') return { refused: 'response_type must be code.' };
  if (!query['state']) return { refused: 'Missing required parameter: state.' };
  const asked = (query['scope'] ?? '').split(/\s+/).filter(Boolean);
  if (asked.length > mostScopes)
    return { refused: `An app may ask for ${String(mostScopes)} scopes at most.` };
  const forApi = query['audience'] === `${options.origin}/api/v1/`;
  return {
    client,
    redirectUri,
    state: query['state'],
    forApi,
    scopes: asked.filter(
      (scope) => scope === 'offline_access' || (forApi && permissionNames.includes(scope)),
    ),
  };
};
