import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';

const begin = async (t: TestContext): Promise<Sandbox> => {
  const sandbox = await startSandbox({
    port: 0,
    candidates: 5,
    seed: 1,
    rate: 0,
    allowHttpLoopback: false,
    log: () => undefined,
  });
  t.after(() => sandbox.close());
  return sandbox;
};

const codeOf = (thrown: unknown): string =>
  (thrown as { cause?: { code?: string } }).cause?.code ?? (thrown as Error).name;

/** What a client of the vendor gets: a status, the word of a page, or how the connection ended. */
const answer = (url: string): Promise<string> =>
  fetch(url, { signal: AbortSignal.timeout(300) }).then(
    async (response) =>
      (await response.text()).startsWith('<!doctype html>') ? 'page' : String(response.status),
    codeOf,
  );

const outcomes = [
  [429, '429'],
  [500, '500'],
  [503, '503'],
  [401, '401'],
  [403, '403'],
  ['hang', 'TimeoutError'],
  ['drop_before', 'ECONNRESET'],
  ['drop_after', 'ECONNRESET'],
  ['hang_after', 'TimeoutError'],
  ['html', 'page'],
] as const;

describe('failures', () => {
  it('come over every vendor alike, once, when the control asks for them', async (t) => {
    const { url, emulators } = await begin(t);
    for (const { id, listen } of emulators.values()) {
      // One that speaks no HTTP shows its failures in tests of its own.
      if (listen) continue;
      const api = `${url}/${id}/api/nothing/here`;
      const healthy = await answer(api);
      for (const [kind, expected] of outcomes) {
        const set = await fetch(`${url}/${id}/control/faults`, {
          method: 'PUT',
          body: JSON.stringify([{ kind, match: '/nothing' }]),
        });
        assert.equal(set.status, 200);
        assert.equal(await answer(api), expected, `${id}: ${String(kind)}`);
        assert.equal(await answer(api), healthy, `${id} after ${String(kind)}`);
      }
    }
  });
});

describe('the page of failures', () => {
  const post = (url: string, path: string, fields: Record<string, string> = {}) =>
    fetch(`${url}/failures/${path}`, { method: 'POST', body: new URLSearchParams(fields) });

  it('adds failures to requests one by one, shows them, and takes them all back', async (t) => {
    const { url, emulators } = await begin(t);
    const lever = emulators.get('lever');
    await post(url, 'lever/requests', { kind: '503', match: ' POST ', times: '2' });
    const shown = await post(url, 'lever/requests', { kind: 'hang', match: '', times: '1' });
    assert.deepEqual(lever?.faults, [
      { kind: 503, match: 'POST', times: 2 },
      { kind: 'hang', match: '', times: 1 },
    ]);
    const page = await shown.text();
    assert.match(page, /is away \(503\): POST, 2 times/);
    assert.match(page, /never answers: any request, once/);
    await post(url, 'lever/none');
    assert.deepEqual(lever.faults, []);
  });

  it('sets what goes wrong with webhooks, where the vendor sends any', async (t) => {
    const { url, emulators } = await begin(t);
    const codingame = emulators.get('codingame');
    const set = { drop: 'off', forge: 'on', copies: '3', delay: '1.5', reverse: '2' };
    const page = await (await post(url, 'codingame/webhooks', set)).text();
    const expected = { drop: false, forge: true, copies: 3, delay: 1_500, reverse: 2 };
    assert.deepEqual(codingame?.webhookFaults, expected);
    assert.match(page, /name="delay"[^>]*value="1\.5"/);
    assert.doesNotMatch(page, /action="\/failures\/codeinterview\/webhooks"/);
    await post(url, 'codingame/none');
    assert.deepEqual(codingame.webhookFaults, noWebhookFaults());
  });

  it('offers each vendor what its protocol has', async (t) => {
    const { url, emulators } = await begin(t);
    const page = await (await fetch(`${url}/failures`)).text();
    const [, lever = ''] = /id="lever"([^]*?)<\/section>/.exec(page) ?? [];
    const [, smtp = ''] = /id="smtp"([^]*?)<\/section>/.exec(page) ?? [];
    const codes = (section: string): string[] =>
      [...section.matchAll(/<option value="(\d+)"/g)].map(([, code]) => code ?? '');
    assert.deepEqual(codes(lever), ['429', '500', '503', '401', '403']);
    assert.deepEqual(codes(smtp), ['421', '451', '550', '401']);
    const fields = { kind: '421', match: '', times: '1' };
    assert.match(
      await (await post(url, 'smtp/requests', fields)).text(),
      /not available for now \(421\).*: any request, once/,
    );
    assert.match(await (await post(url, 'lever/requests', fields)).text(), /not understood/);
    assert.deepEqual(emulators.get('lever')?.faults, []);
  });

  it('changes nothing when it does not understand', async (t) => {
    const { url, emulators } = await begin(t);
    for (const [path, fields] of [
      ['ashby/requests', { kind: 'explode', match: '', times: '1' }],
      ['ashby/requests', { kind: '500', match: '', times: '0' }],
      ['ashby/webhooks', { copies: 'x', delay: '0', reverse: '0' }],
    ] as const)
      assert.match(await (await post(url, path, fields)).text(), /Ashby: not understood/);
    assert.deepEqual(emulators.get('ashby')?.faults, []);
    assert.deepEqual(emulators.get('ashby')?.webhookFaults, noWebhookFaults());
    assert.equal((await post(url, 'nobody/none')).status, 404);
  });
});
