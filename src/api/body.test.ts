import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostBytes, readBody } from './body.ts';
import { ProblemError } from './problem.ts';

const requestOf = (start: (stream: ReadableStreamDefaultController<Uint8Array>) => void): Request =>
  new Request('http://hub.test/', {
    method: 'POST',
    body: new ReadableStream<Uint8Array>({ start }),
    duplex: 'half',
  });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'read',
    (thrown: unknown) => (thrown instanceof ProblemError ? thrown.problem.code : String(thrown)),
  );

test('joins what arrives in pieces', async () => {
  const request = requestOf((stream) => {
    for (const piece of ['{"a"', ':', '1}']) stream.enqueue(new TextEncoder().encode(piece));
    stream.close();
  });
  assert.equal(new TextDecoder().decode(await readBody(request)), '{"a":1}');
});

test('a body that stops half way is given up when its time is over', async () => {
  const request = requestOf((stream) => {
    stream.enqueue(new Uint8Array([123]));
  });
  assert.equal(await codeOf(readBody(request, 10)), 'body_too_slow');
});

test('stops at the limit, without waiting for the end', async () => {
  const request = requestOf((stream) => {
    stream.enqueue(new Uint8Array(mostBytes));
    stream.enqueue(new Uint8Array(1));
  });
  assert.equal(await codeOf(readBody(request)), 'body_too_large');
});
