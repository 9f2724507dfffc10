/** An emulator on a real socket: its own paths, and connections that really break. */
import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';

/**
 * Serves `inner` below `prefix`. It sees its own paths, as in a test without a socket, so that
 * recorded requests and faults read the same in both.
 */
export const serveBelow =
  (prefix: string, inner: Hono) =>
  (c: Context): Response | Promise<Response> => {
    const url = new URL(c.req.url);
    url.pathname = url.pathname.slice(prefix.length) || '/';
    return inner.fetch(new Request(url, c.req.raw), breakable(c.env));
  };

/**
 * What faults break is `incoming.socket`. Destroying it ends the connection politely, which some
 * clients take for an idle connection and try again; a reset is what a crashed vendor looks like.
 */
const breakable = (env: unknown): object => {
  const { incoming } = env as { incoming?: IncomingMessage };
  if (!incoming) return {};
  const { socket } = incoming;
  const destroy = (): void => {
    socket.resetAndDestroy();
  };
  return { incoming: { socket: { destroy, remoteAddress: socket.remoteAddress } } };
};
