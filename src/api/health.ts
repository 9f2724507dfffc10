/** Is it alive, may it get work, and how is it: for probes, for Prometheus, for people. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Hub } from '#jobs/hub.ts';
import { mailServer } from '#jobs/interview-scene.ts';
import { backupMade, lastAct } from '#store/audit.ts';
import { newestMigration, readVitals } from '#store/condition.ts';
import { listConnections } from '#store/connections.ts';
import { hasKeptMails } from '#store/mails.ts';
import { pendingMigrations } from '#store/migrate.ts';
import { queueSizes } from '#store/queue.ts';
import { findReplyMailbox, listReplyMails } from '#store/reply-mailbox.ts';
import { listWebhooks } from '#store/webhooks.ts';
import type { ApiDeps, ApiEnv, RepliesSetup } from './context.ts';
import { at, json, maybeAt, problems, time } from './document.ts';
import { mailboxFaults } from './mailbox-fault.ts';
import { mailboxStates, presentReplyMailbox, presentStuckReply } from './present/reply-mailbox.ts';
import { presentWebhook } from './present/webhook.ts';
import { publicUrlProblems } from './public-url.ts';
import { diskOf, vitalProblems } from './vitals.ts';

const HealthSchema = z
  .object({
    version: z.string(),
    publicUrl: z.string(),
    problems: z.array(z.object({ code: z.string(), text: z.string() })),
    queues: z.array(
      z.object({
        queue: z.string(),
        waiting: z.int(),
        running: z.int(),
        failed: z.int(),
        oldestDue: time.nullable(),
      }),
    ),
    replies: z.object({
      by: z.enum(['off', 'api', 'smtp', 'imap']).openapi({
        description: 'Where answers to invites come from.',
      }),
      mailbox: z
        .object({
          state: z.enum(mailboxStates),
          text: z.string(),
          fault: z.enum(mailboxFaults).nullable(),
          lookedAt: time.nullable(),
          failingSince: time.nullable(),
          stuck: z
            .array(
              z.object({
                messageId: z.string(),
                uid: z.int(),
                attempts: z.int(),
                reason: z.string(),
                firstAt: time,
                nextTryAt: time.nullable(),
                text: z.string(),
              }),
            )
            .openapi({ description: 'Mails that could not be taken; at most 50 are listed.' }),
        })
        .nullable()
        .openapi({ description: 'The mailbox that is looked into over IMAP; null: none is.' }),
    }),
    connections: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        connector: z.string(),
        state: z.enum(['active', 'paused', 'removed']),
        pauseText: z.string().nullable(),
        sweptAt: time.nullable(),
        nextSweepAt: time.nullable(),
        webhooks: z
          .array(
            z.object({
              event: z.string(),
              text: z.string(),
              hint: z.string().nullable(),
              attention: z.boolean(),
              lastDeliveryAt: time.nullable(),
            }),
          )
          .openapi({ description: 'How its webhooks are, without their addresses.' }),
      }),
    ),
    database: z.object({ server: z.int(), migration: z.int(), bytes: z.int() }),
    disk: z
      .object({ freeBytes: z.int(), totalBytes: z.int() })
      .nullable()
      .openapi({ description: 'Of the data folder; null: the system does not tell.' }),
    backup: z.object({
      lastAt: time.nullable().openapi({ description: 'By `loopwright backup`; null: none yet.' }),
      restoredAt: time.nullable(),
    }),
    mail: z.object({ server: z.string().nullable(), kept: z.boolean() }),
  })
  .openapi('Health');

export const healthRoutes = {
  health: createRoute({
    method: 'get',
    path: '/api/v1/health',
    tags: ['Health'],
    summary: 'Queues, connections and their last sweeps',
    responses: { 200: json(HealthSchema, 'How it is.'), ...problems },
  }),
};

/** Null: ready; else why not. */
const notReady = async (hub: Hub, draining: boolean): Promise<string | null> => {
  if (draining) return 'stopping';
  const pending = await pendingMigrations(hub.db).catch(() => null);
  if (pending === null) return 'database away';
  return pending.length > 0 ? 'migrations missing' : null;
};

