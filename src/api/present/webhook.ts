/** The state of a webhook in words that a person understands, with what to do next. */
import { z } from '@hono/zod-openapi';
import type { Connector } from '#connectors/contract.ts';
import type { WebhookRow } from '#store/webhooks.ts';
import { at, maybeAt, time } from '../document.ts';
import { publicUrlProblems } from '../public-url.ts';

const statuses = [
  'registering',
  'no_delivery_yet',
  'healthy',
  'signature_failing',
  'disabled_at_vendor',
  'removed_at_vendor',
  'foreign',
  'manual',
  'per_invitation',
  'failed',
] as const;

type Status = (typeof statuses)[number];

export const WebhookSchema = z
  .object({
    id: z.string(),
    event: z.string().openapi({ description: 'Empty: one hook carries every event.' }),
    url: z
      .string()
      .openapi({ description: 'The address that stands at the vendor. Keep it secret.' }),
    status: z.enum(statuses),
    text: z.string().openapi({ description: 'The status in words.' }),
    hint: z.string().nullable().openapi({ description: 'What to do about it.' }),
    secret: z.string().nullable().openapi({
      description:
        'To be entered at the vendor with the address, where only a person can register the webhook; else null. Keep it secret.',
    }),
    deleteByHand: z.array(z.string()).openapi({
      description: 'Former addresses of this webhook that only a person can delete at the vendor.',
    }),
    attention: z.boolean(),
    lastDeliveryAt: time.nullable(),
    createdAt: time,
  })
  .openapi('Webhook');

const statusOf = (row: WebhookRow): Status => {
  switch (row.state) {
    case 'intended':
      return 'registering';
    case 'disabled':
      return 'disabled_at_vendor';
    case 'removed_at_vendor':
    case 'foreign':
    case 'failed':
      return row.state;
    case 'registered':
    case 'exists_id_unknown':
    case 'manual':
    case 'per_invitation': {
      const bad = row.last_bad_signature_at;
      if (bad !== null && bad > (row.last_delivery_at ?? 0)) return 'signature_failing';
      if (row.last_delivery_at !== null) return 'healthy';
      return row.state === 'manual' || row.state === 'per_invitation'
        ? row.state
        : 'no_delivery_yet';
    }
  }
};

const texts: Record<Status, string> = {
  registering: 'being registered',
  no_delivery_yet: 'registered, no delivery seen yet',
  healthy: 'healthy',
  signature_failing: 'signature failing',
  disabled_at_vendor: 'disabled at the vendor',
  removed_at_vendor: 'removed at the vendor: subscribe again?',
  foreign: "another system's address stands at the vendor",
  manual: 'to be entered at the vendor by hand',
  per_invitation: 'sent along with every invitation, no delivery seen yet',
  failed: 'the vendor refused to register it',
};

const hintOf = (
  connector: Connector,
  row: WebhookRow,
  status: Status,
  publicUrl: string,
): string | null => {
  const unreachable = publicUrlProblems(publicUrl).map(({ text }) => text);
  switch (status) {
    case 'healthy':
      return null;
    case 'per_invitation':
      return unreachable.join(' ') || null;
    case 'registering':
      return 'It is finished by itself within minutes, also after a restart.';
    case 'no_delivery_yet':
      return [...unreachable, connector.webhooks?.silentHint ?? ''].join(' ').trim() || null;
    case 'signature_failing':
      return 'Deliveries arrive that this webhook’s secret did not sign. Subscribe again to agree on a new one; if it goes on, somebody else knows the address.';
    case 'disabled_at_vendor':
      return [row.detail ?? '', ...unreachable].join(' ').trim();
    case 'removed_at_vendor':
      return row.detail;
    case 'foreign':
      return `There is one place for an address, and ${row.detail ?? 'another one'} stands in it. Subscribe with replaceForeign to take it over; until then the hub asks for results by itself.`;
    case 'manual':
    case 'failed':
      return row.detail;
  }
};

export const presentWebhook = (
  connector: Connector,
  row: WebhookRow,
  publicUrl: string,
  secret: string | null = null,
): z.infer<typeof WebhookSchema> => {
  const status = statusOf(row);
  return {
    id: row.id,
    event: row.event,
    url: row.url,
    status,
    text: texts[status],
    hint: hintOf(connector, row, status, publicUrl),
    secret,
    deleteByHand: row.left_behind.filter((url) => url !== row.url),
    attention: !['healthy', 'no_delivery_yet', 'per_invitation', 'registering'].includes(status),
    lastDeliveryAt: maybeAt(row.last_delivery_at),
    createdAt: at(row.created_at),
  };
};
