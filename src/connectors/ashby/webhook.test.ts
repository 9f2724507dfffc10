import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { someCandidate } from '#connectors/conformance-ats-case.ts';
import { webhookConformance } from '#connectors/conformance-webhooks.ts';
import { failure, hooksOf, move, otherStage, playground, scripted } from './fixtures/testing.ts';
import ashby from './index.ts';

describe('a delivery', () => {
  const format = ashby.webhooks;
  assert.ok(format);
  const url = 'https://hub.example/hooks/x';
  const delivery = (body: unknown, headers: Record<string, string> = {}) => ({
    headers: new Headers(headers),
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    url,
  });

  // Published nowhere; computed once from the documented rule.
  const body =
    '{"webhookActionId":"75395d87-4044-4dc4-bc29-0cec185e5f06","action":"ping","data":{"webhookActionType":"ping"}}';
  const digest = '252d19f4525d3b71f1e27dffff8211933baa943c8938e36898d4856bdcb6f118';
  const signed = (signature: string) => delivery(body, { 'ashby-signature': signature });

  test('is signed over its raw bytes', () => {
    assert.equal(format.verify(signed(`sha256=${digest}`), ['test-secret']), true);
    assert.equal(format.verify(signed(`sha256=${digest}`), ['old', 'test-secret']), true);
    const spaced = delivery(`${body} `, { 'ashby-signature': `sha256=${digest}` });
    assert.equal(format.verify(spaced, ['test-secret']), false);
  });

  test('with any other signature is refused', () => {
    const wrong = createHmac('sha256', 'other').update(body).digest('hex');
    for (const signature of [
      '',
      digest,
      `sha256=${digest.slice(0, -2)}`,
      `sha256=${digest}00`,
      `sha256=${digest.toUpperCase()}`,
      `SHA256=${digest}`,
      `sha256=${wrong}`,
    ]) {
      assert.equal(format.verify(signed(signature), ['test-secret']), false, signature);
    }
    assert.equal(format.verify(signed(`sha256=${digest}`), []), false);
    assert.equal(format.verify(delivery(body), ['test-secret']), false);
  });

  test('of a ping asks for nothing', () => {
    assert.deepEqual(format.parse(delivery(body)), {
      event: 'ping',
      dedupeKey: 'ping/75395d87-4044-4dc4-bc29-0cec185e5f06',
      wakes: [],
    });
  });

  test('has another key than its siblings of the same act', () => {
    const keyOf = (action: string) =>
      format.parse(delivery({ action, webhookActionId: 'id', data: { application: { id: 'a' } } }))
        .dedupeKey;
    assert.notEqual(keyOf('candidateHire'), keyOf('candidateStageChange'));
  });

  const wakes: Array<[string, Record<string, unknown>, unknown[]]> = [
    ['candidateStageChange', { application: { id: 'a' } }, [{ kind: 'candidate', id: 'a' }]],
    ['applicationSubmit', { application: { id: 'a' } }, [{ kind: 'candidate', id: 'a' }]],
    ['candidateHire', { application: { id: 'a' }, offer: null }, [{ kind: 'candidate', id: 'a' }]],
    ['candidateDelete', { candidate: { id: 'p' } }, [{ kind: 'candidate_deleted', id: 'p' }]],
    ['candidateSomething', { candidate: { id: 'p' } }, [{ kind: 'person', id: 'p' }]],
    [
      'candidateMerge',
      { deletedCandidate: { id: 'p' }, mergedCandidate: { id: 'q' } },
      [{ kind: 'person', id: 'q' }],
    ],
    [
      'interviewPlanTransition',
      {
        jobId: 'j',
        interviewStageMappings: [{ fromInterviewStageId: 's', toInterviewStageId: 't' }],
      },
      [{ kind: 'stages_moved', jobId: 'j', moves: [{ from: 's', to: 't' }] }],
    ],
    [
      'interviewScheduleUpdate',
      { interviewSchedule: { applicationId: 'a' } },
      [{ kind: 'candidate', id: 'a' }],
    ],
    ['jobUpdate', { job: { id: 'j' } }, []],
    ['jobUpdate', { application: 7 }, []],
  ];
  for (const [action, data, expected] of wakes) {
    test(`of ${action} with ${Object.keys(data).join(' and ')} is read`, () => {
      const parsed = format.parse(delivery({ action, webhookActionId: 'id', data }));
      assert.deepEqual(parsed, { event: action, dedupeKey: `${action}/id`, wakes: expected });
    });
  }

  test('that is none is refused', () => {
    for (const other of ['', 'null', '[]', '{"type":"ping"}', '{"action":7,"data":{}}']) {
      assert.throws(() => format.parse(delivery(other)), { kind: 'unexpected_shape' }, other);
    }
  });
});

