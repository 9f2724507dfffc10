import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { someCandidate, type AtsCase } from '#connectors/conformance-ats-case.ts';
import { webhookConformance } from '#connectors/conformance-webhooks.ts';
import type { RawDelivery } from '#connectors/contract.ts';
import {
  callApi,
  move,
  open,
  otherStage,
  scripted,
  wanted,
  webhooksOf,
} from './fixtures/testing.ts';
import lever from './index.ts';

interface HookRecord {
  id: string;
  event: string;
  url: string;
}

const hooksAt = ({ emulator }: AtsCase): HookRecord[] =>
  (emulator.snapshot() as { hooks: HookRecord[] }).hooks;

webhookConformance(lever, {
  event: 'candidateStageChange',
  open: async () => {
    const opened = open();
    return {
      emulator: opened.emulator,
      webhooks: webhooksOf(opened),
      registered: () => hooksAt(opened),
      foreignHook: (event, url) => callApi(opened, 'POST', '/webhooks', { event, url }),
      provoke: async () => {
        const before = opened.deliveries.length;
        const candidate = await someCandidate(opened.ats);
        await move(opened, candidate, await otherStage(candidate, opened.ats));
        opened.advance(1_000);
        return opened.deliveries.slice(before);
      },
    };
  },
  withSignature: (delivery, change) =>
    altered(delivery, (body) => ({ ...body, signature: change(String(body['signature'])) })),
});

const encoded = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

const altered = (
  delivery: RawDelivery,
  change: (body: Record<string, unknown>) => unknown,
): RawDelivery => ({
  ...delivery,
  body: encoded(
    change(JSON.parse(new TextDecoder().decode(delivery.body)) as Record<string, unknown>),
  ),
});

// ---------------------------------------------------------------------------------------------

const format = lever.webhooks;
assert.ok(format);

/** Values for which the signature is known from outside this code. */
const vector = {
  key: '73311ged32110cc40e00c672c2e03e1a42fa28a4fabde089',
  token: 'be58f711f349c7780e4579cd7c63341ac6f881e4dccc3154',
  triggeredAt: 1431454330072,
  signature: 'd8138ffefd31f34fd9ef6ab358881a2ac5d138287c38186688985ea7755ec241',
};

const delivery = (more: Record<string, unknown> = {}): RawDelivery => ({
  url: 'https://hub.example/hooks/x',
  headers: new Headers({ 'content-type': 'application/json', 'user-agent': 'Lever-Webhooks' }),
  body: encoded({
    event: 'candidateStageChange',
    triggeredAt: vector.triggeredAt,
    token: vector.token,
    signature: vector.signature,
    data: { opportunityId: 'opportunity-1', candidateId: 'legacy-7', contactId: 'contact-1' },
    ...more,
  }),
});

describe('a delivery of Lever', () => {
  test('is signed over token and time', () => {
    assert.equal(format.verify(delivery(), [vector.key]), true);
    assert.equal(
      format.verify(delivery({ triggeredAt: vector.triggeredAt + 1 }), [vector.key]),
      false,
    );
    assert.equal(format.verify(delivery({ token: `${vector.token}0` }), [vector.key]), false);
  });

  test('with other data under the same token still verifies, and still is the same delivery', () => {
    const other = delivery({
      id: 'another',
      data: { opportunityId: 'opportunity-2', tags: ['x'] },
    });
    assert.equal(format.verify(other, [vector.key]), true);
    const parsed = format.parse(other);
    assert.equal(parsed.dedupeKey, format.parse(delivery()).dedupeKey);
    assert.deepEqual(parsed.wakes, [{ kind: 'candidate', id: 'opportunity-2' }]);
  });

  test('is known by its token whether or not it has an id', () => {
    assert.equal(format.parse(delivery({ id: 'event-1' })).dedupeKey, vector.token);
    assert.equal(format.parse(delivery()).dedupeKey, vector.token);
  });

  test('without a signature is not accepted, and an empty secret opens nothing', () => {
    assert.equal(format.verify(delivery({ signature: undefined }), [vector.key]), false);
    const signature = createHmac('sha256', '')
      .update(vector.token + String(vector.triggeredAt))
      .digest('hex');
    assert.equal(format.verify(delivery({ signature }), ['']), false);
  });

  test('that is a test of the line has empty data and wakes nobody', () => {
    for (const data of [{}, null, undefined])
      assert.deepEqual(format.parse(delivery({ data })), {
        event: 'ping',
        dedupeKey: vector.token,
        wakes: [],
      });
  });

  const wakes: Array<[string, Record<string, unknown>, unknown[]]> = [
    [
      'candidateArchiveChange',
      { opportunityId: 'o', contactId: 'c', toArchived: null },
      [{ kind: 'candidate', id: 'o' }],
    ],
    [
      'applicationCreated',
      { applicationId: 'a', opportunityId: 'o' },
      [{ kind: 'candidate', id: 'o' }],
    ],
    [
      'candidateDeleted',
      { opportunityId: 'o', deletedBy: 'u' },
      [{ kind: 'candidate_deleted', id: 'o' }],
    ],
    ['contactUpdated', { contactId: 'c', accountId: 'x' }, [{ kind: 'person', id: 'c' }]],
    [
      'interviewCreated',
      { interviewId: 'i', opportunityId: 'o' },
      [{ kind: 'candidate', id: 'o' }],
    ],
    ['somethingNew', { thingId: 't' }, []],
  ];
  for (const [event, data, expected] of wakes) {
    test(`of ${event} is read`, () => {
      const parsed = format.parse(delivery({ event, data }));
      assert.deepEqual(parsed.wakes, expected);
      assert.equal(parsed.event, event);
    });
  }
});

