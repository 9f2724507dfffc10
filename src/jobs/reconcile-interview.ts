/**
 * Brings the outside in step with an interview's plan:
 * 1. compare what should exist with the ledger, and ask for what is owed (one transaction),
 * 2. do what is due of the first step: sessions, then the ATS, then mails, then notes,
 * 3. compare again, for a link that exists now changes what is to be said,
 * 4. nothing left: say when to look again.
 */
import { diff, type Difference, type Owed, type Wanted } from '#core/interview/diff.ts';
import { withLasting } from '#core/interview/lasting.ts';
import { assignReaders } from '#core/interview/readers.ts';
import { neededSessions } from '#core/interview/sessions.ts';
import type { Scene } from '#core/interview/scene.ts';
import { audienceOf, candidatePage, testPage } from '#core/interview/things.ts';
import { want } from '#core/interview/want.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { askFor, dropAsked, heldOf, thingsOf, type ThingRow } from '#store/interview-effects.ts';
import {
  lockIfThere,
  openSending,
  setLookAt,
  updateInterview,
  type InterviewRow,
} from '#store/interviews.ts';
import { ensureJoinLink } from '#store/join-links.ts';
import { followCandidate } from './candidate-gone.ts';
import type { Audience } from '#store/schema-scheduling.ts';
import { gatherScene } from './gather-scene.ts';
import type { Hub } from './hub.ts';
import { countOrganizer } from './organizer.ts';
import { performThing } from './perform-thing.ts';

/** An interview has some dozens of things; more rounds than this mean that something turns in circles. */
const mostRounds = 100;
/** Acts of one step that are under way together. */
const together = 8;

interface Compared {
  interview: InterviewRow;
  scene: Scene;
  wanted: Wanted[];
  /** What may be done now, in order. */
  due: ThingRow[];
}

export const reconcileInterview = async (hub: Hub, job: { interviewId: string }): Promise<void> => {
  const tried = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const compared = await inTransaction(hub.db, (tx) => compare(hub, tx, job.interviewId));
    if (compared === null) return;
    const fresh = compared.due.filter((row) => !tried.has(tryOf(row)));
    const step = fresh[0]?.step;
    const batch = fresh.filter((row) => row.step === step).slice(0, together);
    if (batch.length === 0) return;
    for (const row of batch) tried.add(tryOf(row));
    await Promise.all(batch.map((row) => performThing(hub, { ...compared, row })));
  }
  throw new Error(`jobs: interview ${job.interviewId} does not come to rest.`);
};

/** One try of one act; a failed one waits for its time and does not hold up the others. */
const tryOf = (row: ThingRow): string => `${row.id}/${String(row.generation)}`;

/** Null: nothing may leave the hub yet, or it was taken back. */
const compare = async (hub: Hub, tx: Executor, interviewId: string): Promise<Compared | null> => {
  const found = await lockIfThere(tx, interviewId);
  if (found === null) return null;
  if (found.send_at !== null && found.send_at > hub.now()) {
    await setLookAt(tx, interviewId, found.send_at);
    return null;
  }
  let interview = found.send_at === null ? found : await openSending(tx, interviewId);
  if (interview.state === 'confirmed' && (interview.ends_at ?? Infinity) <= hub.now())
    interview = await updateInterview(tx, interview.id, { state: 'completed' });
  interview = await countOrganizer(hub, tx, await followCandidate(tx, interview));
  const first = await gatherScene(hub, tx, interview);
  if (interview.state === 'completed') {
    await setLookAt(tx, interview.id, null);
    return { interview, scene: first.scene, wanted: [], due: [] };
  }
  const isNew = await ensureJoinLinks(tx, first.scene);
  const { scene, things } = isNew ? await gatherScene(hub, tx, interview) : first;
  const { wanted, owed, obsolete, nextLook } = owedBy(scene, things, interview.notify);
  for (const one of owed) await askFor(tx, interview, leavesBy(scene, things, one));
  await dropAsked(tx, interview.id, obsolete);
  const isAsked = owed.length + obsolete.length > 0;
  const ledger = isAsked ? await thingsOf(tx, interview.id) : things;
  const due = ledger.filter((row) => isDue(row, scene.now));
  const retries = ledger.flatMap(({ state, next_try_at: at }) =>
    state === 'owed' && at !== null && at > scene.now ? [at] : [],
  );
  const looks = [
    ...retries,
    ...(nextLook === null ? [] : [nextLook]),
    ...(interview.state === 'confirmed' && interview.ends_at !== null ? [interview.ends_at] : []),
  ];
  await setLookAt(tx, interview.id, looks.length > 0 ? Math.min(...looks) : null);
  if (nextLook !== null)
    await hub.queue.sendLater(tx, 'reconcile-interview', { interviewId }, nextLook);
  return { interview, scene, wanted, due };
};

/** What is owed now; `notify`: who is told of it. */
export const owedBy = (
  scene: Scene,
  things: readonly ThingRow[],
  notify: readonly Audience[],
): Difference & { wanted: Wanted[] } => {
  const held = withLasting(scene, things.map(heldOf));
  const { wanted, stays } = assignReaders(want(scene), held);
  const leave = (thing: string): boolean => {
    const audience = audienceOf(thing);
    return stays.has(thing) || (audience !== null && !notify.includes(audience));
  };
  return { wanted, ...diff(wanted, held, scene.now, leave) };
};

/** What was once sent is taken back through the server of now, whichever sent it. */
const leavesBy = (scene: Scene, things: readonly ThingRow[], owed: Owed): Owed => {
  if (owed.kind !== 'mail' || owed.act !== 'remove') return owed;
  const row = things.find(({ key }) => key === owed.thing);
  const wasSent = owed.connectionId !== null || (row?.remote_id ?? null) !== null;
  const connectionId = wasSent ? (scene.mail.connectionId ?? owed.connectionId) : null;
  return { ...owed, connectionId };
};

const isDue = (row: ThingRow, now: number): boolean =>
  row.state === 'owed'
    ? (row.next_try_at ?? 0) <= now
    : row.state === 'started' && (row.lease_until ?? 0) <= now;

/**
 * Sessions that may not be made yet get the hub's own address, for good: once it stands in an invite
 * it must work, also when the interview moves closer. So do pages about tests, the candidate's page, and
 * all sessions where the company prefers it. True when there is a new one.
 */
const ensureJoinLinks = async (tx: Executor, scene: Scene): Promise<boolean> => {
  if (scene.state !== 'confirmed') return false;
  const needed = neededSessions(scene);
  const own = needed.filter(
    ({ thing, kind, notBefore }) =>
      kind === 'live_session' &&
      (scene.plan.hubLinks === true || notBefore > scene.now) &&
      !scene.standing.has(thing),
  );
  const tests = needed.filter(({ kind }) => kind === 'assessment');
  const { email } = scene.facts.candidate;
  const missing = [
    ...(email === '' ? [] : [candidatePage(scene.id, email)]),
    ...own.map(({ thing }) => thing),
    ...tests.map(({ thing }) => testPage(thing)),
  ].filter((thing) => !scene.joinUrls.has(thing));
  for (const thing of missing) await ensureJoinLink(tx, scene.id, thing);
  return missing.length > 0;
};
