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
  /**
   * Called directly before the connection is made; throws when the work is no longer ours. Where it
   * answers with a function, half of the message is sent, and then that is called.
   */
  beforeSend?: (request: HttpRequest) => (() => void) | undefined;
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
    const halfway = options.beforeSend?.({
      operation,
      method: 'POST',
      url: `tcp://${host}:${String(port)}`,
    });
    try {
      const socket = await open(host, port, timeout, options.allowed);
      observe('connected');
      return halfway ? halved(socket, halfway) : socket;
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

/** Longer than any command of a protocol of lines (RFC 5321, 4.5.3.1.4): it is the message. */
const longestCommand = 512;

/** A connection on which the message stops in the middle. */
const halved = (socket: Socket, halfway: () => void): Socket => {
  const write = socket.write.bind(socket);
  socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    const bytes = Buffer.from(chunk);
    if (bytes.length <= longestCommand) return write(chunk, ...(rest as []));
    return write(bytes.subarray(0, bytes.length / 2), halfway);
  };
  return socket;
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
