/**
 * The strings behind the stage, for tests and for whoever wants to see a failure:
 *
 * - `GET /control/credentials`             settings to connect each vendor, by id
 * - `GET /control/mails?to=`               mails, newest first
 * - `GET|PUT /<id>/control/faults`         an array of `Fault`; PUT replaces what is left of it
 * - `GET|PUT /<id>/control/webhook-faults` `WebhookFaults`; what a PUT leaves out is as it should be
 * - `GET /<id>/control/requests?since=`    `RecordedRequest`s, oldest first; `since` in milliseconds
 *                                          since the epoch, inclusive
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Emulator } from '#connectors/emulator.ts';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import type { Mailbox } from './mailbox.ts';

const statuses = [429, 500, 503, 401, 403, 421, 451, 550] as const;
const kinds = [...statuses, 'hang', 'drop_before', 'drop_after', 'hang_after', 'html'] as const;

export const faultSchema = z.strictObject({
  kind: z.literal(kinds),
  match: z.string().default(''),
  times: z.int().min(1).default(1),
  share: z.number().min(0).max(1).exactOptional(),
  retryAfter: z.string().exactOptional(),
});

export const webhookFaultsSchema = z.strictObject({
  drop: z.boolean().default(false),
  copies: z.int().min(1).max(100).default(1),
  delay: z.int().min(0).default(0),
  reverse: z.int().min(0).default(0),
  forge: z.boolean().default(false),
});

export const controls = (
  emulators: ReadonlyMap<string, Emulator>,
  mailbox: Pick<Mailbox, 'list'>,
): Hono => {
  const app = new Hono();

  app.get('/control/credentials', loopbackOnly, (c) =>
    c.json(Object.fromEntries([...emulators].map(([id, one]) => [id, one.credentials()]))),
  );
  app.get('/control/mails', loopbackOnly, (c) => c.json(mailbox.list({ to: c.req.query('to') })));

  for (const [id, emulator] of emulators) {
    const path = `/${id}/control`;
    app.use(`${path}/*`, loopbackOnly);
    app.get(`${path}/faults`, (c) => c.json(emulator.faults));
    app.put(`${path}/faults`, async (c) => {
      const wanted = z.array(faultSchema).safeParse(await bodyOf(c));
      if (!wanted.success) return refused(c, wanted.error);
      emulator.faults.splice(0, Infinity, ...wanted.data);
      return c.json(emulator.faults);
    });
    app.get(`${path}/webhook-faults`, (c) => c.json(emulator.webhookFaults));
    app.put(`${path}/webhook-faults`, async (c) => {
      const wanted = webhookFaultsSchema.safeParse(await bodyOf(c));
      if (!wanted.success) return refused(c, wanted.error);
      Object.assign(emulator.webhookFaults, noWebhookFaults(), wanted.data);
      return c.json(emulator.webhookFaults);
    });
    app.get(`${path}/requests`, (c) => {
      const since = Number(c.req.query('since') ?? 0);
      return c.json(emulator.requests.filter(({ at }) => !(at < since)));
    });
  }
  return app;
};

/** Keys of a sandbox are worthless outside it, but they are keys: they are told to this machine alone. */
const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const { incoming } = c.env as { incoming?: { socket: { remoteAddress?: string } } };
  const address = incoming?.socket.remoteAddress ?? '';
  if (!/^(::ffff:)?127\.|^::1$/.test(address))
    return c.json({ error: 'sandbox: the controls answer on the loopback address alone.' }, 403);
  await next();
  return undefined;
};

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => null);

const refused = (c: Context, error: z.ZodError): Response =>
  c.json({ error: `sandbox: this setting is not understood. ${z.prettifyError(error)}` }, 422);
