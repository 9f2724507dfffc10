/** Is it alive, may it get work, and how is it: for probes, for Prometheus, for people. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Hub } from '#jobs/hub.ts';
import { listConnections } from '#store/connections.ts';
import { pendingMigrations } from '#store/migrate.ts';
import { queueSizes } from '#store/queue.ts';
import { findReplyMailbox, listReplyMails } from '#store/reply-mailbox.ts';
import type { ApiDeps, ApiEnv, RepliesSetup } from './context.ts';
import { at, json, maybeAt, problems, time } from './document.ts';
import { mailboxFaults } from './mailbox-fault.ts';
import { mailboxStates, presentReplyMailbox, presentStuckReply } from './present/reply-mailbox.ts';
import { publicUrlProblems } from './public-url.ts';

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
      }),
    ),
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
    const connections = await listConnections(hub.db, { after: null, limit: 200 });
    const queues = await queueSizes(hub.db);
    const replies = await repliesNow(hub, deps.replies);
    return c.json(
      {
        version: deps.version,
        publicUrl: hub.publicUrl,
        problems: [...publicUrlProblems(hub.publicUrl), ...replyProblems(replies)],
        replies,
        queues: queues.map(({ queue, waiting, running, oldestDue }) => ({
          queue,
          waiting,
          running,
          oldestDue: maybeAt(oldestDue),
        })),
        connections: connections.map((row) => ({
          id: row.id,
          name: row.name,
          connector: row.connector,
          state: row.state,
          pauseText: row.pause_text,
          sweptAt: maybeAt(row.swept_at),
          nextSweepAt: maybeAt(row.sweep_due_at),
        })),
      },
      200,
    );
  });
};
