/**
 * The four documented endpoints with their oddities: the key in the query, `message` in one answer
 * and `msg` in the other, lists without links, no errors described.
 */
import { Hono, type Context } from 'hono';
import type { Pads } from './pads.ts';
import type { Pad } from './state.ts';

export const createRoutes = (pads: Pads): Hono => {
  const routes = new Hono();

  // Newest first [inferred]; no pagination is documented, so everything comes at once.
  routes.get('/pads', (c) => c.json(pads.visible().toReversed().map(presentPad)));

  routes.post('/pads/new', async (c) => {
    const pad = pads.create((await nameOf(c)) ?? 'Untitled interview');
    return c.json({ message: 'success', id: pad.id, url: pads.urlOf(pad) });
  });

  routes.get('/pads/:id', (c) => {
    const pad = pads.find(c.req.param('id'));
    if (!pad) return c.json({ message: 'not found' }, 404);
    const { code, notes, language } = pad;
    return c.json({ ...presentPad(pad), code, notes, language });
  });

  routes.post('/pads/:id/end', (c) => {
    const pad = pads.find(c.req.param('id'));
    if (!pad) return c.json({ message: 'not found' }, 404);
    // Ending twice is not described; nothing is left to refuse [inferred].
    pads.end(pad);
    return c.json({ msg: 'success' });
  });

  return routes;
};

const presentPad = (pad: Pad) => ({
  id: pad.id,
  name: pad.name,
  timestamp: pad.timestamp,
  ended_at: pad.endedAt,
  ...(pad.tags.length === 0 ? {} : { tags: pad.tags }),
});

/** The body's encoding is not stated, so JSON and forms are both taken. */
const nameOf = async (c: Context): Promise<string | null> => {
  const type = c.req.header('content-type') ?? '';
  if (!type.includes('json')) {
    const { name } = await c.req.parseBody();
    return typeof name === 'string' && name !== '' ? name : null;
  }
  try {
    const body: unknown = await c.req.json();
    const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : null;
    return typeof name === 'string' && name !== '' ? name : null;
  } catch {
    return null;
  }
};
