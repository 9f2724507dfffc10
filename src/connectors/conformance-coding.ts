/**
 * What every coding platform's connector must do, run against its emulator. A vendor's test calls
 * `codingConformance(createCase)`, where `createCase` is usually one line around `openCase`.
 *
 * @example
 * codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
 *   unknownId: '999999',
 * });
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Choice } from '#core/model.ts';
import {
  ConnectorError,
  type Capabilities,
  type ConnectorErrorKind,
} from '#connectors/contract.ts';
import {
  answerConformance,
  webhookOperations,
  type Operation,
} from '#connectors/conformance-answers.ts';
import type { CaseOverrides, CodingCase } from '#connectors/conformance-coding-case.ts';
import type { Emulator, Fault } from '#connectors/emulator.ts';
import { secretFields } from '#connectors/settings.ts';

export interface CodingFacts {
  /** An id of the right form that nothing has. */
  unknownId: string;
}

const candidate = { name: 'Zoë Candidate-Secret', email: 'zoe.secret@candidates.example' };

/** One way to make something that can be found again, whatever the capability. */
interface Making {
  what: string;
  /** Reads what it has to choose from the first time only, so that faults then meet the create. */
  create(ref: string): Promise<{ id: string; url: string }>;
  find(ref: string): Promise<{ id: string; url: string } | null>;
}

const makings = (capabilities: Capabilities): Making[] => {
  const { liveSessions, assessments } = capabilities;
  const list: Making[] = [];
  if (liveSessions) {
    let templates: Choice[] | undefined;
    list.push({
      what: 'a live session',
      create: async (ref) => {
        templates ??= await liveSessions.templates();
        const templateId = templates[0]?.id ?? null;
        return liveSessions.create({ ref, title: 'Pairing interview', templateId, candidate });
      },
      find: (ref) => liveSessions.find(ref),
    });
  }
  if (assessments) {
    let tests: Choice[] | undefined;
    list.push({
      what: 'an invitation',
      create: async (ref) => {
        tests ??= await assessments.tests();
        const testId = tests[0]?.id;
        assert.ok(testId, 'the emulator offers no test');
        return assessments.invite({ ref, testId, candidate });
      },
      find: (ref) => assessments.find(ref),
    });
  }
  return list;
};

const outcomes: Array<{
  fault: Fault['kind'];
  kind: ConnectorErrorKind;
  surelyNotDone: boolean;
}> = [
  { fault: 401, kind: 'unauthorized', surelyNotDone: true },
  { fault: 403, kind: 'forbidden', surelyNotDone: true },
  { fault: 429, kind: 'rate_limited', surelyNotDone: true },
  { fault: 500, kind: 'unreachable', surelyNotDone: false },
  { fault: 503, kind: 'unreachable', surelyNotDone: false },
  { fault: 'html', kind: 'unexpected_shape', surelyNotDone: false },
  { fault: 'hang', kind: 'unreachable', surelyNotDone: false },
  { fault: 'drop_before', kind: 'unreachable', surelyNotDone: false },
];

const failureOf = async (call: Promise<unknown>): Promise<ConnectorError> => {
  const outcome = await call.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  assert.ok('thrown' in outcome, 'the call succeeded although it had to fail');
  assert.ok(
    outcome.thrown instanceof ConnectorError,
    `threw something else than a ConnectorError: ${String(outcome.thrown)}`,
  );
  return outcome.thrown;
};

/** Neither credentials nor candidate data stand anywhere in an error. */
const assertDiscreet = (failure: ConnectorError, opened: CodingCase): void => {
  const text = `${failure.message} ${failure.operation} ${failure.stack ?? ''} ${JSON.stringify(failure)}`;
  const { settings } = opened.link;
  const hidden = [candidate.name, candidate.email].concat(
    secretFields(opened.connector.settings).map((name) => String(settings[name])),
  );
  for (const one of hidden) {
    const leaked = text.includes(one) || text.includes(encodeURIComponent(one));
    assert.equal(leaked, false, 'an error tells a secret or candidate data');
  }
  assert.match(
    failure.message,
    /^[a-z]+: .+\. .+\.$/,
    'not `<where>: <what failed>. <what to do>.`',
  );
};

