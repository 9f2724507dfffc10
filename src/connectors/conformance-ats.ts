/**
 * What the connector of every applicant tracking system must do, run against its emulator. A
 * vendor's test calls `atsConformance(connector, createEmulator, facts)`; what differs between
 * vendors stands in the facts.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  answerConformance,
  webhookOperations,
  type Operation,
} from '#connectors/conformance-answers.ts';
import {
  everybodyIn,
  openAtsCase,
  someCandidate,
  sweep,
  type AtsCase,
  type AtsCaseOverrides,
} from '#connectors/conformance-ats-case.ts';
import {
  ConnectorError,
  type Ats,
  type Connector,
  type ConnectorErrorKind,
  type Link,
} from '#connectors/contract.ts';
import type { CreateEmulator, Fault } from '#connectors/emulator.ts';
import { secretFields } from '#connectors/settings.ts';
import type { Candidate, Note } from '#core/model.ts';

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

/** 403 is left to the vendors: at Ashby a wrong key is answered by it. */
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

    answerConformance(async (between) =>
      operationsOf(connector, open({ ...between, candidates: 20 })),
    );

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

/** Everything that the connector can do, each after what it needs was made. */
const operationsOf = async (connector: Connector, opened: AtsCase): Promise<Operation[]> => {
  const { ats, capabilities, link } = opened;
  const { remoteId, personId, stageId, email } = await someCandidate(ats);
  const { cursor } = await ats.changes(null);
  const { id } = await ats.addNote(remoteId, note('70 %'), 'before01');
  assert.ok(email !== null);
  return [
    // The rest are probes, whose failure it tells of.
    { what: 'verify', checked: 1, run: () => connector.verify(link) },
    { what: 'stages', run: () => ats.stages() },
    { what: 'tags', run: () => ats.tags() },
    { what: 'jobs', run: () => ats.jobs() },
    { what: 'users', run: () => ats.users() },
    { what: 'candidate', run: () => ats.candidate(remoteId) },
    { what: 'search', run: () => ats.search({ email }) },
    { what: 'in stage', run: () => ats.inStage(stageId, null) },
    { what: 'of person', run: () => ats.ofPerson(personId) },
    { what: 'changes', run: () => ats.changes(cursor) },
    { what: 'adding a note', run: () => ats.addNote(remoteId, note('80 %'), 'answer01') },
    { what: 'finding a note', run: () => ats.findNote(remoteId, 'before01') },
    {
      what: 'changing a note',
      run: async () => ats.updateNote?.(remoteId, id, note('90 %'), 'before01'),
    },
    ...webhookOperations(capabilities, connector.webhooks?.events[0]),
  ];
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
