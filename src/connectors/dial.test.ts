import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { ConnectorError } from '#connectors/contract.ts';
import { createDial } from './dial.ts';

const server = async (t: TestContext): Promise<number> => {
  const one = createServer();
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  t.after(() => one.close());
  return (one.address() as AddressInfo).port;
};

const failure = async (call: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await call.catch((reason: unknown) => reason);
  assert.ok(thrown instanceof ConnectorError, String(thrown));
  return thrown;
};

const request = { operation: 'the test' };

void test('private addresses are refused, in every spelling, unless they are allowed', async (t) => {
  const port = await server(t);
  const dial = createDial({ connector: 'demo', allowed: [`127.0.0.1:${String(port)}`] });
  for (const host of ['127.0.0.2', 'localhost', '2130706433', '::ffff:127.0.0.1', '10.0.0.1']) {
    const error = await failure(dial({ ...request, host, port }));
    assert.match(error.message, /LOOPWRIGHT_ALLOW_HOSTS/, host);
    assert.deepEqual([error.kind, error.surelyNotDone], ['unreachable', true]);
  }
  const socket = await dial({ ...request, host: '127.0.0.1', port });
  socket.destroy();
});

void test('a refused connection is told in words, and surely did nothing', async (t) => {
  const port = await server(t);
  const dial = createDial({ connector: 'demo', allowed: ['127.0.0.1:1'] });
  const error = await failure(dial({ ...request, host: '127.0.0.1', port: 1 }));
  assert.match(error.message, /connection was refused/);
  assert.ok(port > 0 && error.surelyNotDone);
});

void test('nothing leaves before the work is proven to be ours', async (t) => {
  const port = await server(t);
  const lost = new Error('lost');
  const dial = createDial({
    connector: 'demo',
    allowed: [`127.0.0.1:${String(port)}`],
    beforeSend: () => {
      throw lost;
    },
  });
  await assert.rejects(dial({ ...request, host: '127.0.0.1', port }), lost);
});

void test('where the work is to stop in the middle, commands leave whole and a message by half', async () => {
  const came: Buffer[] = [];
  const one = createServer((socket) => socket.on('data', (chunk) => came.push(chunk)));
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  const { port } = one.address() as AddressInfo;
  const half = Promise.withResolvers<undefined>();
  const dial = createDial({
    connector: 'demo',
    allowed: [`127.0.0.1:${String(port)}`],
    beforeSend: () => () => {
      half.resolve(undefined);
    },
  });
  const socket = await dial({ ...request, host: '127.0.0.1', port });
  socket.write('DATA\r\n');
  socket.write(`${'a'.repeat(2_000)}${'b'.repeat(2_000)}`);
  await half.promise;
  socket.end();
  await once(socket, 'close');
  one.close();
  await once(one, 'close');
  assert.equal(Buffer.concat(came).toString(), `DATA\r\n${'a'.repeat(2_000)}`);
});
