/** `/webhooks`: management of hooks; only a Super Admin's switch makes their events flow. */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { badRequest, notFound } from './errors.ts';
import { presentHook } from './present.ts';
import { readBody, requiredText, textOf, textsOf, type Body } from './request.ts';
import {
  events,
  isEventName,
  isOrigin,
  origins,
  type EventName,
  type Origin,
} from './vocabulary.ts';
import type { HookRecord } from './state.ts';
import type { World } from './world.ts';

export const webhookRoutes = ({ state, mint, options }: World): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();

  const checkedUrl = (text: string): string => {
    const url = URL.parse(text);
    const loopback = url !== null && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
    const allowed =
      url?.protocol === 'https:' ||
      (url?.protocol === 'http:' && loopback && options.allowHttpLoopback);
    if (!allowed) throw badRequest('url must be an https address');
    return text;
  };

  const hookOf = (id: string): HookRecord => {
    const hook = state.hooks.find((one) => one.id === id);
    if (!hook) throw notFound('webhooks', id);
    return hook;
  };

  /** [live] No `hasNext` on this list, and no check that event and address are unique. */
  app.get('/', needs('webhooks', 'read'), (c) =>
    c.json({ data: state.hooks.map((hook) => presentHook(hook, 'without token')) }),
  );

  app.get('/:id', needs('webhooks', 'read'), (c) =>
    c.json({ data: presentHook(hookOf(c.req.param('id')), 'without token') }),
  );

  app.post('/', needs('webhooks', 'write'), async (c) => {
    const body = await readBody(c);
    const url = checkedUrl(requiredText(body, 'url'));
    const event = requiredText(body, 'event');
    if (!isEventName(event)) throw badRequest(`event ${event} does not exist`);
    const hook: HookRecord = {
      id: mint.uuid(),
      event,
      url,
      origins: originsOf(body, event) ?? (events[event].conditions ? [...origins] : null),
      signatureToken: mint.hex(48),
      createdAt: options.now(),
      updatedAt: options.now(),
    };
    state.hooks.push(hook);
    return c.json({ data: presentHook(hook, 'with token') }, 201);
  });

  /** [doc] Updates go in bulk to the collection: `{data: [{id, url?, configuration?}]}`. */
  app.put('/', needs('webhooks', 'write'), async (c) => {
    const { data } = await readBody(c);
    if (!Array.isArray(data)) throw badRequest('Missing required parameter: data');
    const changes = (data as unknown[]).map((one) => {
      const change = (typeof one === 'object' && one !== null ? one : {}) as Body;
      const hook = hookOf(requiredText(change, 'id'));
      const url = textOf(change, 'url');
      return {
        hook,
        url: url === undefined ? hook.url : checkedUrl(url),
        origins: originsOf(change, hook.event) ?? hook.origins,
      };
    });
    for (const { hook, ...change } of changes)
      Object.assign(hook, change, { updatedAt: options.now() });
    return c.json({ data: changes.map(({ hook }) => presentHook(hook, 'without token')) });
  });

  app.delete('/:id', needs('webhooks', 'write'), (c) => {
    state.hooks.splice(state.hooks.indexOf(hookOf(c.req.param('id'))), 1);
    return c.body(null, 204);
  });

  return app;
};

const originsOf = (body: Body, event: EventName): Origin[] | undefined => {
  const configuration = body['configuration'];
  if (typeof configuration !== 'object' || configuration === null) return undefined;
  const { conditions } = configuration as Body;
  if (typeof conditions !== 'object' || conditions === null) return undefined;
  const wanted = textsOf(conditions as Body, 'origins');
  if (!wanted) return undefined;
  if (!events[event].conditions) throw badRequest(`${event} knows no conditions`);
  if (!wanted.every(isOrigin)) throw badRequest('origins holds an unknown origin');
  return wanted;
};
