import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RawDelivery } from '#connectors/contract.ts';
import { manualWebhooks, webhookFormat } from './webhook.ts';

const { verify, parse } = webhookFormat;

/** The vector of the contract. */
const url = 'https://hub.example.com/webhooks/codesignal';
const secret = 'whsec_demo';
const signature = '5e0e644344fa602fcdb461f69501931dc177d63a00121e2f8b8634e6bb2ef254';
const event = {
  event: 'companyTestSessionFinished',
  triggeredOn: 1_553_720_789_347,
  payload: { testSessionId: 'zWve8sgiLJit6isiM', score: 300 },
};

const delivery = (body: unknown = event, signed = signature, at = url): RawDelivery => ({
  headers: new Headers(signed === '' ? {} : { 'X-CodeSignal-Signature': signed }),
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  url: at,
});

void describe('codesignal webhooks', () => {
  void test('accepts the right secret, also among others, and no other', () => {
    assert.equal(verify(delivery(), [secret]), true);
    assert.equal(verify(delivery(), ['other', secret]), true);
    assert.equal(verify(delivery(), ['other']), false);
    assert.equal(verify(delivery(), ['']), false);
    assert.equal(verify(delivery(), []), false);
  });

  void test('refuses a signature that is cut, longer, of another case or missing', () => {
    for (const other of [
      signature.slice(0, -1),
      `${signature}0`,
      signature.toUpperCase(),
      signature.replace(/4$/, '5'),
      '',
    ])
      assert.equal(verify(delivery(event, other), [secret]), false, other);
  });

  void test('signs address, event and time', () => {
    for (const changed of [
      delivery(event, signature, 'https://other.example/webhooks/codesignal'),
      delivery({ ...event, event: 'preScreenExpired' }),
      delivery({ ...event, triggeredOn: event.triggeredOn + 1 }),
    ])
      assert.equal(verify(changed, [secret]), false);
  });

  void test('takes the empty unsigned call for a ping that asks for nothing', () => {
    for (const body of ['', ' \n', '{}']) {
      const ping = delivery(body, '');
      assert.equal(verify(ping, [secret]), true);
      assert.deepEqual(parse(ping), { event: 'ping', dedupeKey: 'ping', wakes: [] });
    }
  });

  void test('refuses what is neither signed nor empty', () => {
    for (const body of ['[]', 'null', '7', '<html>', '{"a":1}', '""', '{'])
      assert.equal(verify(delivery(body), [secret]), false, body);
    for (const body of ['[]', 'null', '<html>', '{"a":1}', '{"event":"x"}'])
      assert.throws(() => parse(delivery(body)), { kind: 'unexpected_shape' }, body);
  });

  void test('wakes the session that is named, whatever the event', () => {
    for (const name of ['companyTestSessionStarted', 'preScreenExpired', 'something new'])
      assert.deepEqual(parse(delivery({ ...event, event: name })).wakes, [
        { kind: 'assessment', id: 'zWve8sgiLJit6isiM' },
      ]);
  });

  void test('takes note of live interviews, and wakes nothing', () => {
    const parsed = parse(
      delivery({ ...event, event: 'liveInterviewFinished', payload: { interviewId: 'i1' } }),
    );
    assert.equal(parsed.event, 'liveInterviewFinished');
    assert.deepEqual(parsed.wakes, []);
  });

  void test('knows two deliveries apart, and a repeated one again', () => {
    const keyOf = (change: object) => parse(delivery({ ...event, ...change })).dedupeKey;
    const keys = [
      keyOf({}),
      keyOf({ triggeredOn: 1 }),
      keyOf({ event: 'preScreenExpired' }),
      keyOf({ payload: { testSessionId: 'other' } }),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(keyOf({ payload: { ...event.payload, score: 1 } }), keys[0]);
  });

  void test('says where an admin enters it, and does not tell the secret there', async () => {
    const known = { event: '', url, secret, known: null, replaceForeign: false };
    const outcome = await manualWebhooks.subscribe(known);
    assert.ok(outcome.state === 'manual');
    assert.match(outcome.where, /Integrations > Webhooks.*companyTestSessionFinished/);
    assert.ok(outcome.where.includes(url));
    assert.ok(!outcome.where.includes(secret));
    assert.equal(await manualWebhooks.unsubscribe({ event: '', id: null, url }), 'manual');
    assert.equal(await manualWebhooks.health({ event: '', id: null, url }), 'unknown');
  });
});
