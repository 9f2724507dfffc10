/**
 * What every applicant tracking system that takes interviews must do, run against its emulator. A
 * vendor's test calls `interviewsConformance(connector, createEmulator, facts)`.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerConformance, type Operation } from '#connectors/conformance-answers.ts';
import {
  openAtsCase,
  someCandidate,
  type AtsCase,
  type AtsCaseOverrides,
} from '#connectors/conformance-ats-case.ts';
import {
  ConnectorError,
  type AtsEvent,
  type AtsInterview,
  type AtsInterviewRequest,
  type AtsInterviews,
  type Connector,
  type ConnectorErrorKind,
} from '#connectors/contract.ts';
import type { CreateEmulator, Fault } from '#connectors/emulator.ts';
import type { Candidate } from '#core/model.ts';

type Person = AtsEvent['interviewers'][number];

export interface InterviewFacts {
  /** Calls an interview off on the vendor's side. */
  cancel(opened: AtsCase, candidate: Candidate, id: string): Promise<unknown>;
  /** Somebody who is no user there, in ids of the right form. */
  stranger: Pick<Person, 'userId' | 'email'>;
  /** What a bare 403 means there. */
  bare403: ConnectorErrorKind;
}

const minute = 60_000;
const day = 86_400_000;

export const interviewsConformance = (
  connector: Connector,
  createEmulator: CreateEmulator,
  facts: InterviewFacts,
): void => {
  const open = (overrides: AtsCaseOverrides = {}): Promise<Opened> =>
    openInterviews(openAtsCase(connector, createEmulator, { candidates: 20, ...overrides }));

  const outcomes: Array<{ fault: Fault['kind']; kind: ConnectorErrorKind; surely: boolean }> = [
    { fault: 401, kind: 'unauthorized', surely: true },
    { fault: 403, kind: facts.bare403, surely: true },
    { fault: 429, kind: 'rate_limited', surely: true },
    { fault: 500, kind: 'unreachable', surely: false },
    { fault: 'html', kind: 'unexpected_shape', surely: false },
    { fault: 'hang', kind: 'unreachable', surely: false },
    { fault: 'drop_after', kind: 'unreachable', surely: false },
  ];

  describe(`${connector.id} as it takes interviews`, () => {
    test('lists feedback forms, each once and with a name', async () => {
      const forms = await (await open()).interviews.feedbackForms();
      assert.ok(forms.length > 0);
      assert.equal(new Set(forms.map(({ id }) => id)).size, forms.length);
      for (const { id, name } of forms) assert.ok(id !== '' && name !== '');
    });

    test('reads an interview as it was created, its events in order', async () => {
      const { interviews, request, candidate } = await open();
      const [form] = await interviews.feedbackForms();
      assert.ok(form);
      const events = request.events.map((event) => ({ ...event, feedbackFormId: form.id }));
      const made = await interviews.create({ ...request, events });
      assert.equal(made.state, 'scheduled');
      assertTells(made, request.events);
      const read = await interviews.read(candidate.remoteId, made.id);
      assert.deepEqual(remote(read), remote(made));
    });

    test('keeps the ids of what stays when events are moved, added, dropped or re-staffed', async () => {
      const { interviews, request, candidate, people } = await open();
      const made = await interviews.create(request);
      const [first, second] = known(request, made).events;
      assert.ok(first && second);
      const moved = { ...first, start: first.start + day, end: first.end + day };
      const staffed = { ...second, interviewers: [person(people, 2)] };
      const third = {
        ...event('three', second.end + 90 * minute),
        interviewers: [person(people, 0)],
      };
      for (const events of [
        [second, moved],
        [first, staffed],
        [first, second, third],
        [second],
        [first, second].map((one) => (one === first ? { ...one, remoteId: null } : one)),
      ]) {
        const wanted = { ...request, events };
        const updated = await interviews.update(made.id, wanted);
        assert.equal(updated.id, made.id);
        assertTells(updated, events);
        for (const { key, remoteId } of events) {
          const now = updated.events.find((one) => one.key === key);
          if (remoteId !== null) assert.equal(now?.remoteId, remoteId, `${key} was made anew`);
        }
        const read = await interviews.read(candidate.remoteId, made.id);
        assert.deepEqual(remote(read), remote(updated));
      }
    });

    test('keeps the feedback links of what is moved', async () => {
      const { interviews, request } = await open();
      const made = await interviews.create(request);
      const events = known(request, made).events.map((one) => ({
        ...one,
        start: one.start + day,
        end: one.end + day,
      }));
      const updated = await interviews.update(made.id, { ...request, events });
      const links = ({ events: told }: AtsInterview) => told.map(({ feedbackUrl }) => feedbackUrl);
      assert.deepEqual(links(updated), links(made));
      for (const link of links(made)) assert.match(link ?? 'https://', /^https?:\/\//);
    });

    test('finds what a create left behind that was never answered, and nothing before', async () => {
      const { interviews, request, candidate, emulator } = await open();
      const other = { ...request, ref: 'ref-other', url: `${request.url}-other` };
      const made = await interviews.create(other);
      // Some must look something up first; the last request is the one that creates.
      const { method, path } = emulator.requests.at(-1) ?? { method: '', path: '' };
      assert.equal(await interviews.find(request), null);
      emulator.faults.push({ kind: 'drop_after', match: `${method} ${path}`, times: 1 });
      await assert.rejects(interviews.create(request), {
        kind: 'unreachable',
        surelyNotDone: false,
      });
      const found = await interviews.find(request);
      assert.ok(found);
      assertTells(found, request.events);
      assert.notEqual(found.id, made.id);
      assert.equal((await interviews.find(other))?.id, made.id);
      assert.ok(await interviews.read(candidate.remoteId, found.id));
    });

    test('removes an interview once, and then it is gone', async () => {
      const { interviews, request, candidate } = await open();
      const { id } = await interviews.create(request);
      assert.equal(await interviews.remove(candidate.remoteId, id), 'removed');
      assert.equal(await interviews.remove(candidate.remoteId, id), 'gone');
      const read = await interviews.read(candidate.remoteId, id);
      assert.ok(read === null || read.state === 'cancelled');
      assert.equal(await interviews.find(request), null, 'a removed one is found as if it stood');
    });

    test('sees that somebody called it off in the ATS, and changes it no more', async () => {
      const opened = await open();
      const { interviews, request, candidate } = opened;
      const made = await interviews.create(request);
      await facts.cancel(opened, candidate, made.id);
      assert.equal((await interviews.read(candidate.remoteId, made.id))?.state, 'cancelled');
      await assert.rejects(interviews.update(made.id, known(request, made)), refused);
    });

    test('refuses to change what it never had or has no more, and makes nothing of it', async () => {
      const { interviews, request, candidate } = await open();
      const made = await interviews.create(request);
      await interviews.remove(candidate.remoteId, made.id);
      await assert.rejects(interviews.update(made.id, known(request, made)), refused);
      await assert.rejects(interviews.update(facts.stranger.userId, request), refused);
      assert.equal(await interviews.find(request), null);
    });

    test('is refused an interviewer whom the ATS does not know, and makes nothing', async () => {
      const { interviews, request } = await open();
      const stranger = { ...facts.stranger, feedbackFormId: null };
      const events = request.events.map((one) => ({ ...one, interviewers: [stranger] }));
      await assert.rejects(interviews.create({ ...request, events }), refused);
      assert.equal(await interviews.find({ ...request, events }), null);
    });

    for (const { fault, kind, surely } of outcomes) {
      test(`reports ${String(fault)} as ${kind}, once, for whatever was asked`, async () => {
        const { interviews, request, candidate, emulator } = await open(
          fault === 'hang' ? { timeout: 60 } : {},
        );
        const made = await interviews.create(request);
        const changed = known(request, made);
        for (const [what, run] of [
          ['creating', () => interviews.create({ ...request, ref: 'ref-fresh' })],
          ['updating', () => interviews.update(made.id, changed)],
          ['removing', () => interviews.remove(candidate.remoteId, made.id)],
          ['reading', () => interviews.read(candidate.remoteId, made.id)],
          ['finding', () => interviews.find(request)],
          ['forms', () => interviews.feedbackForms()],
        ] as const) {
          const before = emulator.requests.length;
          emulator.faults.splice(0, Infinity, { kind: fault, match: '', times: 100 });
          const thrown: unknown = await run().catch((error: unknown) => error);
          assert.ok(thrown instanceof ConnectorError, `${what}: ${String(thrown)}`);
          assert.equal(thrown.kind, kind, what);
          if (what === 'creating') assert.equal(thrown.surelyNotDone, surely, what);
          assert.equal(emulator.requests.length - before, 1, `${what}: tried more than once`);
        }
      });
    }

    answerConformance(async (between) => operationsOf(await open(between)));
  });
};

/** What a vendor says to a change that cannot be. */
const refused = { kind: 'rejected', surelyNotDone: true };

interface Opened extends AtsCase {
  interviews: AtsInterviews;
  candidate: Candidate;
  people: Person[];
  request: AtsInterviewRequest;
}

const openInterviews = async (opened: AtsCase): Promise<Opened> => {
  const { interviews } = opened.ats;
  assert.ok(interviews, 'the connector takes no interviews');
  const candidate = await someCandidate(opened.ats);
  const people = (await opened.ats.users())
    .filter(({ active, email }) => active && email !== '')
    .map(({ id, email }) => ({ userId: id, email, feedbackFormId: null }));
  const request: AtsInterviewRequest = {
    remoteId: candidate.remoteId,
    ref: 'ref-of-the-create',
    url: 'https://hub.example/interviews/iv_1',
    timeZone: 'Europe/Berlin',
    note: 'On site',
    events: [],
  };
  const start = opened.now() + 7 * day;
  request.events = [
    { ...event('one', start), interviewers: [person(people, 0), person(people, 1)] },
    { ...event('two', start + 60 * minute), interviewers: [person(people, 1)] },
  ];
  return { ...opened, interviews, candidate, people, request };
};

const person = (people: Person[], index: number): Person => {
  const found = people[index];
  assert.ok(found, 'the emulator has too few users');
  return found;
};

const event = (key: string, start: number): AtsEvent => ({
  key,
  remoteId: null,
  title: `Event ${key}`,
  start,
  end: start + 30 * minute,
  location: 'https://pad.example/room',
  note: 'Join with this link',
  feedbackFormId: null,
  interviewers: [],
});

/** The request as the hub repeats it, once it knows the ids. */
const known = (request: AtsInterviewRequest, { events }: AtsInterview): AtsInterviewRequest => ({
  ...request,
  events: request.events.map((one) => ({
    ...one,
    remoteId: events.find(({ key }) => key === one.key)?.remoteId ?? null,
  })),
});

/** All but the hub's own ids, which a bare read may not know. */
const remote = (interview: AtsInterview | null) => {
  assert.ok(interview);
  const { id, state, events } = interview;
  return { id, state, events: events.map(({ key: _, ...rest }) => rest) };
};

/** Exactly these events, by time, each with the hub's id and one of its own. */
const assertTells = (interview: AtsInterview, events: AtsEvent[]): void => {
  const told = interview.events.map(({ key, start }) => ({ key, start }));
  const wanted = events.map(({ key, start }) => ({ key, start }));
  assert.deepEqual(
    told,
    wanted.toSorted((a, b) => a.start - b.start),
  );
  const ids = interview.events.map(({ remoteId }) => remoteId);
  assert.ok(!ids.includes('') && new Set(ids).size === ids.length);
};

const operationsOf = async (opened: Opened): Promise<Operation[]> => {
  const { interviews, request, candidate } = opened;
  const made = await interviews.create(request);
  const fresh = { ...request, ref: 'ref-answered' };
  return [
    { what: 'feedback forms', run: () => interviews.feedbackForms() },
    { what: 'creating', run: () => interviews.create(fresh) },
    { what: 'finding', run: () => interviews.find(request) },
    { what: 'reading', run: () => interviews.read(candidate.remoteId, made.id) },
    { what: 'updating', run: () => interviews.update(made.id, known(request, made)) },
    { what: 'removing', run: () => interviews.remove(candidate.remoteId, made.id) },
  ];
};
