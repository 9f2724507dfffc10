import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicUrlProblems } from './public-url.ts';

const codes = (url: string): string[] => publicUrlProblems(url).map(({ code }) => code);

test('a public https address has no problem', () => {
  for (const url of ['https://hub.example.com', 'https://hub.example.com:8443', 'https://8.8.8.8'])
    assert.deepEqual(codes(url), [], url);
});

test('names http, this machine and private networks, in every spelling', () => {
  const loopback = [
    '127.0.0.1',
    '127.9.9.9',
    'localhost',
    'hub.localhost',
    '[::1]',
    '0.0.0.0',
    '2130706433',
    '[::ffff:127.0.0.1]',
  ];
  for (const host of loopback)
    assert.deepEqual(
      codes(`http://${host}:4000`),
      ['public_url_loopback', 'public_url_http'],
      host,
    );
  const inside = [
    '10.1.2.3',
    '192.168.0.9',
    '172.16.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    'intranet',
    'hub.local',
    'hub.corp.internal',
    '[::ffff:10.0.0.1]',
  ];
  for (const host of inside)
    assert.deepEqual(codes(`https://${host}`), ['public_url_private'], host);
  assert.deepEqual(codes('http://hub.example.com'), ['public_url_http']);
});

test('each problem says how to set the address', () => {
  for (const { text } of publicUrlProblems('http://127.0.0.1:4000'))
    assert.match(text, /LOOPWRIGHT_PUBLIC_URL/);
});
