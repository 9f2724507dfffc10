/** Which address a request came from, where reverse proxies stand before the hub. */
import { BlockList, isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './context.ts';

/** Without a port, and IPv4 in its own spelling; null: no address. */
const plain = (text: string): string | null => {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '').toLowerCase();
  return isIP(address) === 0 ? null : address;
};

const listOf = (trusted: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

/**
 * Each proxy adds whom it got the request from at the end of `X-Forwarded-For`, so it is read from
 * there, and only as far as those who wrote it are trusted: what stands further left anybody may
 * have made up.
 */
export const createSenderOf = (
  trusted: readonly string[],
): ((peer: string | undefined, forwarded: string | undefined) => string) => {
  const list = listOf(trusted);
  const isTrusted = (address: string): boolean =>
    list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (peer = '', forwarded = '') => {
    let sender = plain(peer);
    if (sender === null) return 'unknown';
    for (const hop of forwarded.split(',').reverse()) {
      const before = plain(hop.trim());
      if (before === null || !isTrusted(sender)) break;
      sender = before;
    }
    return sender;
  };
};

export const nameSender = (trusted: readonly string[]): MiddlewareHandler<ApiEnv> => {
  const senderOf = createSenderOf(trusted);
  return async (c, next) => {
    const peer = c.env.incoming?.socket?.remoteAddress;
    c.set('sender', senderOf(peer, c.req.header('x-forwarded-for')));
    await next();
  };
};
