/** The door to the outside for vendors that speak no HTTP: the same guard as in `http.ts`. */
import { connect, type Socket } from 'node:net';
import { ConnectorError, type Dial, type HttpRequest } from '#connectors/contract.ts';
import { ForbiddenAddress, isPrivateLiteral, publicLookup, refusal } from '#connectors/http.ts';

export interface DialOptions {
  connector: string;
  /** `host:port` pairs from the configuration that may be private. */
  allowed: readonly string[];
  /** Waits until the shared rate limit allows one more connection. */
  takeTurn?: () => Promise<void>;
  /** Called directly before the connection is made; throws when the work is no longer ours. */
  beforeSend?: (request: HttpRequest) => unknown;
  observe?: (call: { operation: string; outcome: string; milliseconds: number }) => void;
  monotonic?: () => number;
}

const defaultTimeout = 10_000;

export const createDial =
  (options: DialOptions): Dial =>
  async ({ operation, host, port, timeout = defaultTimeout }) => {
    await options.takeTurn?.();
    const clock = options.monotonic ?? (() => 0);
    const begin = clock();
    const observe = (outcome: string): void =>
      options.observe?.({ operation, outcome, milliseconds: clock() - begin });
    options.beforeSend?.({ operation, method: 'POST', url: `tcp://${host}:${String(port)}` });
    try {
      const socket = await open(host, port, timeout, options.allowed);
      observe('connected');
      return socket;
    } catch (thrown) {
      observe('unreachable');
      throw new ConnectorError({
        connector: options.connector,
        operation,
        kind: 'unreachable',
        surelyNotDone: true,
        message: `${options.connector}: ${operation} ${refusal(thrown) ?? 'got no connection in time. The hub tries again by itself.'}`,
      });
    }
  };

const open = (
  host: string,
  port: number,
  timeout: number,
  allowed: readonly string[],
): Promise<Socket> => {
  const isAllowed = allowed.includes(`${host}:${String(port)}`);
  if (!isAllowed && isPrivateLiteral(host)) return Promise.reject(new ForbiddenAddress(host));
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: host.replace(/^\[|\]$/g, ''),
      port,
      ...(isAllowed ? {} : { lookup: publicLookup }),
    });
    socket.setTimeout(timeout, () => {
      socket.destroy(new Error('no connection in time'));
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // Whoever speaks on it listens, too; until then a reset must not end the process.
      socket.on('error', () => undefined);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
};

/** For links to vendors of whom only HTTP is wanted. */
export const noDial: Dial = () => Promise.reject(new Error('dial: this link offers HTTP alone.'));
