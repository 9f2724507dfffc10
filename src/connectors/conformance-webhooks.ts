/**
 * What the webhooks of every connector must do, run against its emulator: their registration, where
 * the vendor has an API for it, and the reading of deliveries. A vendor's test calls
 * `webhookConformance(connector, facts)`; what differs between vendors stands in the facts.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  Connector,
  RawDelivery,
  SubscribeOutcome,
  WebhookFormat,
  Webhooks,
} from '#connectors/contract.ts';
import type { Emulator } from '#connectors/emulator.ts';

export interface WebhookCase {
  emulator: Emulator;
  webhooks: Webhooks;
  /** The hooks that the vendor has now. */
  registered(): Array<{ event: string; url: string }>;
  /** Makes a hook at the vendor as somebody else would, for the same event at another address. */
  foreignHook?(event: string, url: string): Promise<unknown>;
  /** Lets something happen at the vendor and answers the deliveries that it sent. */
  provoke(): Promise<RawDelivery[]>;
}

export interface WebhookFacts {
  open(): WebhookCase | Promise<WebhookCase>;
  /** The event that `provoke` brings about; `''` where one hook carries everything. */
  event: string;
  /** The same delivery with its signature replaced; absent where nothing is signed. */
  withSignature?(delivery: RawDelivery, change: (signature: string) => string): RawDelivery;
}

const ours = 'https://hub.example/hooks/tok_9f2c1e';
const moved = 'https://new.hub.example/hooks/tok_9f2c1e';
const theirs = 'https://someone.example/hooks/tok_other';
const secret = 'a-secret-of-the-hub-0123456789';

type Known = Parameters<Webhooks['subscribe']>[0]['known'];

