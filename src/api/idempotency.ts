/**
 * `Idempotency-Key` on POST: the same key with the same request gets the same answer once more,
 * instead of a second effect. Answers are kept sealed, for some hold a new key or candidates' data.
 */
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Hub } from '#jobs/hub.ts';
import { forget, keepAnswer, reserve } from '#store/idempotency.ts';
import { seal, unseal } from '#store/vault.ts';
import type { ApiActor, ApiEnv } from './context.ts';
import { ProblemError } from './problem.ts';

const vaultName = 'idempotency';

const sealed = (hub: Hub, row: string, body: string): string => {
  const { key_id, nonce, ciphertext } = seal(hub.vault, vaultName, row, body);
  return [key_id, nonce.toString('base64'), ciphertext.toString('base64')].join(' ');
};

const refusal = (status: number, code: string, detail: string): ProblemError =>
  new ProblemError({ status, code, detail: `request: ${detail}`, field: 'Idempotency-Key' });

const opened = (hub: Hub, row: string, kept: string): string => {
  const [key_id = '', nonce = '', ciphertext = ''] = kept.split(' ');
  if (!hub.vault.find(key_id))
    // Key rotations leave kept answers alone; after the second one their key is gone.
    throw refusal(
      409,
      'idempotency_answer_gone',
      'the first request with this Idempotency-Key was done, but its answer can no longer be read. Look at the list instead.',
    );
  return unseal(hub.vault, vaultName, row, {
    key_id,
    nonce: Buffer.from(nonce, 'base64'),
    ciphertext: Buffer.from(ciphertext, 'base64'),
  });
};

export const idempotency =
  (hub: Hub): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (c.req.method !== 'POST' || key === undefined) {
      await next();
      return;
    }
    if (!/^[\x21-\x7e]{1,200}$/.test(key))
      throw refusal(
        422,
        'idempotency_key_invalid',
        'the Idempotency-Key is not right. Use 1 to 200 letters and digits.',
      );
    const actor = c.get('actor') as ApiActor | undefined;
    // What strangers may do either works once by itself or may be repeated.
    if (actor === undefined) {
      await next();
      return;
    }
    const owner = actor.id;
    const row = `${owner}/${key}`;
    const url = new URL(c.req.url);
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([url.pathname, url.search, await c.req.text()]))
      .digest('hex');
    const reservation = await reserve(hub.db, owner, key, fingerprint);
    if (reservation.state === 'other_request')
      throw refusal(
        422,
        'idempotency_key_reused',
        'this Idempotency-Key was used for another request. Make a new one.',
      );
    if (reservation.state === 'in_flight')
      throw refusal(
        409,
        'idempotency_in_flight',
        'the first request with this Idempotency-Key is still worked on. Ask again in a moment.',
      );
    if (reservation.state === 'answered') {
      const { status } = reservation;
      c.res = c.body(opened(hub, row, reservation.body), status as 200, {
        'content-type': status < 400 ? 'application/json' : 'application/problem+json',
        'idempotency-replayed': 'true',
      });
      return;
    }
    await next();
    // A failure on our side, or a refusal that time may cure, is worth another try.
    const passing = c.res.status >= 500 || c.res.status === 429;
    if (passing) await forget(hub.db, owner, key);
    else {
      const body = await c.res.clone().text();
      await keepAnswer(hub.db, owner, key, { status: c.res.status, body: sealed(hub, row, body) });
    }
  };