describe('the test button of Lever', () => {
  test('sends what the hub takes for a ping', async () => {
    const opened = open();
    const outcome = await webhooksOf(opened).subscribe({ ...wanted, known: null });
    assert.ok(outcome.state === 'subscribed' && outcome.secret);
    await opened.page(`/settings/webhooks/${outcome.id}/test`, {});
    const sent = opened.deliveries.at(-1);
    assert.ok(sent);
    assert.equal(format.verify(sent, [outcome.secret]), true);
    assert.equal(format.parse(sent).event, 'ping');
  });
});

describe('a hook at Lever', () => {
  test('whose token was not stored is made anew, with another token', async () => {
    const opened = open();
    const first = await webhooksOf(opened).subscribe({ ...wanted, known: null });
    assert.ok(first.state === 'subscribed' && first.secret);
    const known = { id: first.id, url: wanted.url, secretStored: false };
    const second = await webhooksOf(opened).subscribe({ ...wanted, known });
    assert.ok(second.state === 'subscribed' && second.secret);
    assert.notEqual(second.id, first.id);
    assert.notEqual(second.secret, first.secret);
    assert.deepEqual(
      hooksAt(opened).map(({ id }) => id),
      [second.id],
    );
  });

  test('that stands there several times is kept once: the one whose token is stored', async () => {
    const opened = open();
    await callApi(opened, 'POST', '/webhooks', { event: wanted.event, url: wanted.url });
    const kept = await callApi(opened, 'POST', '/webhooks', {
      event: wanted.event,
      url: wanted.url,
    });
    const { data } = (await kept.json()) as { data: HookRecord };
    await callApi(opened, 'POST', '/webhooks', { event: wanted.event, url: wanted.url });
    const known = { id: data.id, url: wanted.url, secretStored: true };
    const outcome = await webhooksOf(opened).subscribe({ ...wanted, known });
    assert.deepEqual(outcome, { state: 'subscribed', id: data.id, enabled: true });
    assert.deepEqual(
      hooksAt(opened).map(({ id }) => id),
      [data.id],
    );
  });

  test('for another event at the same address is another hook', async () => {
    const opened = open();
    await webhooksOf(opened).subscribe({ ...wanted, known: null });
    await webhooksOf(opened).subscribe({ ...wanted, event: 'contactUpdated', known: null });
    assert.equal(hooksAt(opened).length, 2);
  });

  test('is never claimed to be switched on: Lever does not tell', async () => {
    const opened = open();
    const outcome = await webhooksOf(opened).subscribe({ ...wanted, known: null });
    assert.ok(outcome.state === 'subscribed');
    const health = await webhooksOf(opened).health({ ...wanted, id: outcome.id });
    assert.equal(health, 'unknown');
  });

  test('without a signature token in the answer is no success', async () => {
    const { link } = scripted((_path, method) =>
      method === 'GET' ? { data: [] } : { data: { id: 'h', event: wanted.event, url: wanted.url } },
    );
    const { webhooks } = lever.connect(link);
    await assert.rejects(async () => webhooks?.subscribe({ ...wanted, known: null }), {
      kind: 'unexpected_shape',
    });
  });
});
