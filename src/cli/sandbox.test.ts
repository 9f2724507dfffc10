import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('loopwright.ts', import.meta.url));

/** Starts the command with CodinGame alone and waits for the last line it prints. */
const begin = async (t: TestContext, flags: readonly string[]) => {
  const child = spawn(
    process.execPath,
    [script, 'sandbox', '--only', 'codingame', '--port', '0', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('Nothing is kept')) break;
  }
  const shown = lines.join('\n');
  const setting = (name: string): string =>
    new RegExp(`^ +${name} +(\\S+)$`, 'm').exec(shown)?.[1] ?? '';
  return {
    child,
    shown,
    setWebhook: async (url: string): Promise<number> => {
      const answer = await fetch(`${setting('apiBase')}/assessment/api/v1.1/webhook`, {
        method: 'POST',
        headers: { 'API-Key': setting('apiKey') },
        body: JSON.stringify(url),
      });
      return answer.status;
    },
  };
};

const http = 'http://127.0.0.1:4000/hooks/x';

describe('loopwright sandbox', () => {
  it('refuses webhook addresses by http, as the vendor does', async (t) => {
    const { shown, setWebhook, child } = await begin(t, []);
    assert.doesNotMatch(shown, /http to this machine/);
    assert.equal(await setWebhook(http), 400);
    assert.equal(await setWebhook('https://hub.example/hooks/x'), 204);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('takes http to this machine alone when it is told to, and says so', async (t) => {
    const { shown, setWebhook } = await begin(t, ['--allow-http-loopback']);
    assert.match(shown, /^Webhook addresses may be http to this machine/m);
    assert.equal(await setWebhook(http), 204);
    assert.equal(await setWebhook('http://hub.example/hooks/x'), 400);
  });
});
