/**
 * Connections as the API shows them. Secrets are write-only: of them only the names are told, but for
 * that of a webhook which a person has to enter at the vendor.
 */
import { z } from '@hono/zod-openapi';
import type { Connector } from '#connectors/contract.ts';
import { noAddressYet } from '#jobs/schedule-link.ts';
import type { Hub } from '#jobs/hub.ts';
import type { ConnectionRow } from '#store/connections.ts';
import type { WebhookRow } from '#store/webhooks.ts';
import { at, maybeAt, time } from '../document.ts';
import { publicUrlProblems } from '../public-url.ts';
import { versionField } from '../version.ts';
import { presentWebhook, WebhookSchema } from './webhook.ts';

export const capabilityNames = ['ats', 'assessments', 'live_links', 'webhooks'] as const;

export const VerificationSchema = z
  .object({
    account: z.array(z.object({ label: z.string(), value: z.string() })),
    permissions: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['granted', 'missing', 'not_checked']),
        neededFor: z.string(),
        where: z.string().optional(),
      }),
    ),
    warnings: z.array(z.string()),
  })
  .openapi('Verification');

const account = {
  id: z.string(),
  connector: z.string(),
  name: z.string(),
  role: z.enum(['ats', 'coding', 'mail', 'busy']),
  capabilities: z
    .array(z.enum(capabilityNames))
    .openapi({ description: 'What the vendor can do for the hub.' }),
};

/** What everybody needs who chooses among connections: nothing of how they fare. */
export const AccountSchema = z.object(account).openapi('Account');

const summary = {
  ...account,
  state: z.enum(['active', 'paused']),
  pause: z
    .object({ code: z.string(), text: z.string() })
    .nullable()
    .openapi({ description: 'Why it is paused and what to do.' }),
  attention: z
    .boolean()
    .openapi({ description: 'Whether it is paused or one of its webhooks does not work.' }),
  sweptAt: time.nullable().openapi({ description: 'End of the last complete sweep.' }),
  createdAt: time,
  updatedAt: time,
};

export const ConnectionSummarySchema = z.object(summary).openapi('ConnectionSummary');

export const ConnectionSchema = z
  .object({
    ...summary,
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    secretsStored: z.array(z.string()).openapi({
      description: 'Names of the secret settings that are stored; never their values.',
    }),
    connectedBy: z.enum(['key', 'oauth']),
    requestsPerSecond: z.number().nullable(),
    version: versionField,
    scheduleLink: z.boolean().openapi({
      description: 'Whether the link to the scheduler is put on its candidates.',
    }),
    verification: z.union([VerificationSchema, z.null()]),
    verifiedAt: time.nullable(),
    webhooks: z.array(WebhookSchema),
    problems: z.array(z.object({ code: z.string(), text: z.string() })).openapi({
      description: 'What keeps vendors or their users from reaching the hub, with the remedy.',
    }),
    nextSweepAt: time.nullable(),
  })
  .openapi('Connection');

const capabilitiesOf = (
  hub: Hub,
  connector: Connector,
  row: ConnectionRow,
): Array<(typeof capabilityNames)[number]> => {
  const able = connector.connect(hub.link({ connector, settings: row.settings, secrets: {} }));
  return [
    ...(able.ats ? (['ats'] as const) : []),
    ...(able.assessments ? (['assessments'] as const) : []),
    ...(able.liveSessions ? (['live_links'] as const) : []),
    ...(able.webhooks ? (['webhooks'] as const) : []),
  ];
};

export const presentAccount = (
  hub: Hub,
  connector: Connector,
  row: ConnectionRow,
): z.infer<typeof AccountSchema> => ({
  id: row.id,
  connector: row.connector,
  name: row.name,
  role: connector.role,
  capabilities: capabilitiesOf(hub, connector, row),
});

export const presentSummary = (
  hub: Hub,
  connector: Connector,
  row: ConnectionRow,
  webhooks: readonly WebhookRow[],
): z.infer<typeof ConnectionSummarySchema> => ({
  ...presentAccount(hub, connector, row),
  state: row.state === 'paused' ? 'paused' : 'active',
  pause: row.state === 'paused' ? { code: row.pause_code ?? '', text: row.pause_text ?? '' } : null,
  attention:
    row.state === 'paused' ||
    webhooks.some((webhook) => presentWebhook(connector, webhook, hub.publicUrl).attention),
  sweptAt: maybeAt(row.swept_at),
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
});

export const presentConnection = (
  hub: Hub,
  connector: Connector,
  row: ConnectionRow,
  parts: {
    webhooks: readonly WebhookRow[];
    secretNames: readonly string[];
    /** By webhook, of those that a person enters. */
    hookSecrets: ReadonlyMap<string, string | null>;
  },
): z.infer<typeof ConnectionSchema> => ({
  ...presentSummary(hub, connector, row, parts.webhooks),
  settings: row.settings,
  secretsStored: parts.secretNames.filter((name) => name in connector.settings.shape),
  connectedBy: parts.secretNames.includes('oauth') ? 'oauth' : 'key',
  requestsPerSecond: row.requests_per_second,
  scheduleLink: row.schedule_link,
  version: row.version,
  verification: row.verification,
  verifiedAt: maybeAt(row.verified_at),
  webhooks: parts.webhooks.map((webhook) =>
    presentWebhook(connector, webhook, hub.publicUrl, parts.hookSecrets.get(webhook.id)),
  ),
  problems: [
    ...(connector.webhooks ? publicUrlProblems(hub.publicUrl) : []),
    ...(row.schedule_link && !hub.hasPublicUrl
      ? [
          {
            code: 'schedule_link_no_address',
            text: `link to the scheduler: it is not put. ${noAddressYet}`,
          },
        ]
      : []),
  ],
  nextSweepAt: maybeAt(row.sweep_due_at),
});
