/** What a failure means, by its kind: the one place that decides. */
import { maxAttempts, retryDelay } from '#core/automation/retry.ts';
import { type ConnectorError } from '#connectors/contract.ts';
import { pauseConnection } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import type { EffectOutcome } from '#store/effects.ts';
import { tokensName } from '#store/oauth-tokens.ts';
import { listSecretNames } from '#store/vault.ts';
import type { Hub } from './hub.ts';

export const isPassing = (error: ConnectorError): boolean =>
  error.kind === 'unreachable' || error.kind === 'rate_limited';

/** The key is no longer good: all calls stop, and the admin is told what to do. */
export const pauseUnauthorized = async (
  db: Executor,
  connectionId: string,
  error: ConnectorError,
): Promise<void> => {
  const byConsent = (await listSecretNames(db, connectionId)).includes(tokensName);
  const remedy = byConsent
    ? 'Connecting again by consent resumes it; after any other remedy, resume it by hand.'
    : 'Enter a good key and resume it.';
  const text = `${error.message} The connection is paused; nothing is lost. ${remedy}`;
  await pauseConnection(db, connectionId, 'unauthorized', text);
};

/** How an effect ends whose call failed with `error`. */
export const outcomeOf = (
  hub: Pick<Hub, 'now' | 'draw'>,
  error: ConnectorError,
  attempts: number,
): EffectOutcome => {
  const text = error.message;
  const errorKind = error.kind;
  if (error.kind === 'unauthorized') return { state: 'owed', text, errorKind };
  if (isPassing(error) && attempts < maxAttempts) {
    const nextTryAt = hub.now() + retryDelay(attempts, hub.draw(), error.retryAfter);
    return { state: 'owed', text, errorKind, nextTryAt };
  }
  return { state: error.surelyNotDone ? 'failed' : 'unknown', text, errorKind };
};