describe('a webhook', () => {
  const request = {
    event: 'candidateStageChange',
    url: 'https://hub.example/hooks/x',
    secret: 'shh',
    known: null,
    replaceForeign: false,
  };

  test('that Ashby has already is reported as one without an id', async () => {
    const { link } = scripted(() => failure({ errors: ['Duplicate webhook found'] }));
    assert.deepEqual(await hooksOf(link).subscribe(request), { state: 'exists_id_unknown' });
  });

  test('that is known and right is left alone', async () => {
    const { link, calls } = scripted(() => ({
      results: { id: 'h', enabled: false, requestUrl: request.url },
    }));
    const known = { id: 'h', url: request.url, secretStored: true };
    assert.deepEqual(await hooksOf(link).subscribe({ ...request, known }), {
      state: 'subscribed',
      id: 'h',
      enabled: false,
    });
    assert.deepEqual(
      calls.map((call) => call.endpoint),
      ['webhook.info'],
    );
  });

  test('whose secret the hub has lost is given a new one', async () => {
    const { link, calls } = scripted(() => ({
      results: { id: 'h', enabled: true, requestUrl: request.url },
    }));
    const known = { id: 'h', url: request.url, secretStored: false };
    await hooksOf(link).subscribe({ ...request, known });
    assert.deepEqual(calls.at(-1)?.body, {
      webhookId: 'h',
      requestUrl: request.url,
      secretToken: 'shh',
    });
  });

  test('that is gone is an error to subscribe, and gone to ask and to delete', async () => {
    const hooks = hooksOf(scripted(() => failure({ errors: ['webhook_not_found'] })).link);
    const known = { id: 'h', url: request.url, secretStored: true };
    await assert.rejects(hooks.subscribe({ ...request, known }), { kind: 'not_found' });
    assert.equal(await hooks.health({ ...request, id: 'h' }), 'gone');
    assert.equal(await hooks.unsubscribe({ ...request, id: 'h' }), 'gone');
  });

  test('without an id can be deleted by hand only', async () => {
    const { link, calls } = scripted(() => ({ results: {} }));
    assert.equal(await hooksOf(link).unsubscribe({ ...request, id: null }), 'manual');
    assert.equal(await hooksOf(link).health({ ...request, id: null }), 'unknown');
    assert.equal(calls.length, 0);
  });
});

describe('in the emulated Ashby', () => {
  test('a webhook is pinged with its secret, and again when it moves with its address', async () => {
    const world = playground();
    const format = ashby.webhooks;
    assert.ok(format);
    const event = 'candidateStageChange';
    const url = 'https://hub.example/hooks/one';
    const subscribed = await world.hooks.subscribe({
      event,
      url,
      secret: 'first',
      known: null,
      replaceForeign: false,
    });
    assert.ok(subscribed.state === 'subscribed');
    assert.equal(subscribed.enabled, true);
    const hook = { event, url, id: subscribed.id };
    assert.equal(await world.hooks.health(hook), 'enabled');

    const again = { event, url, secret: 'first', known: null, replaceForeign: false };
    assert.deepEqual(await world.hooks.subscribe(again), { state: 'exists_id_unknown' });

    const [ping] = world.deliveries;
    assert.ok(ping && format.verify(ping, ['first']));
    assert.equal(format.parse(ping).event, 'ping');

    const elsewhere = 'https://new.example/hooks/one';
    const known = { id: hook.id, url, secretStored: true };
    await world.hooks.subscribe({ ...again, url: elsewhere, secret: 'second', known });
    const pinged = world.deliveries.at(-1);
    assert.ok(pinged);
    assert.equal(pinged.url, elsewhere);
    assert.ok(format.verify(pinged, ['second']));
  });

  test('a webhook that is off is seen to be, and can be switched on', async () => {
    const world = playground();
    const event = 'candidateMerge';
    const url = 'https://hub.example/hooks/two';
    const request = { event, url, secret: 's', known: null, replaceForeign: false };
    const made = await world.hooks.subscribe(request);
    assert.ok(made.state === 'subscribed');
    await world.page(`/admin/webhooks/${made.id}/enabled`, {});
    assert.equal(await world.hooks.health({ event, url, id: made.id }), 'disabled');
    assert.equal(await world.hooks.enable?.({ event, id: made.id }), 'enabled');
    assert.equal(await world.hooks.health({ event, url, id: made.id }), 'enabled');
  });
});

webhookConformance(ashby, {
  event: 'candidateStageChange',
  open() {
    const opened = playground();
    return {
      emulator: opened.emulator,
      webhooks: opened.hooks,
      registered: () =>
        (
          opened.emulator.snapshot() as { webhooks: Array<{ type: string; requestUrl: string }> }
        ).webhooks.map(({ type, requestUrl }) => ({ event: type, url: requestUrl })),
      foreignHook: (event, url) =>
        opened.play('webhook.create', { webhookType: event, requestUrl: url, secretToken: 'x' }),
      async provoke() {
        const before = opened.deliveries.length;
        const candidate = await someCandidate(opened.ats);
        await move(opened, candidate, await otherStage(candidate, opened.ats));
        opened.advance(1_000);
        return opened.deliveries.slice(before);
      },
    };
  },
  withSignature: (delivery, change) => ({
    ...delivery,
    headers: new Headers({
      'ashby-signature': change(delivery.headers.get('ashby-signature') ?? ''),
    }),
  }),
});
