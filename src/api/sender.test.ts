/** The address that is counted for a request, with and without proxies before the hub. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSenderOf } from './sender.ts';

test('a header from a peer that is not trusted changes nothing', () => {
  assert.equal(createSenderOf([])('203.0.113.9', '198.51.100.1'), '203.0.113.9');
  const senderOf = createSenderOf(['10.0.0.0/8']);
  assert.equal(senderOf('203.0.113.9', '198.51.100.1, 10.0.0.2'), '203.0.113.9');
});

test('a trusted proxy is believed, and nobody left of the last one who is', () => {
  const senderOf = createSenderOf(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  assert.equal(senderOf('127.0.0.1', '198.51.100.1'), '198.51.100.1');
  assert.equal(senderOf('127.0.0.1', '192.0.2.66, 198.51.100.1, 10.1.2.3'), '198.51.100.1');
  assert.equal(senderOf('fd00::7', '2001:db8::5'), '2001:db8::5');
});

test('without a header, or with one that is no address, the last proxy known is the sender', () => {
  const senderOf = createSenderOf(['127.0.0.1', '10.0.0.0/8']);
  assert.equal(senderOf('127.0.0.1', undefined), '127.0.0.1');
  assert.equal(senderOf('127.0.0.1', '198.51.100.1, unknown, 10.0.0.3'), '10.0.0.3');
  assert.equal(senderOf(undefined, '198.51.100.1'), 'unknown');
});

test('addresses are known in each spelling that sockets and proxies use', () => {
  const senderOf = createSenderOf(['127.0.0.1']);
  assert.equal(senderOf('::ffff:127.0.0.1', '198.51.100.1:4711'), '198.51.100.1');
  assert.equal(senderOf('::ffff:127.0.0.1', '[2001:DB8::5]:4711'), '2001:db8::5');
});
