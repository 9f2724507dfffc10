/**
 * The load generator, a process of its own: keeps connections open, sends one delivery after the
 * other on each, and times every answer. It writes prepared bytes and reads no more of an answer
 * than its length, so that it takes little of a processor that it may share with the server.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { leverDelivery } from './lever-delivery.ts';
import { quantile } from '../report.ts';

/** Asked for by message; answered by a `LoadResult`. */
export interface LoadOrder {
  url: string;
  signatureToken: string;
  requests: number;
  connections: number;
}

export interface LoadResult {
  /** Answers by status. */
  statuses: Record<string, number>;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Share of one core that the generator used. */
  busy: number;
}

const prepare = (order: LoadOrder): Buffer[] => {
  const { pathname, host } = new URL(order.url);
  return Array.from({ length: order.requests }, () => {
    const body = leverDelivery(order.signatureToken);
    return Buffer.from(
      `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: Lever-Webhooks\r\n` +
        `content-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
    );
  });
};

const open = async (order: LoadOrder): Promise<Socket> => {
  const { hostname, port } = new URL(order.url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  return socket;
};

/** Calls `answered` with the status of each complete answer. */
const listen = (socket: Socket, answered: (status: string) => void): void => {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (text.length < end) return;
    const status = text.slice(9, 12);
    text = text.slice(end);
    answered(status);
  });
};

const run = async (order: LoadOrder): Promise<LoadResult> => {
  const requests = prepare(order);
  const sockets = await Promise.all(Array.from({ length: order.connections }, () => open(order)));
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const before = process.cpuUsage();
  const begin = performance.now();
  await new Promise<void>((resolve, reject) => {
    for (const socket of sockets) {
      let sentAt = 0;
      const next = (): void => {
        const request = requests.pop();
        if (request === undefined) return;
        sentAt = performance.now();
        socket.write(request);
      };
      listen(socket, (status) => {
        latencies.push(performance.now() - sentAt);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (latencies.length === order.requests) resolve();
        else next();
      });
      socket.once('error', reject);
      socket.once('close', () => {
        reject(new Error('bench: the server closed a connection under load.'));
      });
      next();
    }
  });
  const milliseconds = performance.now() - begin;
  const used = process.cpuUsage(before);
  for (const socket of sockets) socket.removeAllListeners('close').destroy();
  return {
    statuses,
    perSecond: (order.requests / milliseconds) * 1_000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    busy: (used.user + used.system) / 1_000 / milliseconds,
  };
};

process.on('message', (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit(0));
process.stdout.write('generator ready\n');
