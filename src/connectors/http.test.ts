import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { ConnectorError, type HttpRequest } from '#connectors/contract.ts';
import { createGuardedFetch, createHttp, isPublicAddress, parseRetryAfter } from './http.ts';

let server: Server;
let host = '';
let handler: RequestListener = (_, response) => response.end('{}');

before(async () => {
  server = createServer((request, response) => {
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const call = (request: Partial<HttpRequest> = {}, allowed = [host]) =>
  createHttp({ connector: 'demo', fetch: createGuardedFetch(allowed) })({
    operation: 'GET /thing',
    method: 'GET',
    url: `http://${host}/thing`,
    ...request,
  });

const failure = async (attempt: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await attempt.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof ConnectorError, String(thrown));
  return thrown;
};

const answer =
  (status: number, headers: Record<string, string> = {}, body = '{}'): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

describe('a call to a vendor', () => {
  test('gives status, headers and body', async () => {
    handler = answer(201, { 'x-a': 'b' }, '{"ok":true}');
    const response = await call();
    assert.deepEqual(
      [response.status, response.headers.get('x-a'), response.json()],
      [201, 'b', { ok: true }],
    );
  });

  test('sends query, JSON and form as they should look', async () => {
    const seen: string[] = [];
    handler = (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        seen.push(`${request.url ?? ''} ${request.headers['content-type'] ?? ''} ${body}`);
        response.end('{}');
      });
    };
    await call({ query: { tag: ['a b', 'c'], none: undefined, n: 1 } });
    await call({ method: 'POST', json: { a: 1 } });
    await call({ method: 'POST', form: { a: 'b c' } });
    assert.deepEqual(seen, [
      '/thing?tag=a+b&tag=c&n=1  ',
      '/thing application/json {"a":1}',
      '/thing application/x-www-form-urlencoded a=b+c',
    ]);
  });

  for (const [status, kind, surelyNotDone] of [
    [400, 'rejected', true],
    [401, 'unauthorized', true],
    [403, 'forbidden', true],
    [404, 'not_found', true],
    [408, 'unreachable', false],
    [409, 'rejected', true],
    [410, 'not_found', true],
    [422, 'rejected', true],
    [429, 'rate_limited', true],
    [500, 'unreachable', false],
    [502, 'unreachable', false],
    [503, 'unreachable', false],
    [504, 'unreachable', false],
    [302, 'unexpected_shape', true],
  ] as const) {
    test(`takes ${String(status)} as ${kind}`, async () => {
      handler = answer(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {});
      const error = await failure(call());
      assert.deepEqual(
        [error.kind, error.status, error.surelyNotDone],
        [kind, status, surelyNotDone],
      );
    });
  }

  test('lets the connector read a status it asked for', async () => {
    handler = answer(403, {}, '{"why":"scope"}');
    assert.deepEqual((await call({ accept: [403] })).json(), { why: 'scope' });
  });

  test('ends a call that takes too long, as maybe done', async () => {
    handler = () => undefined;
    const error = await failure(call({ timeout: 50 }));
    assert.deepEqual([error.kind, error.surelyNotDone], ['unreachable', false]);
    assert.match(error.message, /did not answer within/);
  });

  test('ends a call whose body trickles on for ever', async () => {
    handler = (_, response) => {
      response.write('{"a":');
    };
    assert.equal((await failure(call({ timeout: 100 }))).kind, 'unreachable');
  });

  test('reads once more where a connection that was kept open has been closed, and writes nothing twice', async () => {
    for (const [method, breaks, asked] of [
      ['GET', 1, 2],
      ['GET', 5, 2],
      ['POST', 1, 1],
      ['PUT', 1, 1],
      ['DELETE', 1, 1],
    ] as const) {
      let seen = 0;
      handler = (request, response) => {
        seen += 1;
        if (seen > breaks) response.end('{}');
        else request.socket.destroy();
      };
      if (asked > breaks) assert.equal((await call({ method })).status, 200);
      else assert.equal((await failure(call({ method }))).kind, 'unreachable');
      assert.equal(seen, asked, `${method}, after ${String(breaks)} broken connections`);
    }
  });

  test('takes a broken connection as maybe done, and a refused one as surely not', async () => {
    handler = (request) => request.socket.destroy();
    assert.equal((await failure(call({ method: 'POST' }))).surelyNotDone, false);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const gone = `127.0.0.1:${String((closed.address() as AddressInfo).port)}`;
    closed.close();
    await once(closed, 'close');
    const refused = await failure(call({ url: `http://${gone}/` }, [gone]));
    assert.deepEqual([refused.kind, refused.surelyNotDone], ['unreachable', true]);
  });

  test('stops reading an answer that is too large', async () => {
    handler = answer(200, {}, 'x'.repeat(10_000));
    assert.equal((await failure(call({ maxBytes: 9_999 }))).kind, 'unexpected_shape');
    assert.equal((await call({ maxBytes: 10_000 })).text.length, 10_000);
  });

  test('says that a web page came instead of data', async () => {
    handler = answer(200, {}, '<!doctype html><title>Down</title>');
    const response = await call();
    assert.throws(() => response.json(), { kind: 'unexpected_shape', message: /web page/ });
  });

  test('never names the address or the key in a message', async () => {
    handler = answer(500);
    const error = await failure(call({ url: `http://${host}/x?key=CANARY` }));
    assert.equal(error.message.includes('CANARY'), false);
  });

  test('sends nothing when the work is no longer ours', async () => {
    let arrived = 0;
    handler = (_, response) => {
      arrived += 1;
      response.end('{}');
    };
    const http = createHttp({
      connector: 'demo',
      fetch: createGuardedFetch([host]),
      beforeSend: () => {
        throw new Error('lease lost');
      },
    });
    await assert.rejects(
      http({ operation: 'o', method: 'POST', url: `http://${host}/` }),
      /lease lost/,
    );
    assert.equal(arrived, 0);
  });
});

describe('the address guard', () => {
  const refused = [
    'http://127.0.0.1/', 'http://127.1/', 'http://127.255.255.254/', 'http://2130706433/',
    'http://0x7f000001/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://017700000001/',
    'http://0/', 'http://0.0.0.0/', 'http://localhost/', 'http://LOCALHOST/', 'http://localhost./',
    'http://[::1]/', 'http://[0:0:0:0:0:0:0:1]/', 'http://[::]/', 'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/', 'http://[::127.0.0.1]/', 'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b::169.254.169.254]/', 'http://[fe80::1]/', 'http://[fc00::1]/',
    'http://[fd12:3456::1]/', 'http://[ff02::1]/', 'http://[2001:db8::1]/', 'http://[2002:7f00:1::]/',
    'http://10.0.0.1/', 'http://10.255.255.255/', 'http://172.16.0.1/', 'http://172.31.255.255/',
    'http://192.168.0.1/', 'http://192.168.255.255/', 'http://169.254.169.254/', 'http://169.254.0.1/',
    'http://100.64.0.1/', 'http://100.127.255.255/', 'http://192.0.0.1/', 'http://192.0.2.1/',
    'http://198.18.0.1/', 'http://198.51.100.1/', 'http://203.0.113.1/', 'http://224.0.0.1/',
    'http://239.255.255.255/', 'http://240.0.0.1/', 'http://255.255.255.255/',
    'http://user@127.0.0.1/', 'http://example.com@127.0.0.1/', 'http://127.0.0.1:80@127.0.0.1/',
    'https://127.0.0.1/', 'https://[::1]/', 'http://①②⑦.0.0.1/', 'http://127。0。0。1/',
    'http://0x0a000001/', 'http://167772161/', 'http://0xa9fea9fe/', 'http://2852039166/',
    'http://0251.0376.0251.0376/', 'http://[::ffff:a9fe:a9fe]/', 'http://[::ffff:10.0.0.1]/',
    'http://3232235521/', 'http://0300.0250.0.1/',
  ]; // prettier-ignore

  test('knows at least sixty spellings to refuse', () => {
    assert.ok(refused.length >= 60, String(refused.length));
  });

  for (const url of refused) {
    test(`refuses ${url} as surely not done`, async () => {
      const error = await failure(call({ url }, []));
      assert.deepEqual([error.kind, error.surelyNotDone], ['unreachable', true]);
      assert.match(error.message, /private or local address|could not find the host/);
    });
  }

  test('allows exactly the configured host and port', async () => {
    handler = answer(200);
    assert.equal((await call()).status, 200);
    assert.equal((await failure(call({}, ['127.0.0.1:1']))).surelyNotDone, true);
  });

  test('takes ordinary addresses of the internet as public', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700:4700::1111'])
      assert.equal(isPublicAddress(address), true, address);
    assert.equal(isPublicAddress('not an address'), false);
  });
});

describe('Retry-After', () => {
  const answeredAt = Date.parse('2026-11-23T10:00:00Z');
  test('is read in seconds and as a date, and never believed beyond a day', () => {
    assert.equal(parseRetryAfter('7', answeredAt), 7_000);
    assert.equal(parseRetryAfter('Mon, 23 Nov 2026 10:00:30 GMT', answeredAt), 30_000);
    assert.equal(parseRetryAfter('Mon, 23 Nov 2026 09:00:00 GMT', answeredAt), 0);
    assert.equal(parseRetryAfter('99999999', answeredAt), 86_400_000);
  });

  test('is as good as absent when it cannot be read', () => {
    for (const header of [null, '', '-1', '1.5', 'soon', '1e3'])
      assert.equal(parseRetryAfter(header, answeredAt), undefined, String(header));
    assert.equal(parseRetryAfter('Mon, 23 Nov 2026 10:00:30 GMT', Number.NaN), undefined);
  });
});