export const webhookConformance = (connector: Connector, facts: WebhookFacts): void => {
  const { event } = facts;
  const format = formatOf(connector);

  const subscribe = (opened: WebhookCase, url = ours, known: Known = null) =>
    opened.webhooks.subscribe({ event, url, secret, known, replaceForeign: false });

  const isOfEvent = (delivery: RawDelivery): boolean =>
    event === '' || format.parse(delivery).event === event;

  const pointingAt = (opened: WebhookCase, url: string): number =>
    opened.registered().filter((hook) => hook.event === event && hook.url === url).length;

  describe(`webhooks of ${connector.id}`, () => {
    test('registers a hook for every event that the hub wants', async () => {
      const opened = await facts.open();
      assert.ok(format.events.includes(event));
      for (const wanted of format.events) {
        const request = { event: wanted, url: `${ours}_${wanted}`, secret, known: null };
        subscribed(await opened.webhooks.subscribe({ ...request, replaceForeign: false }));
      }
      assert.deepEqual(
        opened
          .registered()
          .map((hook) => hook.event)
          .toSorted(),
        [...format.events].toSorted(),
      );
    });

    test('leaves a hook that is right and known as it is', async () => {
      const opened = await facts.open();
      const { id } = subscribed(await subscribe(opened));
      const again = await subscribe(opened, ours, { id, url: ours, secretStored: true });
      assert.equal(subscribed(again).id, id);
      assert.equal(pointingAt(opened, ours), 1);
    });

    test('ends with one hook after a registration whose answer was lost', async () => {
      const opened = await facts.open();
      opened.emulator.faults.push({ kind: 'drop_after', match: 'POST', times: 1 });
      await assert.rejects(subscribe(opened), { kind: 'unreachable', surelyNotDone: false });
      const outcome = await subscribe(opened);
      assert.ok(outcome.state === 'subscribed' || outcome.state === 'exists_id_unknown');
      assert.equal(pointingAt(opened, ours), 1);
    });

    test('ends with one hook at the new address when the public URL changed', async () => {
      const opened = await facts.open();
      const { id } = subscribed(await subscribe(opened));
      subscribed(await subscribe(opened, moved, { id, url: ours, secretStored: true }));
      assert.equal(pointingAt(opened, ours), 0);
      assert.equal(pointingAt(opened, moved), 1);
    });

    test('leaves the hooks of others alone', async (t) => {
      const opened = await facts.open();
      if (!opened.foreignHook) {
        t.skip('there is one place for a hook');
        return;
      }
      await opened.foreignHook(event, theirs);
      const { id } = subscribed(await subscribe(opened));
      subscribed(await subscribe(opened, moved, { id, url: ours, secretStored: false }));
      await opened.webhooks.unsubscribe({ event, id: null, url: moved });
      assert.equal(pointingAt(opened, theirs), 1);
    });

    test('takes a hook away, once', async () => {
      const opened = await facts.open();
      const { id } = subscribed(await subscribe(opened));
      const hook = { event, id, url: ours };
      assert.notEqual(await opened.webhooks.health(hook), 'gone');
      assert.equal(await opened.webhooks.unsubscribe(hook), 'deleted');
      assert.equal(pointingAt(opened, ours), 0);
      assert.equal(await opened.webhooks.health(hook), 'gone');
      assert.equal(await opened.webhooks.unsubscribe(hook), 'gone');
    });

    test('reads a delivery as ids to look at, and always alike', async () => {
      const { delivery } = await delivered(facts);
      const parsed = format.parse(delivery);
      assert.ok(isOfEvent(delivery));
      assert.ok(parsed.wakes.length > 0);
      assert.notEqual(parsed.dedupeKey, '');
      const again = format.parse(delivery);
      // What nobody signed may be taken for news every time.
      if (format.signature === 'none') assert.deepEqual(again.wakes, parsed.wakes);
      else assert.deepEqual(again, parsed);
    });

    test('knows two deliveries apart', async () => {
      const opened = await facts.open();
      subscribed(await subscribe(opened));
      const sent = [...(await opened.provoke()), ...(await opened.provoke())];
      const keys = sent
        .filter(isOfEvent)
        .map((delivery) => format.parse(delivery).dedupeKey ?? decoded(delivery));
      assert.ok(keys.length >= 2);
      assert.equal(new Set(keys).size, keys.length);
    });

    const junk = ['', '{', '[]', 'null', '7', '<html>', '{"a":1}', '\u0000\u00ff']
      .map((body) => new TextEncoder().encode(body))
      .concat(Uint8Array.of(0xff, 0xfe, 0x00, 0x80));

    if (format.signature === 'none') {
      test('takes what is no delivery as a mere hint', async () => {
        const { delivery } = await delivered(facts);
        for (const body of junk) assert.ok(format.parse({ ...delivery, body }).wakes.length > 0);
      });
    }

    const { withSignature } = facts;
    assert.equal(format.signature === 'required', withSignature !== undefined);
    if (withSignature) {
      test('refuses what is no delivery', async () => {
        const { delivery, held } = await delivered(facts);
        for (const body of junk) {
          const other = { ...delivery, body };
          assert.throws(() => format.parse(other), { kind: 'unexpected_shape' }, decoded(other));
          assert.equal(format.verify(other, [held]), false);
        }
      });

      test('accepts the right secret, also among others, and no other', async () => {
        const { delivery, held } = await delivered(facts);
        assert.equal(format.verify(delivery, [held]), true);
        assert.equal(format.verify(delivery, ['wrong', held]), true);
        assert.equal(format.verify(delivery, ['wrong']), false);
        assert.equal(format.verify(delivery, ['']), false);
        assert.equal(format.verify(delivery, []), false);
      });

      test('refuses a signature that is shorter, longer, of another case or missing', async () => {
        const { delivery, held } = await delivered(facts);
        const changes: Record<string, (signature: string) => string> = {
          shorter: (signature) => signature.slice(0, -1),
          longer: (signature) => `${signature}0`,
          upper: (signature) => signature.toUpperCase(),
          other: (signature) => signature.slice(0, -1) + (signature.endsWith('0') ? '1' : '0'),
          none: () => '',
          accented: (signature) => `é${signature.slice(2)}`,
        };
        for (const [what, change] of Object.entries(changes)) {
          const altered = withSignature(delivery, change);
          assert.equal(format.verify(altered, [held]), false, what);
        }
        assert.equal(
          format.verify(
            withSignature(delivery, (one) => one),
            [held],
          ),
          true,
        );
      });

      test('refuses a delivery that was signed with another secret', async () => {
        const { delivery, held } = await delivered(facts, (emulator) => {
          emulator.webhookFaults.forge = true;
        });
        assert.equal(format.verify(delivery, [held]), false);
      });
    }

    test('says what to do about a hook that stays silent', () => {
      assert.match(format.silentHint, /\w.*\.$/s);
    });
  });

  /** One delivery of the event, and the secret it should be signed with. */
  const delivered = async (
    { open }: WebhookFacts,
    prepare: (emulator: Emulator) => void = () => undefined,
  ): Promise<{ delivery: RawDelivery; held: string }> => {
    const opened = await open();
    const outcome = subscribed(await subscribe(opened));
    prepare(opened.emulator);
    const sent = await opened.provoke();
    const delivery = sent.find(isOfEvent);
    assert.ok(delivery, 'nothing was delivered');
    return { delivery, held: outcome.secret ?? secret };
  };
};

const formatOf = (connector: Connector): WebhookFormat => {
  assert.ok(connector.webhooks, `${connector.id} has no webhooks`);
  return connector.webhooks;
};

const subscribed = (
  outcome: SubscribeOutcome,
): Extract<SubscribeOutcome, { state: 'subscribed' }> => {
  assert.equal(outcome.state, 'subscribed');
  return outcome;
};

const decoded = ({ body }: RawDelivery): string => new TextDecoder().decode(body);
