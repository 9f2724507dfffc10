import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createWebhookSender } from '#connectors/emulator-webhooks.ts';

/** A sender on a clock of its own; `received` holds what arrived at the hook. */
const open = (answer: () => Response = () => new Response(null, { status: 200 })) => {
  const received: string[] = [];
  const due: Array<{ at: number; task: () => void }> = [];
  let now = 0;
  const options: EmulatorOptions = {
    seed: 1,
    candidates: 0,
    now: () => now,
    later: (milliseconds, task) => {
      const entry = { at: now + milliseconds, task };
      due.push(entry);
      return () => due.splice(due.indexOf(entry), 1);
    },
    fetch: (_, init) => {
      received.push(typeof init.body === 'string' ? init.body : '');
      return answer();
    },
    origin: 'http://emulator.test/vendor',
    rate: 0,
    allowHttpLoopback: false,
    deliverMail: () => undefined,
    changed: () => undefined,
  };
  const faults = noWebhookFaults();
  const sender = createWebhookSender({
    options,
    faults,
    retryDelay: (n) => (n <= 2 ? n * 1_000 : null),
    succeeded: (status) => status === 200,
    permanent: [410],
    timeout: 10_000,
  });
  return {
    faults,
    sender,
    received,
    send: (id: string) => {
      sender.send({
        id,
        hookId: 'h',
        url: 'https://hub.example/h',
        event: 'moved',
        build: (attempt, forge) => ({
          headers: {},
          body: `${id} ${String(attempt)}${forge ? ' forged' : ''}`,
        }),
      });
    },
    /** Moves the clock, runs what became due, and lets the answers arrive. */
    advance: async (milliseconds: number) => {
      now += milliseconds;
      for (const entry of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(entry), 1);
        entry.task();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

void describe('the webhook sender of the emulators', () => {
  void test('sends once, and again by the schedule until it gives up', async () => {
    const { sender, send, advance, received } = open(() => new Response(null, { status: 500 }));
    send('a');
    await advance(0);
    await advance(999);
    assert.deepEqual(received, ['a 0']);
    await advance(1);
    await advance(2_000);
    await advance(3_600_000);
    assert.deepEqual(received, ['a 0', 'a 1', 'a 2']);
    assert.equal(sender.history[0]?.state, 'given_up');
    assert.deepEqual(
      sender.history[0].attempts.map(({ status }) => status),
      [500, 500, 500],
    );
  });

  void test('gives up at once after an answer that means never, or after a success', async () => {
    for (const [status, state] of [
      [410, 'given_up'],
      [200, 'delivered'],
    ] as const) {
      const { sender, send, advance, received } = open(() => new Response(null, { status }));
      send('a');
      await advance(0);
      await advance(3_600_000);
      assert.equal(received.length, 1);
      assert.equal(sender.history[0]?.state, state);
    }
  });

  void test('loses, doubles, delays and forges as the faults say', async () => {
    const { faults, send, advance, received } = open();
    faults.drop = true;
    send('lost');
    Object.assign(faults, { drop: false, copies: 2, delay: 5_000, forge: true });
    send('a');
    await advance(4_999);
    assert.deepEqual(received, []);
    await advance(1);
    assert.deepEqual(received, ['a 0 forged', 'a 0 forged']);
  });

  void test('sends in reverse order, group by group', async () => {
    const { faults, send, advance, received } = open();
    faults.reverse = 3;
    for (const id of ['a', 'b', 'c', 'd']) send(id);
    await advance(0);
    assert.deepEqual(received, ['c 0', 'b 0', 'a 0']);
  });

  void test('sends what it kept back once the order is right again', async () => {
    const { faults, send, advance, received } = open();
    faults.reverse = 3;
    send('a');
    faults.reverse = 0;
    send('b');
    await advance(0);
    assert.deepEqual(received.toSorted(), ['a 0', 'b 0']);
  });

  void test('sends nothing after it was stopped', async () => {
    const { sender, send, advance, received } = open();
    send('a');
    sender.stop();
    await advance(3_600_000);
    assert.deepEqual(received, []);
  });
});
