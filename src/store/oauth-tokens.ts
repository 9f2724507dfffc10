/** OAuth tokens among a connection's secrets. */
import type { OAuthTokens } from '#core/model.ts';
import type { Database } from './database.ts';
import { withLock } from './lock.ts';
import { getSecret, putSecret, type Vault } from './vault.ts';

/** Where they stand among the secrets. */
export const tokensName = 'oauth';

export const readTokens = async (
  db: Database,
  vault: Vault,
  connectionId: string,
): Promise<OAuthTokens | null> => {
  const text = await getSecret(db, vault, connectionId, tokensName);
  return text === null ? null : (JSON.parse(text) as OAuthTokens);
};

/** Nobody exchanges the tokens of a connection while `work` replaces them. */
export const withTokens = <T>(
  db: Database,
  connectionId: string,
  work: () => Promise<T>,
): Promise<T> => withLock(db, `oauth/${connectionId}`, work);

/**
 * Exchanges stale tokens for new ones: one caller over all processes does it, the others get what it
 * stored. Refresh tokens rotate, so the new ones are stored before anyone uses them.
 */
export const refreshTokens = (
  db: Database,
  vault: Vault,
  connectionId: string,
  stale: OAuthTokens,
  exchange: (current: OAuthTokens) => Promise<OAuthTokens>,
): Promise<OAuthTokens> =>
  withTokens(db, connectionId, async () => {
    const current = (await readTokens(db, vault, connectionId)) ?? stale;
    if (current.accessToken !== stale.accessToken) return current;
    const next = await exchange(current);
    await putSecret(db, vault, connectionId, tokensName, JSON.stringify(next));
    return next;
  });
