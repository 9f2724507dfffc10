/** One act on one thing of an interview: made, changed or taken back at whoever holds it. */
import type { AtsContent, SessionContent } from '#core/interview/want.ts';
import type { AtsResult, SessionResult } from '#core/interview/scene.ts';
import type { Note } from '#core/model.ts';
import {
  ConnectorError,
  type AtsInterview,
  type AtsInterviewRequest,
  type Capabilities,
} from '#connectors/contract.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import { refOfAct, settleThing } from '#store/interview-effects.ts';
import { performClaimed } from './claimed.ts';
import type { Hub } from './hub.ts';
import { callOff, isOff } from './look-at-ats.ts';
import { sendMail } from './send-mail.ts';
import { performTest } from './perform-test.ts';
import type { Done } from './requests.ts';
import { done, lacks, type Act } from './thing-act.ts';

export const performThing = (hub: Hub, act: Act): Promise<void> =>
  performClaimed(hub, {
    due: act.row,
    async act(row, vendor, triedBefore) {
      const candidate = await findCandidate(hub.db, act.interview.candidate_id);
      return perform(hub, { ...act, row }, vendor, candidate, triedBefore);
    },
    settle: (tx, row, done) => settleThing(tx, row, done.outcome),
    later: (tx, at) =>
      hub.queue.sendLater(tx, 'reconcile-interview', { interviewId: act.interview.id }, at),
  });

const perform = (
  hub: Hub,
  act: Act,
  vendor: Capabilities,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  switch (act.row.kind) {
    case 'live_session':
      return liveSession(hub, act, vendor, candidate, triedBefore);
    case 'assessment':
      return performTest(hub, act, vendor, candidate, triedBefore);
    case 'ats_interview':
      return atsInterview(act, vendor, candidate, triedBefore);
    case 'mail':
      return sendMail(hub, act, vendor);
    default:
      return note(act, vendor, candidate, triedBefore);
  }
};

const liveSession = async (
  hub: Hub,
  { row }: Act,
  vendor: Capabilities,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { liveSessions } = vendor;
  if (!liveSessions) return lacks('live sessions');
  if (row.act === 'remove') {
    // What was never told to have been made is looked up: perhaps it was.
    const id = row.stands === null ? (await liveSessions.find(row.ref))?.id : row.remote_id;
    const outcome = id ? await ended(liveSessions.end(id)) : 'ended';
    return done(
      outcome === 'ended'
        ? 'The session was ended at the platform.'
        : 'The platform can neither end nor delete it. It lives on there, marked as unused.',
      { result: { unused: outcome === 'unused' } },
    );
  }
  if (row.act === 'update') return done('The session stays as it is.');
  const { title, templateId } = row.request as SessionContent;
  const earlier = triedBefore ? await liveSessions.find(row.ref) : null;
  const { name, email } = candidate;
  const session =
    earlier ??
    (await liveSessions.create({ ref: row.ref, title, templateId, candidate: { name, email } }));
  return done(earlier ? 'Found at the platform: it had been made.' : 'The session was made.', {
    remoteId: session.id,
    remoteUrl: session.url,
    result: { madeAt: hub.now() } satisfies SessionResult,
  });
};

/** Whoever deleted it there did the same. */
const ended = (ending: Promise<'ended' | 'unused'>): Promise<'ended' | 'unused'> =>
  ending.catch((thrown: unknown) => {
    if (thrown instanceof ConnectorError && thrown.kind === 'not_found') return 'ended';
    throw thrown;
  });

const atsInterview = async (
  { row, scene }: Act,
  vendor: Capabilities,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const interviews = vendor.ats?.interviews;
  if (!interviews) return lacks('interviews');
  const content = row.request as AtsContent;
  const requestWith = (known: AtsResult['events']): AtsInterviewRequest => ({
    ...content,
    remoteId: candidate.remote_id,
    ref: row.ref,
    note: content.note === '' ? null : content.note,
    events: content.events.map((event) => ({
      ...event,
      remoteId: known.find(({ key }) => key === event.key)?.remoteId ?? null,
    })),
  });
  if (row.act === 'remove') {
    // What was never told to have been pushed is looked up: perhaps it was.
    const id =
      row.stands === null ? (await interviews.find(requestWith([])))?.id : row.remote_id;
    if (id) await interviews.remove(candidate.remote_id, id);
    return done('Taken out of the ATS.', { result: null });
  }
  if (row.act === 'update' && row.remote_id !== null) {
    const id = row.remote_id;
    const { events } = (row.result as AtsResult | null) ?? { events: [] };
    return interviews.update(id, requestWith(events)).then(
      (after) => pushed('The ATS was brought up to date.', after),
      async (thrown: unknown) => {
        // Refused: perhaps it was called off there.
        const refused = thrown instanceof ConnectorError && thrown.kind === 'rejected';
        if (!refused || !isOff(await interviews.read(candidate.remote_id, id))) throw thrown;
        return {
          outcome: { state: 'failed', text: 'It was called off in the ATS.', errorKind: 'not_found' },
          follow: (tx) => callOff(tx, row, 'The ATS'),
        };
      },
    );
  }
  const found =
    triedBefore || row.act === 'update' ? await interviews.find(requestWith([])) : null;
  if (!found)
    return pushed(
      `Pushed to the ATS (${scene.plan.name}).`,
      await interviews.create(requestWith([])),
    );
  // The plan may have changed since it was pushed, and the ledger have been restored.
  const request = requestWith(idsOf(found));
  return pushed(
    'Found in the ATS and brought up to date: it had been pushed.',
    await interviews.update(found.id, request),
  );
}; // prettier-ignore

const idsOf = ({ events }: AtsInterview): AtsResult['events'] =>
  events.flatMap(({ key, remoteId, feedbackUrl }) =>
    key === null ? [] : [{ key, remoteId, feedbackUrl }],
  );

const pushed = (text: string, interview: AtsInterview): Done => {
  const result: AtsResult = { events: idsOf(interview) };
  return done(text, { remoteId: interview.id, result });
};

const note = async (
  { row }: Act,
  vendor: Capabilities,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { ats } = vendor;
  if (!ats) return lacks('notes');
  const text = row.request as Note;
  if (row.act === 'update' && ats.updateNote && row.remote_id !== null) {
    await ats.updateNote(candidate.remote_id, row.remote_id, text, row.ref);
    return done('The note on the timeline was updated.');
  }
  // Where notes cannot be changed, each version is a note of its own with a ref of its own.
  const isFirst = row.ref === refOfAct(row.key, row.generation);
  const isKept = isFirst || (row.act === 'create' && ats.updateNote !== undefined);
  const ref = isKept ? row.ref : `${row.ref}v${String(row.generation)}`;
  const earlier = triedBefore ? await ats.findNote(candidate.remote_id, ref) : null;
  if (earlier) await ats.updateNote?.(candidate.remote_id, earlier.id, text, ref);
  const written = earlier ?? (await ats.addNote(candidate.remote_id, text, ref));
  return done(earlier ? 'Found on the timeline: it had been written.' : 'Written on the timeline.', {
    remoteId: written.id,
  });
}; // prettier-ignore
