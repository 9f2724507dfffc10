/**
 * How every act in the outside world is done:
 * 1. claim: `started` under a lease and a fencing number, committed before the vendor is called,
 * 2. call the vendor (who looks it up first where an earlier try may have gone through),
 * 3. settle: the outcome, what follows from it and its job, in one transaction.
 */
import { ConnectorError, type Capabilities, type HttpRequest } from '#connectors/contract.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { claimEffect, moveEffect, type EffectRow } from '#store/effects.ts';
import { LeaseLost, type Guard, type Hub } from './hub.ts';
import { outcomeOf, pauseUnauthorized } from './policy.ts';
import type { Done } from './requests.ts';

const leaseSeconds = 30;
/** No request leaves later than this, so that it has ended (10 s) before the lease has. */
const lastSend = 18_000;

export interface Work<Row extends EffectRow> {
  due: Row;
  /** `vendor` is empty for what needs no connection: mail that is kept in the outbox. */
  act(effect: Row, vendor: Capabilities, triedBefore: boolean): Promise<Done>;
  /** Writes the outcome; false when another process took over. */
  settle(tx: Executor, effect: Row, done: Done): Promise<boolean>;
  /** Enqueues the next try. */
  later(tx: Executor, at: number): Promise<void>;
}

export const performClaimed = async <Row extends EffectRow>(
  hub: Hub,
  work: Work<Row>,
): Promise<void> => {
  const { due } = work;
  let connection: ConnectionRow | null = null;
  if (due.connection_id !== null) {
    connection = await findConnection(hub.db, due.connection_id).catch(() => null);
    if (connection === null) {
      const text = 'The connection was removed. Connect again and retry.';
      await moveEffect(hub.db, due.id, ['owed'], { state: 'failed', text, actor: null });
      return;
    }
    if (connection.state !== 'active') return;
  }
  hub.failpoint('C3', due.kind);
  const claimedAt = hub.monotonic();
  const holder = hub.processId();
  const claim = await claimEffect(hub.db, due.id, holder, leaseSeconds);
  if (!claim) {
    // Another process holds it, or died holding it: look again when its lease is over.
    if (due.lease_until !== null) await work.later(hub.db, due.lease_until + 500);
    return;
  }
  const effect = { ...due, ...claim.effect };
  hub.failpoint('C4', effect.kind);
  const guard: Guard = {
    beforeSend(request) {
      if (changes(request)) hub.failpoint('C14', effect.kind);
      const isOurs = hub.isProvenAlive() && hub.processId() === holder;
      if (!isOurs || hub.monotonic() - claimedAt > lastSend) throw new LeaseLost();
      return changes(request) ? hub.failpoint.halfway(effect.kind) : undefined;
    },
    afterHead(request) {
      if (changes(request)) hub.failpoint('C6', effect.kind);
    },
  };
  try {
    const vendor = connection ? await hub.open(connection, guard) : {};
    const done = await work.act(effect, vendor, claim.triedBefore);
    hub.failpoint('C7', effect.kind);
    await inTransaction(hub.db, (tx) => settle(hub, tx, work, effect, done));
    hub.failpoint('C9', effect.kind);
  } catch (thrown) {
    await settleFailure(hub, work, effect, thrown);
  }
};

const changes = (request: HttpRequest): boolean =>
  request.method !== 'GET' && request.readOnly !== true;

const settle = async <Row extends EffectRow>(
  hub: Hub,
  tx: Executor,
  work: Work<Row>,
  effect: Row,
  done: Done,
): Promise<void> => {
  if (!(await work.settle(tx, effect, done))) {
    hub.log.warn({ effect: effect.id }, 'jobs: another process took this effect over.');
    return;
  }
  await done.follow?.(tx);
  if (done.outcome.nextTryAt) await work.later(tx, done.outcome.nextTryAt);
};

const settleFailure = async <Row extends EffectRow>(
  hub: Hub,
  work: Work<Row>,
  effect: Row,
  thrown: unknown,
): Promise<void> => {
  if (thrown instanceof LeaseLost) {
    hub.log.warn({ effect: effect.id }, thrown.message);
    return;
  }
  if (!(thrown instanceof ConnectorError)) throw thrown;
  const outcome = outcomeOf(hub, thrown, effect.attempts);
  hub.log.warn({ effect: effect.id, kind: thrown.kind, state: outcome.state }, thrown.message);
  await inTransaction(hub.db, async (tx) => {
    if (thrown.kind === 'unauthorized' && effect.connection_id !== null)
      await pauseUnauthorized(tx, effect.connection_id, thrown);
    await settle(hub, tx, work, effect, { outcome });
  });
};
