/**
 * What every connector must make of answers that are broken, hostile, or newer than itself: at each
 * request of each operation. Used by the suites of both kinds of connectors.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ConnectorError,
  type Capabilities,
  type ConnectorErrorKind,
} from '#connectors/contract.ts';
import type { Fetch } from '#connectors/http.ts';

export interface Operation {
  what: string;
  /** Does the same whenever it is run on a fresh account. */
  run(): Promise<unknown>;
  /** Requests whose failure it must not swallow; default: all. */
  checked?: number;
}

/**
 * Opens an account that is alike every time, with `fetch` between client and emulator, and prepares
 * what the operations need.
 */
export type OpenOperations = (overrides: {
  fetch: (emulated: Fetch) => Fetch;
  timeout: number;
}) => Promise<Operation[]>;

/** More than the longest list that any connector accepts; who reads on to here has no limit. */
const endless = (): Response => {
  const megabyte = new Uint8Array(1024 * 1024).fill(0x20);
  let left = 48;
  return new Response(
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (left === 0) controller.error(new Error('read to the end'));
        else controller.enqueue(megabyte);
        left -= 1;
      },
    }),
  );
};

/** In process nobody listens to the signal but this. */
const silent: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

const page = '<!doctype html><title>Maintenance</title>';

const broken: ReadonlyArray<{
  what: string;
  kind: ConnectorErrorKind;
  answer: Fetch;
}> = [
  {
    what: 'a redirect',
    kind: 'unexpected_shape',
    answer: () => new Response(null, { status: 302, headers: { location: 'https://x.example/' } }),
  },
  { what: 'a web page', kind: 'unexpected_shape', answer: () => new Response(page) },
  { what: 'JSON that is no object', kind: 'unexpected_shape', answer: () => Response.json('done') },
  { what: 'an answer without an end', kind: 'unexpected_shape', answer: endless },
  {
    what: 'a failing gateway',
    kind: 'unreachable',
    answer: () => new Response(page, { status: 502 }),
  },
  { what: 'silence', kind: 'unreachable', answer: silent },
];

/** Lets requests through until told otherwise; counts them. */
const createTap = () => {
  let number = 0;
  let instead: (emulated: Fetch, count: number) => Fetch = (emulated) => emulated;
  return {
    between:
      (emulated: Fetch): Fetch =>
      (url, init) => {
        number += 1;
        assert.equal(init.redirect, 'manual', 'redirects would be followed');
        return instead(emulated, number)(url, init);
      },
    /** From now on; the next request is number 1. */
    turn: (next: typeof instead) => {
      number = 0;
      instead = next;
    },
    count: () => number,
  };
};

const prepared = async (open: OpenOperations) => {
  const tap = createTap();
  const operations = await open({ fetch: tap.between, timeout: 10_000 });
  return { tap, operations };
};

const outcomeOf = (run: () => Promise<unknown>): Promise<unknown> =>
  run().catch((thrown: unknown) => thrown);

export const answerConformance = (open: OpenOperations): void => {
  for (const { what: answered, kind, answer } of broken) {
    test(`reports ${answered} as ${kind} at every request, and tries none again`, async () => {
      const names = (await prepared(open)).operations.map(({ what }) => what);
      for (const name of names) {
        // A healthy run first, to know how many requests there are.
        const requests = await countOf(open, name);
        for (let bad = 1; bad <= requests; bad += 1) {
          const tap = createTap();
          const timeout = answer === silent ? 60 : 10_000;
          const operation = named(await open({ fetch: tap.between, timeout }), name);
          tap.turn((emulated, count) => (count === bad ? answer : emulated));
          const thrown = await outcomeOf(operation.run);
          const where = `${name}, request ${String(bad)}`;
          assert.ok(thrown instanceof ConnectorError, `${where}: ${String(thrown)}`);
          assert.equal(thrown.kind, kind, where);
          assert.equal(tap.count(), bad, `${where}: went on`);
        }
      }
    });
  }

  test('does not mind members that it has never heard of, nor that null ones are absent', async () => {
    const plain = await prepared(open);
    const newer = await prepared(open);
    newer.tap.turn((emulated) => altered(emulated, grown));
    for (const [index, { what, run }] of plain.operations.entries())
      assert.deepEqual(await newer.operations[index]?.run(), await run(), what);
  });

  test('takes no member for granted: without it, it works or says unexpected_shape', async () => {
    const { tap, operations } = await prepared(open);
    for (const { what, run } of operations) {
      const members = new Set<string>();
      tap.turn((emulated) => altered(emulated, (value) => collected(value, members)));
      await run();
      for (const member of members) {
        tap.turn((emulated) => altered(emulated, (value) => nulled(value, member)));
        const outcome = await outcomeOf(run);
        if (outcome instanceof Error)
          assert.ok(outcome instanceof ConnectorError, `${what}, ${member}: ${String(outcome)}`);
      }
    }
  });
};

const named = (operations: Operation[], name: string): Operation => {
  const operation = operations.find(({ what }) => what === name);
  assert.ok(operation);
  return operation;
};

const countOf = async (open: OpenOperations, name: string): Promise<number> => {
  const { tap, operations } = await prepared(open);
  tap.turn((emulated) => emulated);
  const { run, checked = Infinity } = named(operations, name);
  await run();
  return Math.min(tap.count(), checked);
};

/** The same answer with its JSON changed; what is no JSON passes. */
const altered =
  (emulated: Fetch, change: (value: unknown) => unknown): Fetch =>
  async (url, init) => {
    const response = await emulated(url, init);
    const text = await response.text();
    const { status, headers } = response;
    if (!headers.get('content-type')?.includes('json'))
      return new Response(text === '' ? null : text, { status, headers });
    return Response.json(change(JSON.parse(text)), { status });
  };

const mapped = (
  value: unknown,
  change: (members: Array<[string, unknown]>) => Array<[string, unknown]>,
): unknown => {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const members = change(Object.entries(value));
  return Object.fromEntries(members.map(([name, one]) => [name, mapped(one, change)]));
};

const grown = (value: unknown): unknown =>
  mapped(value, (members) => [...members.filter(([, one]) => one !== null), ['addedLater', ['x']]]);

const nulled = (value: unknown, member: string): unknown =>
  mapped(value, (members) => members.map(([name, one]) => [name, name === member ? null : one]));

const collected = (value: unknown, members: Set<string>): unknown =>
  mapped(value, (all) => {
    for (const [name] of all) members.add(name);
    return all;
  });

const hook = {
  event: '',
  url: 'https://hub.example/hooks/tok_4b1d',
  secret: 'a-secret-of-the-hub-01',
};

/** The registration of a webhook, for the connectors that have it. */
export const webhookOperations = (
  { webhooks }: Capabilities,
  event: string | undefined,
): Operation[] => {
  if (!webhooks || event === undefined) return [];
  const own = { ...hook, event };
  const known = { event, id: null, url: hook.url };
  return [
    {
      what: 'subscribe',
      run: () => webhooks.subscribe({ ...own, known: null, replaceForeign: false }),
    },
    { what: 'health of a hook', run: () => webhooks.health(known) },
    { what: 'unsubscribe', run: () => webhooks.unsubscribe(known) },
  ];
};
