import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { interviewsConformance } from '#connectors/conformance-interviews.ts';
import { someCandidate, type AtsCase } from '#connectors/conformance-ats-case.ts';
import {
  ConnectorError,
  type AtsEvent,
  type AtsInterview,
  type AtsInterviewRequest,
  type AtsInterviews,
} from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import { callApi, nobody, open, scripted, wanted, webhooksOf } from './fixtures/testing.ts';
import lever from './index.ts';

interface PanelJson {
  id: string;
  note: string | null;
  externalUrl: string | null;
  feedbackReminder: string;
  timezone: string;
  interviews: Array<{
    id: string;
    subject: string;
    date: number;
    duration: number;
    note: string;
    location: string;
    feedbackReminder: string;
    interviewers: Array<{ id: string; feedbackTemplate: string }>;
  }>;
}

const hour = 3_600_000;
const url = 'https://hub.example/interviews/iv_1';

/** A candidate, two people and a form, and what the hub would ask for. */
const begin = async () => {
  const opened = open({ candidates: 20 });
  const { interviews } = opened.ats;
  assert.ok(interviews);
  const { remoteId } = await someCandidate(opened.ats);
  const people = (await opened.ats.users()).slice(3, 5);
  const [form, other] = await interviews.feedbackForms();
  const [first, second] = people;
  assert.ok(first && second && form && other);
  const event = (key: string, more: Partial<AtsEvent> = {}): AtsEvent => ({
    key,
    remoteId: null,
    title: `Event ${key}`,
    start: opened.now() + 24 * hour,
    end: opened.now() + 25 * hour,
    location: 'Room 1',
    note: 'Room: https://code.example/s/1',
    feedbackFormId: form.id,
    interviewers: [{ userId: first.id, email: first.email, feedbackFormId: null }],
    ...more,
  });
  const request = (...events: AtsEvent[]): AtsInterviewRequest => ({
    remoteId,
    ref: 'r1',
    url,
    timeZone: 'Europe/Paris',
    note: 'For the panel',
    events,
  });
  const panels = async (): Promise<PanelJson[]> => {
    const response = await callApi(opened, 'GET', `/opportunities/${remoteId}/panels`);
    return ((await response.json()) as { data: PanelJson[] }).data;
  };
  const only = async (): Promise<PanelJson> => {
    const [panel, ...others] = await panels();
    assert.ok(panel);
    assert.equal(others.length, 0, 'one panel');
    return panel;
  };
  return { opened, interviews, remoteId, first, second, form, other, event, request, panels, only };
}; // prettier-ignore

const remoteIdOf = ({ events }: AtsInterview, key: string): string => {
  const found = events.find((one) => one.key === key);
  assert.ok(found, `no event ${key}`);
  return found.remoteId;
};

const inLever = ({ page }: AtsCase, remoteId: string, panel: string, act: 'cancel' | 'delete') =>
  page(`/candidates/${remoteId}/panels/${panel}/${act}`, {});

/** What the hub does with an answer that did not come: look it up, and try again. */
const insisting = async (
  interviews: AtsInterviews,
  request: AtsInterviewRequest,
): Promise<AtsInterview> => {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      const found = tries === 0 ? null : await interviews.find(request);
      return found ?? (await interviews.create(request));
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || thrown.kind !== 'unreachable') throw thrown;
    }
  }
  throw new assert.AssertionError({ message: 'never came through' });
};

interviewsConformance(lever, createEmulator, {
  cancel: (opened, { remoteId }, id) => inLever(opened, remoteId, id, 'cancel'),
  stranger: { userId: nobody, email: 'nobody@company.example' },
  bare403: 'forbidden',
});

