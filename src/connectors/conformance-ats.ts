/**
 * What the connector of every applicant tracking system must do, run against its emulator. A
 * vendor's test calls `atsConformance(connector, createEmulator, facts)`; what differs between
 * vendors stands in the facts.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ConnectorError,
  type Ats,
  type Capabilities,
  type Connector,
  type ConnectorErrorKind,
  type Link,
  type RawDelivery,
} from '#connectors/contract.ts';
import type { CreateEmulator, Emulator, Fault } from '#connectors/emulator.ts';
import { createHttp, type Fetch } from '#connectors/http.ts';
import { secretFields } from '#connectors/settings.ts';
import type { Candidate, Note } from '#core/model.ts';

// ---------------------------------------------------------------------------------------------
// An emulator with candidates and its client, in one process

export interface AtsCaseOverrides {
  /** Replaces single settings, such as a key by a wrong one; undefined takes one away. */
  settings?: Record<string, string | undefined>;
  /** Present: the connection was made by OAuth. */
  tokens?: Link['tokens'];
  /** How many candidates the account has; default 140, so that lists have several pages. */
  candidates?: number;
}

export interface AtsCase {
  emulator: Emulator;
  link: Link<Record<string, unknown>>;
  capabilities: Capabilities;
  ats: Ats;
  /** What the emulator sent to hooks, as the hub would receive it; each is answered 200. */
  deliveries: RawDelivery[];
  now(): number;
  /** Moves the clock and runs what became due. */
  advance(milliseconds: number): void;
  /** A request to the emulator's pages, `path` below its base; forms are urlencoded. */
  page(path: string, form?: Record<string, string>): Promise<Response>;
}

const beginning = Date.UTC(2026, 10, 23, 9);

export const openAtsCase = (
  connector: Connector,
  createEmulator: CreateEmulator,
  overrides: AtsCaseOverrides = {},
): AtsCase => {
  const deliveries: RawDelivery[] = [];
  const due = new Map<() => void, number>();
  let now = beginning;
  const emulator = createEmulator({
    seed: 7,
    candidates: overrides.candidates ?? 140,
    now: () => now,
    later: (milliseconds, task) => {
      due.set(task, now + milliseconds);
      return () => due.delete(task);
    },
    fetch: (url, init) => {
      const body = new TextEncoder().encode(typeof init.body === 'string' ? init.body : '');
      deliveries.push({ url, headers: new Headers(init.headers), body });
      return new Response(null, { status: 200 });
    },
    origin: `http://emulator.test/${connector.id}`,
    rate: 0,
    allowHttpLoopback: true,
    deliverMail: () => undefined,
    changed: () => undefined,
  });
  const emulated: Fetch = (url, init) => {
    const { pathname, search } = new URL(url);
    return emulator.api.request(pathname.replace(`/${connector.id}/api`, '') + search, init);
  };
  const link: Link<Record<string, unknown>> = {
    settings: connector.settings.parse({ ...emulator.credentials(), ...overrides.settings }),
    http: createHttp({ connector: connector.id, fetch: emulated }),
    now: () => now,
    ...(overrides.tokens ? { tokens: overrides.tokens } : {}),
  };
  const capabilities = connector.connect(link);
  assert.ok(capabilities.ats, `${connector.id} has no Ats capability`);
  return {
    emulator,
    link,
    capabilities,
    ats: capabilities.ats,
    deliveries,
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
      for (const [task, at] of due) {
        if (at > now) continue;
        due.delete(task);
        task();
      }
    },
    page: async (path, form) =>
      emulator.pages.request(path, form && { method: 'POST', body: new URLSearchParams(form) }),
  };
};

/** Everybody in a stage, page after page. */
export const everybodyIn = async (ats: Ats, stageId: string): Promise<Candidate[]> => {
  const found: Candidate[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const page: Awaited<ReturnType<Ats['inStage']>> = await ats.inStage(stageId, cursor);
    found.push(...page.items);
    if (page.next === null) return found;
    cursor = page.next;
  }
  throw new assert.AssertionError({ message: 'inStage never comes to an end' });
};