export const codingConformance = (
  createCase: (overrides: CaseOverrides) => CodingCase,
  facts: CodingFacts,
): void => {
  const sample = createCase({});
  const { connector } = sample;

  /** Runs `body` for everything that this connector can make, each on a fresh emulator. */
  const eachMaking = async (
    overrides: CaseOverrides,
    body: (making: Making, opened: CodingCase) => Promise<void>,
  ): Promise<void> => {
    const count = makings(sample.capabilities).length;
    assert.ok(count > 0, 'neither liveSessions nor assessments');
    for (let index = 0; index < count; index += 1) {
      const opened = createCase(overrides);
      const making = makings(opened.capabilities)[index];
      assert.ok(making);
      await body(making, opened);
    }
  };

  void describe(`${connector.id} conforms as a coding platform`, () => {
    void test('its settings accept the credentials and mark what is secret', () => {
      const secrets = secretFields(connector.settings);
      assert.ok(secrets.length > 0);
      assert.ok(connector.settings.safeParse(sample.emulator.credentials()).success);
    });

    void test('verifies a good key and never claims what was not checked', async () => {
      const { link } = createCase({});
      const verification = await connector.verify(link);
      const shown = JSON.stringify(verification);
      for (const name of secretFields(connector.settings))
        assert.ok(!shown.includes(String(link.settings[name])));
      assert.ok(verification.permissions.length > 0);
    });

    void test('says unauthorized of a wrong key', async () => {
      const wrong = secretFields(connector.settings).map((name) => [name, 'wrong-key'] as const);
      const opened = createCase({ settings: Object.fromEntries(wrong) });
      const failure = await failureOf(connector.verify(opened.link));
      assert.equal(failure.kind, 'unauthorized');
      assertDiscreet(failure, opened);
    });

    void test('finds by its ref what it made, and nothing by another', async () => {
      await eachMaking({}, async (making) => {
        assert.equal(await making.find('neverused'), null);
        const made = await making.create('k3x9q2ab');
        const other = await making.create('k3x9q2ac');
        assert.match(made.url, /^https?:\/\//);
        assert.notEqual(made.id, other.id);
        const found = await making.find('k3x9q2ab');
        assert.deepEqual({ id: found?.id, url: found?.url }, { id: made.id, url: made.url });
        assert.equal(await making.find('k3x9q2a'), null, 'a part of a ref is no ref');
      });
    });

    void test('finds what was made although the answer never came', async () => {
      await eachMaking({}, async (making, { emulator }) => {
        // The last request of a create is the one that makes something.
        const before = emulator.requests.length;
        await making.create('warmup01');
        const creating = emulator.requests.at(-1);
        assert.ok(creating && emulator.requests.length > before);
        emulator.faults.push({ kind: 'drop_after', match: lineOf(creating), times: 1 });
        const failure = await failureOf(making.create('dropped1'));
        assert.equal(failure.kind, 'unreachable');
        assert.equal(failure.surelyNotDone, false);
        const found = await making.find('dropped1');
        assert.ok(found, `${making.what} was made and is not found`);
      });
    });

    for (const { fault, kind, surelyNotDone } of outcomes) {
      void test(`turns ${String(fault)} into ${kind}, for creating and for finding`, async () => {
        await eachMaking({ timeout: fault === 'hang' ? 50 : 5_000 }, async (making, opened) => {
          const { faults, requests } = opened.emulator;
          await making.create('warmup01');
          const match = lineOf(requests.at(-1));
          faults.push({ kind: fault, match, times: 1, retryAfter: '7' });
          const creating = await failureOf(making.create('failing1'));
          assert.equal(creating.kind, kind);
          assert.equal(creating.surelyNotDone, surelyNotDone);
          if (fault === 429) assert.equal(creating.retryAfter, 7_000);
          assertDiscreet(creating, opened);
          assert.equal(await making.find('failing1'), null, 'a fault made something');
          // A look-up that failed must never read as "not there": it would be made twice.
          faults.push({ kind: fault, match: '', times: 1 });
          const finding = await failureOf(making.find('warmup01'));
          assert.equal(finding.kind, kind);
          assertDiscreet(finding, opened);
        });
      });
    }

    void test('turns 404 for a create into not_found, surely not done', async () => {
      await eachMaking({}, async (making, { emulator }) => {
        await making.create('warmup01');
        const line = lineOf(emulator.requests.at(-1));
        const answered = createCase({
          fetch: (emulated) => (url, init) =>
            `${init.method ?? 'GET'} ${new URL(url).pathname}`.endsWith(line.split(' ')[1] ?? line)
              ? new Response('{}', { status: 404 })
              : emulated(url, init),
        });
        const same = makings(answered.capabilities).find((one) => one.what === making.what);
        assert.ok(same);
        const failure = await failureOf(same.create('missing1'));
        assert.equal(failure.kind, 'not_found');
        assert.equal(failure.surelyNotDone, true);
      });
    });

    void test('knows that a refused connection did nothing', async () => {
      const refused = (): never => {
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      };
      await eachMaking({ fetch: () => refused }, async (making, opened) => {
        const failure = await failureOf(making.create('refused1'));
        assert.equal(failure.kind, 'unreachable');
        assert.equal(failure.surelyNotDone, true);
        assertDiscreet(failure, opened);
      });
    });

    answerConformance(async (overrides) => operationsOf(createCase({ ...overrides, rate: 0 })));

    if (sample.capabilities.liveSessions) liveConformance(createCase, facts);
    if (sample.capabilities.assessments) assessmentConformance(createCase, facts);
  });
};

/** Everything that the connector can do, each after what it needs was made. */
const operationsOf = async (opened: CodingCase): Promise<Operation[]> => {
  const { capabilities, connector, link } = opened;
  const { liveSessions, assessments } = capabilities;
  const operations: Operation[] = [
    // The rest are probes, whose failure it tells of.
    { what: 'verify', checked: 1, run: () => connector.verify(link) },
    ...webhookOperations(capabilities, connector.webhooks?.events[0]),
  ];
  for (const { what, create, find } of makings(capabilities)) {
    await create('before01');
    operations.push({ what: `making ${what}`, run: () => create('answer01') });
    operations.push({ what: `finding ${what}`, run: () => find('before01') });
  }
  const session = await liveSessions?.find('before01');
  if (liveSessions && session)
    operations.push({ what: 'end', run: () => liveSessions.end(session.id) });
  const invited = await assessments?.find('before01');
  if (assessments && invited)
    operations.push(
      { what: 'tests', run: () => assessments.tests() },
      { what: 'result', run: () => assessments.result(invited.id) },
      { what: 'cancel', run: () => assessments.cancel(invited.id) },
    );
  return operations;
};

/** `METHOD /path` of a recorded request without its query, for matching it again. */
const lineOf = (request: Emulator['requests'][number] | undefined): string =>
  request ? `${request.method} ${request.path.split('?')[0] ?? ''}` : '';

const liveConformance = (
  createCase: (overrides: CaseOverrides) => CodingCase,
  facts: CodingFacts,
): void => {
  const open = () => {
    const { liveSessions } = createCase({}).capabilities;
    assert.ok(liveSessions);
    return liveSessions;
  };
  const request = { ref: 'live0001', title: 'Pairing', templateId: null, candidate };

  void test('ends a live session, and once more without complaint', async () => {
    const live = open();
    const { id } = await live.create(request);
    assert.match(await live.end(id), /^(ended|unused)$/);
    assert.match(await live.end(id), /^(ended|unused)$/);
  });

  void test('ending an unknown live session passes or says not_found', async () => {
    const outcome = await open()
      .end(facts.unknownId)
      .catch((thrown: unknown) => thrown);
    if (outcome !== 'ended' && outcome !== 'unused') {
      assert.ok(outcome instanceof ConnectorError);
      assert.equal(outcome.kind, 'not_found');
    }
  });

  void test('makes a live session for a candidate without an address', async () => {
    const live = open();
    const noAddress = { name: candidate.name, email: null };
    const made = await live.create({ ...request, candidate: noAddress });
    assert.equal((await live.find('live0001'))?.url, made.url);
  });
};

const assessmentConformance = (
  createCase: (overrides: CaseOverrides) => CodingCase,
  facts: CodingFacts,
): void => {
  const open = async () => {
    const opened = createCase({});
    const { assessments } = opened.capabilities;
    assert.ok(assessments);
    const testId = (await assessments.tests())[0]?.id;
    assert.ok(testId);
    const invited = await assessments.invite({ ref: 'test0001', testId, candidate });
    return { ...opened, assessments, testId, invited };
  };

  void test('tells the result of an invitation that was not opened yet', async () => {
    const { assessments, invited } = await open();
    const result = await assessments.result(invited.id);
    assert.equal(result?.status, 'invited');
    assert.equal(result.percent, null);
    assert.equal(result.finishedAt, null);
  });

  void test('answers null for the result of an unknown invitation', async () => {
    const { assessments } = await open();
    assert.equal(await assessments.result(facts.unknownId), null);
  });

  void test('does not take a failing vendor for a vanished invitation', async () => {
    const { assessments, invited, emulator } = await open();
    emulator.faults.push({ kind: 503, match: '', times: 1 });
    const failure = await failureOf(assessments.result(invited.id));
    assert.equal(failure.kind, 'unreachable');
  });

  void test('cancels an invitation, once more alike, and an unknown one is gone', async () => {
    const { assessments, invited } = await open();
    assert.equal(await assessments.cancel(invited.id), 'cancelled');
    assert.equal((await assessments.result(invited.id))?.status ?? 'cancelled', 'cancelled');
    assert.match(await assessments.cancel(invited.id), /^(cancelled|gone)$/);
    assert.equal(await assessments.cancel(facts.unknownId), 'gone');
  });

  void test('invites one candidate twice when the hub wants it, under two refs', async () => {
    const { assessments, testId, invited } = await open();
    const again = await assessments.invite({ ref: 'test0002', testId, candidate });
    assert.notEqual(again.id, invited.id);
    assert.equal((await assessments.find('test0002'))?.id, again.id);
    assert.equal((await assessments.find('test0001'))?.id, invited.id);
  });

  void test('rejects an unknown test, surely without effect', async () => {
    const { assessments } = await open();
    const failure = await failureOf(
      assessments.invite({ ref: 'test0003', testId: facts.unknownId, candidate }),
    );
    assert.match(failure.kind, /^(rejected|not_found)$/);
    assert.equal(failure.surelyNotDone, true);
    assert.equal(await assessments.find('test0003'), null);
  });
};
