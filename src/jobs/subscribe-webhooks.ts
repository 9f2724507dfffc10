/** Registers, checks and removes the hub's webhooks at a vendor: exactly one per event. */
import { ConnectorError, type Capabilities } from '#connectors/contract.ts';
import { newId } from '#store/database.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import { withLock } from '#store/lock.ts';
import { getSecret, putSecret } from '#store/vault.ts';
import {
  deleteWebhook,
  ensureWebhook,
  leaveBehind,
  listWebhooks,
  updateWebhook,
  type WebhookRow,
} from '#store/webhooks.ts';
import { connectorOf, type Hub } from './hub.ts';

export const hookUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/hooks/${token}`;

/** Where a vendor is to report that is told so with every invitation; null for all others. */
export const callbackUrlOf = async (
  hub: Pick<Hub, 'db'>,
  connectionId: string,
): Promise<string | null> => {
  const rows = await listWebhooks(hub.db, connectionId);
  return rows.find(({ state }) => state === 'per_invitation')?.url ?? null;
};

/** Secrets of hooks stand beside the connection's others under these names. */
export const hookSecretName = (webhookId: string): string => `webhook/${webhookId}`;

/** One at a time registers or removes the hooks of a connection, over all processes. */
export const withWebhooks = <T>(
  hub: Pick<Hub, 'db'>,
  connectionId: string,
  work: () => Promise<T>,
): Promise<T> => withLock(hub.db, `webhooks/${connectionId}`, work);

/**
 * Makes sure of one hook per event. Address and secret are stored before the vendor is asked, so
 * that a crash half way, or a vendor that tells no ids, leads back to the same hook. A hook that was
 * removed at the vendor by a person is made again only when `again` says so.
 */
export const subscribeWebhooks = async (
  hub: Hub,
  connection: ConnectionRow,
  vendor: Capabilities,
  wish: { again: boolean; replaceForeign: boolean } = { again: false, replaceForeign: false },
): Promise<void> => {
  const { webhooks } = vendor;
  const format = connectorOf(hub, connection).webhooks;
  if (!format || !webhooks) return;
  await withWebhooks(hub, connection.id, async () => {
    // Disconnected while this waited: what is gone must not come back.
    if ((await findConnection(hub.db, connection.id).catch(() => null)) === null) return;
    for (const event of format.events) {
      const row = await ensureWebhook(hub.db, connection.id, event, (token) =>
        hookUrl(hub.publicUrl, token),
      );
      if (row.state === 'removed_at_vendor' && !wish.again) continue;
      await subscribeOne(hub, connection, webhooks, row, wish);
    }
  });
};

const subscribeOne = async (
  hub: Hub,
  connection: ConnectionRow,
  webhooks: NonNullable<Capabilities['webhooks']>,
  row: WebhookRow,
  wish: { again: boolean; replaceForeign: boolean },
): Promise<void> => {
  const url = hookUrl(hub.publicUrl, row.token);
  const name = hookSecretName(row.id);
  const stored = await getSecret(hub.db, hub.vault, connection.id, name);
  const secret = stored ?? newId('whsec', 40);
  if (stored === null) await putSecret(hub.db, hub.vault, connection.id, name, secret);
  const known =
    row.remote_id === null || row.state === 'removed_at_vendor'
      ? null
      : { id: row.remote_id, url: row.url, secretStored: row.secret_stored };
  const unsigned = wish.again && isUnsigned(row);
  hub.failpoint('C4', 'webhook');
  try {
    if (row.url !== url && row.remote_id === null && row.state !== 'per_invitation') {
      const health = await webhooks.health({ event: row.event, id: null, url: row.url });
      if (health === 'unknown') await leaveBehind(hub.db, row);
    }
    if (known !== null && !wish.again && isSettled(row)) {
      const health = await webhooks.health({ event: row.event, id: known.id, url: row.url });
      if (health === 'gone') {
        await updateWebhook(hub.db, row.id, { state: 'removed_at_vendor', detail: removedText });
        return;
      }
      // From here on a hook that is not there was taken away by ourselves, on its way to `url`.
      if (row.url !== url) await updateWebhook(hub.db, row.id, { state: 'intended' });
    }
    const outcome = await webhooks.subscribe({
      event: row.event,
      url,
      secret,
      known: known && unsigned ? { ...known, secretStored: false } : known,
      replaceForeign: wish.replaceForeign,
    });
    hub.failpoint('C7', 'webhook');
    if (outcome.state === 'subscribed') {
      if (!outcome.enabled && wish.again && webhooks.enable) {
        const after = await webhooks.enable({ event: row.event, id: outcome.id });
        outcome.enabled = after === 'enabled';
      }
      if (outcome.secret !== undefined)
        await putSecret(hub.db, hub.vault, connection.id, name, outcome.secret);
      await updateWebhook(hub.db, row.id, {
        state: outcome.enabled ? 'registered' : 'disabled',
        url,
        remoteId: outcome.id,
        secretStored: true,
        ...(unsigned ? { lastBadSignatureAt: null } : {}),
        detail: outcome.enabled ? null : disabledText,
      });
    } else {
      await updateWebhook(hub.db, row.id, {
        state: outcome.state,
        url,
        detail:
          outcome.state === 'foreign'
            ? outcome.url
            : outcome.state === 'manual'
              ? outcome.where
              : null,
      });
    }
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const gone = known !== null && thrown.kind === 'not_found';
    // A vendor that is away says nothing of a hook that stands: a later look tells.
    const stands = isSettled(row) && row.url === url && !wish.again;
    if (gone || !stands) {
      await updateWebhook(hub.db, row.id, {
        state: gone ? 'removed_at_vendor' : 'failed',
        detail: gone ? removedText : thrown.message,
      });
    }
    if (thrown.kind === 'unauthorized') throw thrown;
  }
};

/** The hub knew it to stand at the vendor; where it does no more, a person has deleted it there. */
const isSettled = (row: WebhookRow): boolean =>
  row.state === 'registered' || row.state === 'disabled';

/** The vendor signs with another secret than ours. */
const isUnsigned = (row: WebhookRow): boolean =>
  (row.last_bad_signature_at ?? 0) > (row.last_delivery_at ?? 0);

const removedText =
  'Removed at the vendor: subscribe again? Until then the rules of this connection rest.';

const disabledText =
  'The vendor keeps this webhook switched off, because its test call was not answered. Check that the public address reaches the hub, then subscribe again.';

/** Compares with the vendor: a hook deleted there is said, never silently made again. */
export const checkWebhooks = async (
  hub: Hub,
  connection: ConnectionRow,
  vendor: Capabilities,
): Promise<void> => {
  if (!vendor.webhooks) return;
  const rows = await listWebhooks(hub.db, connection.id);
  const events = connectorOf(hub, connection).webhooks?.events ?? [];
  const moved = rows.some((row) => row.url !== hookUrl(hub.publicUrl, row.token));
  const unfinished = rows.some((row) => row.state === 'intended' || row.state === 'failed');
  if (hub.knowsPublicUrl && (moved || unfinished || rows.length < events.length))
    await subscribeWebhooks(hub, connection, vendor);
  for (const row of await listWebhooks(hub.db, connection.id)) {
    if (row.state !== 'registered' && row.state !== 'disabled') continue;
    const health = await vendor.webhooks.health({
      event: row.event,
      id: row.remote_id,
      url: row.url,
    });
    if (health === 'gone') {
      await updateWebhook(hub.db, row.id, {
        state: 'removed_at_vendor',
        detail: removedText,
      });
    } else if (health === 'disabled' && row.state !== 'disabled') {
      await updateWebhook(hub.db, row.id, { state: 'disabled', detail: disabledText });
    } else if (health === 'enabled' && row.state !== 'registered') {
      await updateWebhook(hub.db, row.id, { state: 'registered' });
    }
  }
};

/** Deletes our hooks at the vendor; returns the ones that only a person can delete there. */
export const unsubscribeWebhooks = async (
  hub: Hub,
  connection: ConnectionRow,
  vendor: Capabilities | null,
): Promise<Array<{ event: string; url: string }>> => {
  const left: Array<{ event: string; url: string }> = [];
  for (const row of await listWebhooks(hub.db, connection.id)) {
    for (const url of row.left_behind) if (url !== row.url) left.push({ event: row.event, url });
    // One that is still intended may stand there: its registration broke off half way.
    if (!['foreign', 'removed_at_vendor', 'per_invitation'].includes(row.state)) {
      const outcome = await deleteAtVendor(row, vendor);
      hub.failpoint('C10', 'webhook');
      if (outcome === 'manual') left.push({ event: row.event, url: row.url });
    }
    await deleteWebhook(hub.db, row.id);
  }
  return left;
};

const deleteAtVendor = async (
  row: WebhookRow,
  vendor: Capabilities | null,
): Promise<'deleted' | 'gone' | 'manual'> => {
  if (!vendor?.webhooks) return 'manual';
  try {
    return await vendor.webhooks.unsubscribe({ event: row.event, id: row.remote_id, url: row.url });
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return 'manual';
    throw thrown;
  }
};