/** Some candidate who is not archived and has an address. */
export const someCandidate = async (ats: Ats): Promise<Candidate> => {
  for (const stage of await ats.stages()) {
    const found = (await everybodyIn(ats, stage.id)).find(({ email }) => email !== null);
    if (found) return found;
  }
  throw new assert.AssertionError({ message: 'the emulator has no candidate with an address' });
};

/** All that a sweep is told from `cursor` on. */
export const sweep = async (
  ats: Ats,
  cursor: string,
): Promise<{ remoteIds: string[]; cursor: string }> => {
  const remoteIds: string[] = [];
  let at = cursor;
  for (let calls = 0; calls < 200; calls += 1) {
    const told = await ats.changes(at);
    remoteIds.push(...told.remoteIds);
    at = told.cursor;
    if (!told.more) return { remoteIds, cursor: at };
  }
  throw new assert.AssertionError({ message: 'changes never comes to an end' });
};

// ---------------------------------------------------------------------------------------------
// The suite

export interface AtsFacts {
  /** Ids of the right form that nothing has. */
  unknownId: string;
  unknownPersonId: string;
  /** Another stage that this candidate can be in. */
  otherStage(candidate: Candidate, ats: Ats): Promise<string>;
  /** Moves a candidate on the vendor's side. */
  move(opened: AtsCase, candidate: Candidate, stageId: string): Promise<unknown>;
  /** A setting that holds a key which the vendor does not know. */
  wrongKey: Record<string, string>;
}

const note = (score: string): Note => [
  ['Python test completed: ', score],
  [{ text: 'Report', href: 'https://platform.example/report/1?a=1&b=2' }],
];

const outcomes: Array<{ fault: Fault['kind']; kind: ConnectorErrorKind; surelyNotDone: boolean }> =
  [
    { fault: 401, kind: 'unauthorized', surelyNotDone: true },
    { fault: 429, kind: 'rate_limited', surelyNotDone: true },
    { fault: 500, kind: 'unreachable', surelyNotDone: false },
    { fault: 503, kind: 'unreachable', surelyNotDone: false },
    { fault: 'html', kind: 'unexpected_shape', surelyNotDone: false },
    { fault: 'drop_before', kind: 'unreachable', surelyNotDone: false },
    { fault: 'drop_after', kind: 'unreachable', surelyNotDone: false },
  ];

