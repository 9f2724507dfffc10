import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { problem, startWorld, type World } from './testing.ts';

let world: World;
let webFolder = '';
const script = 'export const answer = 42;\n';

before(async () => {
  webFolder = await mkdtemp(path.join(tmpdir(), 'loopwright-web-'));
  await mkdir(path.join(webFolder, 'assets'));
  const at = (name: string): string => path.join(webFolder, name);
  await writeFile(at('index.html'), '<meta name="style-nonce" content="%STYLE_NONCE%" />');
  await writeFile(at('assets/index-1a2b.js'), script);
  await writeFile(at('assets/index-1a2b.js.gz'), gzipSync(script));
  world = await startWorld({ role: 'web', webFolder });
});
after(async () => {
  await world.close();
  await rm(webFolder, { recursive: true });
});

const look = (where: string, headers: Record<string, string> = {}) =>
  world.stranger('GET', where, undefined, headers);

test('the page of the app stands at every address that is not the hub’s own', async () => {
  for (const where of ['/', '/sign-in', '/settings/company/cn_1', '/setup/abc', '/tests/abc', '/apiary']) {
    const { status, headers, text } = await look(where);
    assert.equal(status, 200, where);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(text, /style-nonce/);
  }
  for (const where of ['/api', '/api/v1/nothing', '/hooks', '/hooks/x/y', '/assets', '/assets/no.js', '/join', '/feeds', '/oauth/x', '/healthz/x', '/metrics/x', '/wp-login.php', '/favicon.ico']) {
    problem(await look(where), 404, 'not_found');
  }
  problem(await world.stranger('POST', '/sign-in', {}), 404, 'not_found');
}); // prettier-ignore

test('its policy allows no inline script, and style sheets by a number that is new each time', async () => {
  const [first, second] = [await look('/'), await look('/')];
  const numbers = [first, second].map(({ headers, text }) => {
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
    assert.doesNotMatch(policy, /unsafe|data:|https?:|\*/);
    const [, number = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    assert.ok(text.includes(`content="${number}"`), text);
    return number;
  });
  assert.equal(new Set(numbers).size, 2);
  for (const { headers } of [first, second]) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  }
});

test('files keep for a year, for their names change with their content, and are packed for whoever takes it', async () => {
  const plain = await fetch(`${world.url}/assets/index-1a2b.js`, {
    headers: { 'accept-encoding': 'identity' },
  });
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(plain.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(await plain.text(), script);
  const packed = await fetch(`${world.url}/assets/index-1a2b.js`, {
    headers: { 'accept-encoding': 'br;q=0, gzip' },
  });
  assert.equal(packed.headers.get('content-encoding'), 'gzip');
  assert.equal(packed.headers.get('vary'), 'accept-encoding');
  assert.equal(await packed.text(), script);
});