describe('an interview pushed to Lever', () => {
  test('is a panel in the name of the chosen user, with all that a person looks for', async () => {
    const { opened, interviews, first, second, form, other, event, request, only } = await begin();
    const two = [
      { userId: first.id, email: first.email, feedbackFormId: null },
      { userId: second.id, email: second.email, feedbackFormId: other.id },
    ];
    const created = await interviews.create(
      request(event('a', { interviewers: two }), event('b', { feedbackFormId: null })),
    );
    const panel = await only();
    assert.equal(created.state, 'scheduled');
    assert.deepEqual(
      [panel.externalUrl, panel.note, panel.timezone],
      [url, 'For the panel', 'Europe/Paris'],
    );
    const [a, b] = panel.interviews;
    assert.deepEqual(
      [a?.subject, a?.duration, a?.location, a?.note],
      ['Event a', 60, 'Room 1', 'Room: https://code.example/s/1'],
    );
    assert.deepEqual(
      a?.interviewers.map(({ id, feedbackTemplate }) => [id, feedbackTemplate]),
      [
        [first.id, form.id],
        [second.id, other.id],
      ],
    );
    assert.deepEqual(created.events, [
      {
        key: 'a',
        remoteId: a.id,
        start: a.date,
        feedbackUrl: `http://emulator.test/lever/interviews/${a.id}`,
      },
      { key: 'b', remoteId: b?.id, start: b?.date, feedbackUrl: null },
    ]);
    const form1 = await opened.page(`/interviews/${a.id}`);
    assert.match(await form1.text(), new RegExp(form.name));
    const written = opened.emulator.requests.find(({ method }) => method === 'POST');
    assert.match(written?.path ?? '', /panels\?perform_as=[0-9a-f-]{36}$/);
  });

  test('keeps its ids when it changes, loses what is left out and gains what is new', async () => {
    const { interviews, second, event, request, only } = await begin();
    const created = await interviews.create(request(event('a'), event('b')));
    const ids = { a: remoteIdOf(created, 'a'), b: remoteIdOf(created, 'b') };
    const moved = event('b', {
      remoteId: ids.b,
      title: 'Renamed',
      start: event('b').start + hour,
      end: event('b').end + hour,
      interviewers: [{ userId: second.id, email: second.email, feedbackFormId: null }],
    });
    const updated = await interviews.update(created.id, request(moved, event('c')));
    const panel = await only();
    assert.equal(updated.id, created.id);
    assert.equal(remoteIdOf(updated, 'b'), ids.b);
    assert.ok(![ids.a, ids.b].includes(remoteIdOf(updated, 'c')));
    assert.deepEqual(
      panel.interviews.map(({ id, subject, date }) => [id, subject, date]),
      [
        [ids.b, 'Renamed', moved.start],
        [remoteIdOf(updated, 'c'), 'Event c', event('c').start],
      ],
    );
    assert.equal(panel.interviews[0]?.interviewers[0]?.id, second.id);
    const read = await interviews.read(request().remoteId, created.id);
    assert.deepEqual(
      read?.events.map((one) => one.remoteId),
      [remoteIdOf(updated, 'c'), ids.b],
      'by time',
    );
  });

  test('keeps its ids too when the answer to an earlier change was lost', async () => {
    const { opened, interviews, event, request, only } = await begin();
    const created = await interviews.create(request(event('a')));
    const change = request(event('a', { remoteId: remoteIdOf(created, 'a') }), event('b'));
    opened.emulator.faults.push({ kind: 'drop_after', match: 'PUT /v1/opp', times: 1 });
    await assert.rejects(interviews.update(created.id, change), { kind: 'unreachable' });
    const [, b] = (await only()).interviews;
    assert.equal(remoteIdOf(await interviews.update(created.id, change), 'b'), b?.id);
  });

  test('leaves alone what people have set in Lever', async () => {
    const { opened, interviews, remoteId, event, request, only } = await begin();
    const created = await interviews.create(request(event('a')));
    const { interviews: present, ...panel } = await only();
    const performer = String(opened.link.settings['performAs']);
    const path = `/opportunities/${remoteId}/panels/${panel.id}?perform_as=${performer}`;
    const put = await callApi(opened, 'PUT', path, {
      ...panel,
      applications: undefined,
      feedbackReminder: 'once',
      interviews: present.map((one) => ({ ...one, feedbackReminder: 'none' })),
    });
    assert.equal(put.status, 200);
    await interviews.update(
      created.id,
      request(event('a', { remoteId: remoteIdOf(created, 'a') })),
    );
    const after = await only();
    assert.deepEqual(
      [after.feedbackReminder, after.interviews[0]?.feedbackReminder],
      ['once', 'none'],
    );
  });

  test('tells two meetings with the same title and time apart by their people', async () => {
    const { interviews, first, second, event, request, only } = await begin();
    const pairing = (key: string, { id, email }: { id: string; email: string }): AtsEvent =>
      event(key, {
        title: 'Pairing',
        interviewers: [{ userId: id, email, feedbackFormId: null }],
      });
    const both = request(pairing('a', first), pairing('b', second));
    await interviews.create(both);
    const found = await interviews.find({ ...both, events: both.events.toReversed() });
    assert.ok(found);
    const withFirst = (await only()).interviews.find(
      ({ interviewers }) => interviewers[0]?.id === first.id,
    );
    assert.equal(remoteIdOf(found, 'a'), withFirst?.id);
  });

  test('is found after a crash by the address of its page, and made once', async () => {
    const { opened, interviews, second, event, request, only } = await begin();
    const asked = request(event('a'), event('b'));
    assert.equal(await interviews.find(asked), null);
    opened.emulator.faults.push({ kind: 'drop_after', match: 'POST', times: 1 });
    await assert.rejects(interviews.create(asked), { kind: 'unreachable', surelyNotDone: false });
    const found = await interviews.find(asked);
    const panel = await only();
    assert.equal(found?.id, panel.id);
    assert.equal(remoteIdOf(found, 'b'), panel.interviews[1]?.id);
    const replaced = event('a', {
      interviewers: [{ userId: second.id, email: second.email, feedbackFormId: null }],
    });
    const planned = await interviews.find({ ...asked, events: [replaced] });
    assert.ok(planned);
    assert.equal(remoteIdOf(planned, 'a'), panel.interviews[0]?.id);
    for (const other of [`${url}0`, url.slice(0, -1)])
      assert.equal(await interviews.find({ ...asked, url: other }), null, other);
  });

  test('is there once, though a fifth of the answers is lost', async () => {
    const { opened, interviews, event, request, panels } = await begin();
    const fault = { kind: 'drop_after' as const, match: '', times: 1_000, share: 0.2 };
    opened.emulator.faults.push(fault);
    let made = 0;
    for (; 1_000 - fault.times < 10; made += 1) {
      const asked = request(event('a'), event('b'));
      await insisting(interviews, { ...asked, url: `${url}/${String(made)}` });
    }
    opened.emulator.faults.length = 0;
    const there = await panels();
    assert.equal(there.length, made);
    assert.equal(new Set(there.map(({ externalUrl }) => externalUrl)).size, made);
  });

  test('that was cancelled in Lever is read as cancelled, and neither changed nor found', async () => {
    const { opened, interviews, remoteId, event, request, panels } = await begin();
    const created = await interviews.create(request(event('a')));
    await inLever(opened, remoteId, created.id, 'cancel');
    assert.equal((await interviews.read(remoteId, created.id))?.state, 'cancelled');
    await assert.rejects(interviews.update(created.id, request(event('a'))), {
      kind: 'rejected',
      surelyNotDone: true,
      message: /cancelled in Lever.*put it back/,
    });
    assert.equal(await interviews.find(request(event('a'))), null);
    const again = await interviews.create(request(event('a')));
    assert.notEqual(remoteIdOf(again, 'a'), remoteIdOf(created, 'a'));
    assert.equal((await interviews.find(request(event('a'))))?.id, again.id);
    assert.equal(await interviews.remove(remoteId, created.id), 'removed');
    assert.equal((await panels()).length, 1);
  });

  test('tells the hub of its candidate when Lever calls it off or changes it', async () => {
    const { opened, interviews, remoteId, event, request } = await begin();
    const hooks = webhooksOf(opened);
    for (const name of lever.webhooks?.events ?? [])
      await hooks.subscribe({ ...wanted, event: name, known: null });
    const told = () => {
      opened.advance(1_000);
      return opened.deliveries.splice(0).map((delivery) => lever.webhooks?.parse(delivery));
    };
    const wakes = [{ kind: 'candidate', id: remoteId }];
    const asked = request(event('a'));
    const { id } = await interviews.create(asked);
    told();
    await interviews.update(id, asked);
    assert.deepEqual(
      told().map((one) => [one?.event, one?.wakes]),
      [['interviewUpdated', wakes]],
    );
    await inLever(opened, remoteId, id, 'cancel');
    assert.deepEqual(
      told().map((one) => [one?.event, one?.wakes]),
      [['interviewDeleted', wakes]],
    );
  });

  test('that was deleted in Lever is null, and cannot be changed', async () => {
    const { opened, interviews, remoteId, event, request } = await begin();
    const { id } = await interviews.create(request(event('a')));
    await inLever(opened, remoteId, id, 'delete');
    assert.equal(await interviews.read(remoteId, id), null);
    assert.equal(await interviews.read(nobody, id), null);
    await assert.rejects(interviews.update(id, request(event('a'))), {
      kind: 'rejected',
      message: /deleted in Lever/,
    });
  });

  test('is removed, and was gone the second time', async () => {
    const { interviews, remoteId, event, request, panels } = await begin();
    const { id } = await interviews.create(request(event('a')));
    assert.equal(await interviews.remove(remoteId, id), 'removed');
    assert.deepEqual(await panels(), []);
    assert.equal(await interviews.remove(remoteId, id), 'gone');
  });

  test('is refused for somebody without a Lever user, with what to do about it', async () => {
    const { interviews, event, request, panels } = await begin();
    const stranger = { userId: nobody, email: 'x@company.example', feedbackFormId: null };
    const refused = { kind: 'rejected', surelyNotDone: true, message: /active user account/ };
    await assert.rejects(
      interviews.create(request(event('a', { interviewers: [stranger] }))),
      refused,
    );
    assert.deepEqual(await panels(), []);
    await assert.rejects(interviews.create({ ...request(event('a')), remoteId: nobody }), refused);
  });

  test('counts what a key may not read, or a proxy answers, for no absence', async () => {
    const answers = [
      [Response.json({ code: 'Forbidden' }, { status: 403 }), 'forbidden'],
      [new Response('<html>nginx</html>', { status: 404 }), 'unexpected_shape'],
    ] as const;
    for (const [answer, kind] of answers) {
      const { interviews } = scripted(() => answer.clone()).ats;
      assert.ok(interviews);
      await assert.rejects(interviews.read('o1', 'p1'), { kind });
      await assert.rejects(interviews.remove('o1', 'p1'), { kind });
    }
  });

  test('is understood in the documented answer as in the recorded one', async () => {
    const panel = { id: 'p1', interviews: [{ id: 'i1', date: 5, feedbackTemplate: null }] };
    for (const data of [panel, { data: [panel], hasNext: false }]) {
      const { interviews } = scripted(() => ({ data })).ats;
      const { request } = await begin();
      assert.deepEqual(await interviews?.create(request()), {
        id: 'p1',
        state: 'scheduled',
        events: [{ key: null, remoteId: 'i1', start: 5, feedbackUrl: null }],
      });
    }
  });
});

test('a link is shown on the candidate in Lever, and once', async () => {
  const { opened, remoteId } = await begin();
  const link = 'https://hub.example/schedule?connection=c_1&candidate=1';
  await opened.ats.addLink?.(remoteId, link);
  await opened.ats.addLink?.(remoteId, link);
  const posts = opened.emulator.requests.filter(({ method }) => method === 'POST');
  assert.equal(posts.length, 1);
  assert.match(
    await (await opened.page(`/candidates/${remoteId}`)).text(),
    /hub\.example\/schedule/,
  );
});