export const atsConformance = (
  connector: Connector,
  createEmulator: CreateEmulator,
  facts: AtsFacts,
): void => {
  const open = (overrides?: AtsCaseOverrides): AtsCase =>
    openAtsCase(connector, createEmulator, overrides);

  describe(`${connector.id} as an applicant tracking system`, () => {
    test('lists stages, tags, jobs and users, each once and with a name', async () => {
      const { ats } = open();
      for (const list of [
        await ats.stages(),
        await ats.tags(),
        await ats.jobs(),
        await ats.users(),
      ]) {
        assert.ok(list.length > 0);
        assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
        for (const { id, name } of list) assert.ok(id !== '' && name !== '');
      }
    });

    test("lists who is on a job's team by lower-case address, and open jobs as open", async () => {
      const jobs = await open().ats.jobs();
      const team = jobs.flatMap((job) => job.team);
      assert.ok(team.length > 0);
      for (const address of team) assert.match(address, /^[^@\sA-Z]+@[^@\sA-Z]+$/);
      assert.ok(jobs.some((job) => job.open));
    });

    test('lists a whole stage over several pages, without archived ones', async () => {
      const { ats } = open();
      const seen = new Set<string>();
      for (const stage of await ats.stages()) {
        for (const candidate of await everybodyIn(ats, stage.id)) {
          assert.equal(candidate.stageId, stage.id);
          assert.equal(candidate.archived, false);
          assert.ok(!seen.has(candidate.remoteId), 'listed twice');
          seen.add(candidate.remoteId);
        }
      }
      assert.ok(seen.size > 20);
    });

    test('reads a candidate as the lists have it, with a history that ends in its stage', async () => {
      const { ats } = open();
      const listed = await someCandidate(ats);
      const read = await ats.candidate(listed.remoteId);
      assert.deepEqual(read, listed);
      const times = listed.entries.map(({ enteredAt }) => enteredAt);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.equal(listed.entries.at(-1)?.stageId, listed.stageId);
      assert.match(listed.url, /^https?:\/\//);
      const tags = new Set((await ats.tags()).map(({ id }) => id));
      for (const tag of listed.tags) assert.ok(tags.has(tag), 'a tag that is not in the list');
    });

    test('answers null for a candidate that is not there', async () => {
      assert.equal(await open().ats.candidate(facts.unknownId), null);
    });

    test('finds candidacies by address and by person', async () => {
      const { ats } = open();
      const { email, personId, remoteId } = await someCandidate(ats);
      assert.ok(email);
      const found = await ats.search({ email });
      assert.ok(found.some((one) => one.remoteId === remoteId));
      assert.deepEqual(await ats.search({ email: 'nobody@nowhere.example' }), []);
      assert.ok((await ats.ofPerson(personId)).includes(remoteId));
    });

    test('knows no candidacies of an unknown person', async () => {
      assert.deepEqual(await open().ats.ofPerson(facts.unknownPersonId), []);
    });

    test('shows a move as a new arrival, and tells of it to the next sweep', async () => {
      const opened = open();
      const { ats } = opened;
      const candidate = await someCandidate(ats);
      const first = await ats.changes(null);
      assert.deepEqual(first.remoteIds, []);
      opened.advance(3_600_000);
      const quiet = await sweep(ats, first.cursor);
      opened.advance(3_600_000);
      const stageId = await facts.otherStage(candidate, ats);
      await facts.move(opened, candidate, stageId);
      opened.advance(60_000);

      const told = await sweep(ats, quiet.cursor);
      assert.ok(told.remoteIds.includes(candidate.remoteId));
      const moved = await ats.candidate(candidate.remoteId);
      assert.equal(moved?.stageId, stageId);
      assert.equal(moved.entries.at(-1)?.stageId, stageId);
      assert.ok(
        (moved.entries.at(-1)?.enteredAt ?? 0) > (candidate.entries.at(-1)?.enteredAt ?? 0),
      );

      // The sweep directly after may tell again: how far rounds overlap is the connector's choice.
      opened.advance(86_400_000);
      const next = await sweep(ats, told.cursor);
      opened.advance(86_400_000);
      const later = await sweep(ats, next.cursor);
      assert.ok(!later.remoteIds.includes(candidate.remoteId), 'told of for ever');
    });

    test('answers a cursor that nobody knows with a full scan', async () => {
      const { ats } = open();
      const candidate = await someCandidate(ats);
      const { remoteIds, cursor } = await sweep(ats, 'no-such-cursor');
      assert.ok(remoteIds.includes(candidate.remoteId));
      assert.ok(new Set(remoteIds).size > 100);
      await sweep(ats, cursor);
    });

    test('finds a note by its ref alone, and only on its candidate', async () => {
      const { ats } = open();
      const { remoteId } = await someCandidate(ats);
      assert.equal(await ats.findNote(remoteId, 'aaaa1111'), null);
      const { id } = await ats.addNote(remoteId, note('80 %'), 'aaaa1111');
      await ats.addNote(remoteId, note('90 %'), 'bbbb2222');
      assert.deepEqual(await ats.findNote(remoteId, 'aaaa1111'), { id });
      assert.equal(await ats.findNote(remoteId, 'aaaa111'), null);
    });

    test('finds a note whose making was never answered', async () => {
      const { ats, emulator } = open();
      const { remoteId } = await someCandidate(ats);
      await ats.addNote(remoteId, note('70 %'), 'ffff6666');
      // Some must look the person up first; the last request is the one that makes the note.
      const { method, path } = emulator.requests.at(-1) ?? { method: '', path: '' };
      emulator.faults.push({ kind: 'drop_after', match: `${method} ${path}`, times: 1 });
      await assert.rejects(ats.addNote(remoteId, note('80 %'), 'cccc3333'), {
        kind: 'unreachable',
        surelyNotDone: false,
      });
      assert.ok(await ats.findNote(remoteId, 'cccc3333'));
    });

    test('replaces the text of a note and keeps it findable, where notes can change', async (t) => {
      const { ats } = open();
      if (!ats.updateNote) {
        t.skip('notes are immutable there');
        return;
      }
      const { remoteId } = await someCandidate(ats);
      const { id } = await ats.addNote(remoteId, note('pending'), 'dddd4444');
      await ats.updateNote(remoteId, id, note('80 %'), 'dddd4444');
      assert.deepEqual(await ats.findNote(remoteId, 'dddd4444'), { id });
    });

    test('calls a key that the vendor does not know unauthorized', async () => {
      const wrong = open({ settings: facts.wrongKey });
      await assert.rejects(wrong.ats.stages(), { kind: 'unauthorized' });
      await assert.rejects(connector.verify(wrong.link), { kind: 'unauthorized' });
    });

    for (const { fault, kind, surelyNotDone } of outcomes) {
      test(`reports ${String(fault)} as ${kind}, once and without secrets`, async () => {
        const { ats, emulator, link } = open();
        const { remoteId, email, name } = await someCandidate(ats);
        const before = emulator.requests.length;
        emulator.faults.push({ kind: fault, match: '', times: 100 });
        const thrown: unknown = await ats.addNote(remoteId, note('80 %'), 'eeee5555').then(
          () => null,
          (error: unknown) => error,
        );
        assert.ok(thrown instanceof ConnectorError, 'no ConnectorError');
        assert.equal(thrown.kind, kind);
        assert.equal(thrown.surelyNotDone, surelyNotDone);
        assert.equal(thrown.connector, connector.id);
        assert.equal(emulator.requests.length - before, 1, 'tried more than once');
        assertTellsNothing(connector, link, thrown, [remoteId, email ?? name, name]);
      });
    }

    test('puts no credential into an address', async () => {
      const { ats, emulator, link } = open();
      await someCandidate(ats);
      await connector.verify(link);
      const paths = emulator.requests.map(({ path }) => path).join('\n');
      for (const value of secretsIn(connector, link)) assert.ok(!paths.includes(value));
    });

    test('tests the connection by reading alone', async () => {
      const { emulator, link } = open();
      const before = JSON.stringify(emulator.snapshot());
      const { account, permissions } = await connector.verify(link);
      assert.ok(account.length > 0);
      assert.ok(permissions.some(({ state }) => state === 'granted'));
      for (const { state, where } of permissions) assert.ok(state !== 'missing' || where);
      assert.equal(JSON.stringify(emulator.snapshot()), before);
      for (const { value } of account)
        for (const hidden of secretsIn(connector, link)) assert.ok(!value.includes(hidden));
    });
  });
};

const secretsIn = (connector: Connector, link: Link<Record<string, unknown>>): string[] =>
  secretFields(connector.settings).flatMap((name) => {
    const value = link.settings[name];
    return typeof value === 'string' ? [value] : [];
  });

const assertTellsNothing = (
  connector: Connector,
  link: Link<Record<string, unknown>>,
  thrown: ConnectorError,
  personal: string[],
): void => {
  assert.match(thrown.message, new RegExp(`^${connector.id}: \\S.*\\. \\S.*\\.$`));
  for (const value of [...secretsIn(connector, link), ...personal])
    assert.ok(!`${thrown.message} ${thrown.operation}`.includes(value), 'tells too much');
};
