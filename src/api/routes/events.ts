/** Tells pages that look at something that it has changed, as server-sent events. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Capability, reach, type Role } from '#core/roles.ts';
import type { Noun } from '#store/changes.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { problems } from '../document.ts';
import { ProblemError } from '../problem.ts';

/** Who may see a noun at all is told of its changes. */
const rightOf: Record<Noun, Capability> = {
  connections: 'templates.see',
  deliveries: 'connections.manage',
  rules: 'rules.see',
  candidates: 'candidates.see',
  effects: 'candidates.see',
  assessments: 'results.see',
  interviews: 'interviews.see',
  mails: 'connections.manage',
  templates: 'templates.see',
  people: 'people.see',
  pools: 'templates.see',
  company: 'templates.see',
  users: 'users.manage',
  invitations: 'users.manage',
};

/** Listeners in this process at most. */
const mostListeners = 500;
/** Milliseconds: changes that come together are told together. */
const together = 200;
/** Milliseconds; proxies cut lines that are silent for longer. */
const silence = 20_000;
/** Milliseconds. Then the browser connects anew, and whether it may is looked at anew. */
const longest = 5 * 60_000;

export const eventRoutes = {
  listen: createRoute({
    method: 'get',
    path: '/api/v1/events',
    tags: ['Events'],
    summary: 'Be told that something has changed',
    description:
      'Server-sent events named `changed`, each with `{ "noun": "interviews" }`: something of that noun has changed, of those that the role may see. Ends after five minutes; connect again. Told is what changed after `Last-Event-ID`, else after `since` (the `position` of `GET /session`). An event `missed` says that nobody knows: take everything as changed.',
    request: { query: z.strictObject({ since: z.string().max(100).optional() }) },
    responses: {
      200: {
        description: 'The events.',
        content: { 'text/event-stream': { schema: z.string() } },
      },
      ...problems,
    },
  }),
};

const idOf = (position: string | null): string => (position === null ? '' : `id: ${position}\n`);

export const serveEvents = (app: OpenAPIHono<ApiEnv>, { changes }: ApiDeps): void => {
  let listeners = 0;

  const open = (role: Role, after: string | undefined): ReadableStream<Uint8Array> => {
    const encoder = new TextEncoder();
    const pending = new Set<Noun>();
    let release = (): void => undefined;
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          listeners += 1;
          const send = (text: string): void => {
            controller.enqueue(encoder.encode(text));
          };
          const tell = (): void => {
            // Whoever reads too slowly is told less often, not later and later.
            if ((controller.desiredSize ?? 0) <= 0) return;
            const told = [...pending].map(
              (noun) => `event: changed\ndata: ${JSON.stringify({ noun })}\n`,
            );
            pending.clear();
            // Whoever has read the last has read all of them.
            send(`${told.join('\n')}${idOf(changes.position())}\n`);
          };
          let next: NodeJS.Timeout | undefined;
          const later = (): void => {
            next ??= setTimeout(() => {
              next = undefined;
              tell();
              if (pending.size > 0) later();
            }, together);
          };
          const beat = setInterval(() => {
            if ((controller.desiredSize ?? 0) > 0) send(':\n\n');
          }, silence);
          const changed = (noun: Noun): void => {
            if (reach(role, rightOf[noun]) === 'none') return;
            pending.add(noun);
            later();
          };
          const stop = changes.listen({
            changed,
            ended: () => {
              end();
            },
          });
          release = () => {
            listeners -= 1;
            release = () => undefined;
            stop();
            clearTimeout(next);
            clearInterval(beat);
            clearTimeout(last);
          };
          const end = (): void => {
            release();
            controller.close();
          };
          const last = setTimeout(end, longest);
          const past = after === undefined ? null : changes.since(after);
          const missed = `event: missed\ndata: {}\n${idOf(changes.position())}\n`;
          send(`retry: 2000\n\n${past === null ? missed : ''}`);
          past?.forEach(changed);
        },
        cancel() {
          release();
        },
      },
      { highWaterMark: 16 },
    );
  };

  app.openapi(eventRoutes.listen, (c) => {
    // Whoever asks without meaning it would wait for the end of an answer that has none.
    if (!(c.req.header('accept') ?? '').includes('text/event-stream')) {
      throw new ProblemError({
        status: 406,
        code: 'events_not_accepted',
        detail: 'events: this answer goes on and on. Ask for it with Accept: text/event-stream.',
      });
    }
    if (listeners >= mostListeners) {
      throw new ProblemError({
        status: 503,
        code: 'too_many_listeners',
        detail: 'events: too many pages listen to this process. Ask by yourself, or try later.',
        retryAfter: 60,
      });
    }
    c.header('content-type', 'text/event-stream');
    // Proxies must not keep it back.
    c.header('x-accel-buffering', 'no');
    const after = c.req.header('last-event-id') ?? c.req.valid('query').since;
    return c.body(open(c.get('actor').role, after));
  });
};