const mostStuck = 50;

const repliesNow = async (hub: Hub, { by, mailbox }: RepliesSetup) => {
  if (mailbox === null) return { by, mailbox: null };
  const row = await findReplyMailbox(hub.db, mailbox.name);
  const report = presentReplyMailbox(row, mailbox.seconds, hub.now());
  const stuck = await listReplyMails(hub.db, mailbox.name, mostStuck);
  return {
    by,
    mailbox: {
      ...report,
      lookedAt: maybeAt(report.lookedAt),
      failingSince: maybeAt(report.failingSince),
      stuck: stuck.map(presentStuckReply).map((one) => ({
        ...one,
        firstAt: at(one.firstAt),
        nextTryAt: maybeAt(one.nextTryAt),
      })),
    },
  };
};

const replyProblems = ({ mailbox }: Awaited<ReturnType<typeof repliesNow>>) => {
  if (mailbox === null) return [];
  const { state, text, stuck } = mailbox;
  return [
    ...(state === 'failing' || state === 'silent' ? [{ code: `replies_${state}`, text }] : []),
    ...(stuck.length > 0
      ? [
          {
            code: 'replies_stuck',
            text: `mails for replies: ${String(stuck.length)} could not be taken.`,
          },
        ]
      : []),
  ];
};

const connectionsNow = async (hub: Hub) => {
  const rows = await listConnections(hub.db, { after: null, limit: 200 });
  return Promise.all(
    rows.map(async (row) => {
      const connector = hub.connectors.get(row.connector);
      const hooks = connector ? await listWebhooks(hub.db, row.id) : [];
      return {
        id: row.id,
        name: row.name,
        connector: row.connector,
        state: row.state,
        pauseText: row.pause_text,
        sweptAt: maybeAt(row.swept_at),
        nextSweepAt: maybeAt(row.sweep_due_at),
        webhooks: hooks.flatMap((hook) => {
          if (!connector) return [];
          const shown = presentWebhook(connector, hook, hub.publicUrl);
          const { event, text, hint, attention, lastDeliveryAt } = shown;
          return [{ event, text, hint, attention, lastDeliveryAt }];
        }),
      };
    }),
  );
};

export const serveHealth = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void => {
  const { hub } = deps;

  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200));

  app.get('/readyz', async (c) => {
    const reason = await notReady(hub, deps.draining());
    if (reason === null) return c.json({ status: 'ready' }, 200);
    return c.json({ status: 'not ready', reason }, 503, { 'retry-after': '5' });
  });

  app.get('/metrics', async (c) =>
    c.body(await deps.metrics.metrics(), 200, { 'content-type': deps.metrics.contentType }),
  );

  app.openapi(healthRoutes.health, async (c) => {
    const queues = await queueSizes(hub.db);
    const replies = await repliesNow(hub, deps.replies);
    const vitals = await readVitals(hub.db);
    const disk = await diskOf(deps.dataDir);
    const lastBackup = await lastAct(hub.db, backupMade);
    const server = await mailServer(hub, hub.db);
    return c.json(
      {
        version: deps.version,
        publicUrl: hub.publicUrl,
        problems: [
          ...publicUrlProblems(hub.publicUrl),
          ...replyProblems(replies),
          ...vitalProblems({ queues, disk, lastBackup, now: hub.now() }),
        ],
        replies,
        queues: queues.map(({ oldestDue, ...queue }) => ({
          ...queue,
          oldestDue: maybeAt(oldestDue),
        })),
        connections: await connectionsNow(hub),
        database: { server: vitals.server, migration: newestMigration, bytes: vitals.bytes },
        disk,
        backup: { lastAt: maybeAt(lastBackup), restoredAt: maybeAt(vitals.restoredAt) },
        mail: {
          server: server?.name ?? null,
          kept: server === null && (await hasKeptMails(hub.db)),
        },
      },
      200,
    );
  });
};
