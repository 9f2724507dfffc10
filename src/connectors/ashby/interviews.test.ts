/** Ashby's own ways with interviews; the rest is in the conformance suite. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { someCandidate } from '#connectors/conformance-ats-case.ts';
import type { AtsEvent, AtsInterviewRequest } from '#connectors/contract.ts';
import { unknownId } from './fixtures/test-rig.ts';
import { atsOf, failure, playground, scripted } from './fixtures/testing.ts';
import ashby from './index.ts';

const request: AtsInterviewRequest = {
  remoteId: unknownId,
  ref: 'r',
  url: 'https://hub.example/interviews/iv_1',
  timeZone: 'UTC',
  note: null,
  events: [],
};

const begin = async () => {
  const world = playground();
  const { interviews } = world.ats;
  assert.ok(interviews);
  const { remoteId } = await someCandidate(world.ats);
  const [user] = await world.ats.users();
  assert.ok(user);
  const seat = { userId: user.id, email: user.email, feedbackFormId: null };
  const event: AtsEvent = {
    key: 'a',
    remoteId: null,
    title: 'Coding',
    start: world.now() + 3_600_000,
    end: world.now() + 7_200_000,
    location: '',
    note: '',
    feedbackFormId: null,
    interviewers: [seat],
  };
  const asked = (...events: AtsEvent[]) => ({ ...request, remoteId, events });
  return { world, interviews, remoteId, seat, event, asked };
};

describe('an interview in Ashby', () => {
  test('is refused with what to look at, for an unknown interviewer and for a gone candidate', async () => {
    const { interviews, seat, event, asked } = await begin();
    const refused = { kind: 'rejected', surelyNotDone: true, message: /interviewer is an active/ };
    const strange = { ...event, interviewers: [{ ...seat, email: 'x@company.example' }] };
    await assert.rejects(interviews.create(asked(strange)), refused);
    await assert.rejects(interviews.create({ ...asked(event), remoteId: unknownId }), refused);
    const { id } = await interviews.create(asked(event));
    await assert.rejects(interviews.update(id, asked(strange)), refused);
  });

  test('can be changed by the key that made it only, which the refusal says', async () => {
    const { world, interviews, remoteId, event, asked } = await begin();
    const { id } = await interviews.create(asked(event));
    const body = new URLSearchParams('scope=interviews:read&scope=interviews:write');
    const form = { method: 'POST', body };
    const page = await (await world.emulator.pages.request('/admin/api/keys', form)).text();
    const apiKey = /id="api-key"[^>]*>\s*([0-9a-f]+)\s*</.exec(page)?.[1];
    const settings = ashby.settings.parse({ ...world.link.settings, apiKey });
    const renewed = atsOf({ ...world.link, settings }).interviews;
    assert.ok(renewed);
    await assert.rejects(renewed.update(id, asked(event)), { message: /made with this API key/ });
    assert.equal(await renewed.remove(remoteId, id), 'removed');
  });

  test('never loses feedback that was submitted, and says what a person can do', async () => {
    const { world, interviews, remoteId, seat, event, asked } = await begin();
    const later = { ...event, key: 'b', start: event.end, end: event.end + 3_600_000 };
    const { id, events } = await interviews.create(asked(event, later));
    const [first, second] = events;
    assert.ok(first && second);
    const body = new URLSearchParams({ interviewer: seat.userId });
    const form = `/interview-briefings/${first.remoteId}/feedback`;
    await world.emulator.pages.request(form, { method: 'POST', body });
    const before = world.emulator.snapshot();
    const refused = { kind: 'rejected', surelyNotDone: true, message: /submitted feedback/ };
    await assert.rejects(interviews.update(id, asked(later)), refused);
    await assert.rejects(interviews.remove(remoteId, id), refused);
    assert.deepEqual(world.emulator.snapshot(), before, 'nothing was changed');
    // What has feedback can be moved, and what has none be taken out.
    const moved = { ...event, start: event.start + 60_000, end: event.end + 60_000 };
    const after = await interviews.update(id, asked({ ...moved, remoteId: first.remoteId }));
    assert.deepEqual(
      after.events.map((one) => one.remoteId),
      [first.remoteId],
    );
    const { results } = await world.play('interviewSchedule.list', { applicationId: remoteId });
    const [schedule] = results as Array<{ interviewEvents: unknown[] }>;
    assert.partialDeepStrictEqual(schedule?.interviewEvents, [{ hasSubmittedFeedback: true }]);
  });

  test('keeps feedback that came between the look and the change, for Ashby refuses then', async () => {
    const answers: Record<string, unknown> = {
      'interviewSchedule.list': {
        results: [
          {
            id: 's',
            status: 'Scheduled',
            interviewEvents: ['a', 'b'].map((key) => ({
              id: key,
              startTime: '2026-12-01T10:00:00.000Z',
              extraData: { loopwright_ref: 'r', loopwright_event: key },
            })),
          },
        ],
      },
    };
    const { link, calls } = scripted(
      ({ endpoint }) =>
        (answers[endpoint] as Record<string, unknown> | undefined) ?? { results: { id: 's' } },
    );
    const { interviews } = atsOf(link);
    const { event } = await begin();
    await interviews?.update('s', { ...request, events: [event] });
    const cancelled = calls.at(-1);
    assert.deepEqual(cancelled?.body['interviewEventIdToCancel'], ['b']);
    assert.ok(calls.every(({ body }) => !('allowFeedbackDeletion' in body)));
  });

  test('has one form for an event: its own, else that of a person, else Ashby’s', async () => {
    const { world, interviews, remoteId, seat, event, asked } = await begin();
    const [standard, other, third] = await interviews.feedbackForms();
    assert.ok(standard && other && third);
    const interviewers = [seat, { ...seat, feedbackFormId: other.id }];
    await interviews.create(
      asked(
        { ...event, key: 'a', interviewers, feedbackFormId: third.id },
        { ...event, key: 'b', interviewers },
        event,
      ),
    );
    const { results } = await world.play('interviewSchedule.list', { applicationId: remoteId });
    const [schedule] = results as Array<{ interviewEvents: Array<{ interviewId: string }> }>;
    assert.deepEqual(
      schedule?.interviewEvents.map(({ interviewId }) => interviewId),
      [third.id, other.id, standard.id],
    );
  });

  test('is off when it lost its events, or was cancelled and kept them', async () => {
    const extraData = { loopwright_ref: 'r', loopwright_event: 'a' };
    const event = { id: 'e', startTime: '2026-12-01T10:00:00.000Z', extraData };
    for (const schedule of [
      { status: 'NeedsScheduling', interviewEvents: [] },
      { status: 'Scheduled', interviewEvents: [] },
      { status: 'Cancelled', interviewEvents: [event] },
    ]) {
      const answer = { results: [{ id: 's', ...schedule }] };
      const { interviews } = atsOf(scripted(() => answer).link);
      assert.ok(interviews);
      assert.equal((await interviews.read(unknownId, 's'))?.state, 'cancelled', schedule.status);
      assert.equal(await interviews.find(request), null);
      await assert.rejects(interviews.update('s', request), { message: /cancelled or removed/ });
    }
  });

  test('is not refused but forbidden without the permission, and not found at a wrong host', async () => {
    for (const [answer, kind] of [
      [failure({ errors: [{ message: 'no', parameter: 'interviewsWrite' }] }, 403), 'forbidden'],
      [new Response('nothing here', { status: 404 }), 'not_found'],
    ] as const) {
      const { interviews } = atsOf(scripted(() => answer).link);
      assert.ok(interviews);
      await assert.rejects(interviews.create(request), { kind });
    }
  });
});
