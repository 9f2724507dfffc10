/**
 * Re-reads a candidate and applies the rules:
 * 1. read the candidacy from the ATS (a webhook is only a hint),
 * 2. mirror it,
 * 3. match the rules against the ATS's own history, and look whether the link to the scheduler fits,
 * 4. write the effects that are owed, and what was decided, in one transaction with their job.
 */
import { matchRule, type Match, type Rule } from '#core/automation/match.ts';
import type { Candidate } from '#core/model.ts';
import { ConnectorError } from '#connectors/contract.ts';
import {
  eraseGone,
  findCandidates,
  markGone,
  upsertCandidate,
  type CandidateRow,
} from '#store/candidates.ts';
import { findChoices } from '#store/choices.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { finishDeliveries, newestQueued } from '#store/deliveries.ts';
import {
  effectsOfCandidate,
  ensureEffect,
  moveEffect,
  type EffectRow,
  waitingEffects,
  waitingForRule,
} from '#store/effects.ts';
import {
  recordDecision,
  rulesOfConnection,
  stagesOfRule,
  type RuleRow,
  ruleInput,
} from '#store/rules.ts';
import { hasSpokenInterviews, spokenInterviewsOf } from '#store/interviews.ts';
import { listWebhooks } from '#store/webhooks.ts';
import { isPassing, pauseUnauthorized } from './policy.ts';
import { noAddress, type ActionRequest } from './requests.ts';
import { wantScheduleLink } from './schedule-link.ts';
import type { Hub } from './hub.ts';

/** Automatic reasons for a skip that end when the candidate comes back. */
const leftStage = 'The candidate left the stage before an e-mail address appeared.';
const ruleChanged =
  'Its rule was switched off, removed or changed before an e-mail address appeared.';

export const applyRule = async (
  hub: Hub,
  job: { connectionId: string; remoteId: string },
): Promise<void> => {
  const connection = await findConnection(hub.db, job.connectionId).catch(() => null);
  // A paused connection's deliveries stay open and are queued again when it resumes.
  if (connection?.state !== 'active') return;
  const upTo = await newestQueued(hub.db, job.connectionId, job.remoteId);
  let candidate: Candidate | null;
  try {
    const { ats } = await hub.open(connection);
    if (!ats) return;
    candidate = await ats.candidate(job.remoteId);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || isPassing(thrown)) throw thrown;
    if (thrown.kind === 'unauthorized') {
      await pauseUnauthorized(hub.db, connection.id, thrown);
      return;
    }
    hub.log.warn({ connection: connection.id, kind: thrown.kind }, thrown.message);
    if (upTo !== null)
      await finishDeliveries(hub.db, job.connectionId, job.remoteId, upTo, thrown.message);
    return;
  }
  await inTransaction(hub.db, async (tx) => {
    const text = candidate
      ? await applyTo(hub, tx, connection, candidate)
      : await forget(hub, tx, job.connectionId, job.remoteId);
    if (upTo !== null) await finishDeliveries(tx, job.connectionId, job.remoteId, upTo, text);
  });
};

/** Steps 2 to 4 for a candidacy as just read; says in a sentence what came of it. */
export const applyTo = async (
  hub: Hub,
  tx: Executor,
  connection: ConnectionRow,
  candidate: Candidate,
): Promise<string> => {
  const row = await upsertCandidate(tx, connection.id, candidate, hub.now());
  const rules = await activeRules(tx, connection.id);
  await settleWaiting(hub, tx, row, candidate);
  // Name, address or number may be others now, and stand in invites.
  for (const interviewId of await spokenInterviewsOf(tx, row.id))
    await hub.queue.send(tx, 'reconcile-interview', { interviewId });
  let fired = 0;
  let skipped = 0;
  for (const rule of rules) {
    const match = matchRule(toRule(rule), candidate, row.id);
    if (match.outcome === 'none') continue;
    if (match.outcome === 'fired') fired += 1;
    const effect = match.outcome === 'fired' ? await want(hub, tx, rule, row, match) : null;
    const stands = await recordDecision(tx, {
      ruleId: rule.id,
      candidateId: row.id,
      stageId: match.entry.stageId,
      enteredAt: match.entry.enteredAt,
      outcome: match.outcome,
      reason: match.outcome === 'skipped' ? match.reason : '',
      effectId: effect?.id ?? null,
    });
    if (match.outcome === 'skipped' && stands) skipped += 1;
  }
  const linked = (await putsLinks(tx, connection)) && (await wantScheduleLink(hub, tx, row));
  return `${inWords(fired, skipped)}${linked ? ' The link to the scheduler is owed.' : ''}`;
};

const inWords = (fired: number, skipped: number): string => {
  if (fired > 0) return `${String(fired)} rule(s) applied.`;
  return skipped > 0
    ? `${String(skipped)} rule(s) skipped, see the decisions.`
    : 'No rule matched.';
};

/** Rules rest while the hook they hang on was removed at the vendor by a person. */
export const activeRules = async (db: Executor, connectionId: string): Promise<RuleRow[]> => {
  const rules = await rulesOfConnection(db, connectionId);
  return rules.length === 0 || (await rests(db, connectionId)) ? [] : rules;
};

const rests = async (db: Executor, connectionId: string): Promise<boolean> => {
  const hooks = await listWebhooks(db, connectionId);
  return hooks.some((hook) => hook.state === 'removed_at_vendor');
};

/** Whether candidates get the link to the scheduler; that rests like the rules. */
const putsLinks = async (
  db: Executor,
  { id, schedule_link: isOn }: ConnectionRow,
): Promise<boolean> => isOn && !(await rests(db, id));

/** Whether anything may follow from a change of a candidate. */
export const isAwaited = async (db: Executor, connection: ConnectionRow): Promise<boolean> =>
  (await putsLinks(db, connection)) ||
  (await activeRules(db, connection.id)).length > 0 ||
  (await hasSpokenInterviews(db, connection.id));

const toRule = (row: RuleRow): Rule => ({
  ...ruleInput(row),
  id: row.id,
  enabledAt: row.enabled_at ?? Number.POSITIVE_INFINITY,
});

export const actionRequest = async (
  db: Executor,
  rule: Pick<RuleRow, 'platform_id' | 'test_id' | 'action' | 'connection_id'>,
  ruleName: string | null,
  stageId: string,
): Promise<ActionRequest> => {
  const kind = rule.action === 'assessment' ? 'test' : 'template';
  const [test] = await findChoices(
    db,
    rule.platform_id,
    kind,
    rule.test_id === null ? [] : [rule.test_id],
  );
  const [stage] = await findChoices(db, rule.connection_id, 'stage', [stageId]);
  return {
    testId: rule.test_id,
    testName: test?.name ?? rule.test_id ?? '',
    stageName: stage?.name ?? stageId,
    ruleName,
  };
};

const want = async (
  hub: Hub,
  tx: Executor,
  rule: RuleRow,
  candidate: CandidateRow,
  match: Extract<Match, { outcome: 'fired' }>,
): Promise<EffectRow> => {
  const waits = rule.action === 'assessment' && candidate.email === null;
  const { row, created } = await ensureEffect(tx, {
    key: match.actionKey,
    kind: rule.action,
    state: waits ? 'waiting' : 'owed',
    candidateId: candidate.id,
    connectionId: rule.platform_id,
    ruleId: rule.id,
    parentId: null,
    request: await actionRequest(tx, rule, rule.name, candidate.stage_id),
    ...(waits ? { text: noAddress } : {}),
  });
  if (created && !waits) await hub.queue.send(tx, 'perform-effects', { candidateId: candidate.id });
  const letGo = row.error_text === leftStage || row.error_text === ruleChanged;
  if (!created && row.state === 'skipped' && letGo) {
    await moveEffect(tx, row.id, ['skipped'], {
      state: waits ? 'waiting' : 'owed',
      text: waits ? noAddress : 'A rule asks for it again.',
      actor: null,
    });
    if (!waits) await hub.queue.send(tx, 'perform-effects', { candidateId: candidate.id });
  }
  return row;
};

/** Effects that waited for an address go out, or are dropped when the candidate has moved on. */
const settleWaiting = async (
  hub: Hub,
  tx: Executor,
  row: CandidateRow,
  candidate: Candidate,
): Promise<void> => {
  for (const effect of await waitingEffects(tx, row.id)) {
    const rule = effect.rule_id === null ? null : await stagesOfRule(tx, effect.rule_id);
    const isOfInterview = effect.interview_id !== null;
    // An interview stands until somebody cancels it, whatever became of the candidacy.
    if (isOfInterview && candidate.email === null) continue;
    if (
      (!isOfInterview && candidate.archived) ||
      (rule !== null && !rule.includes(candidate.stageId))
    ) {
      await moveEffect(tx, effect.id, ['waiting'], {
        state: 'skipped',
        text: leftStage,
        actor: null,
      });
    } else if (candidate.email !== null) {
      const text = 'An e-mail address appeared.';
      const isOwed = await moveEffect(tx, effect.id, ['waiting'], {
        state: 'owed',
        text,
        actor: null,
      });
      if (isOwed && !isOfInterview)
        await hub.queue.send(tx, 'perform-effects', { candidateId: row.id });
    }
  }
};

/**
 * A rule that is off, gone or about something else sends nothing more, also not what only waited for
 * an address. The candidates are read again, for another rule may want the same.
 */
export const withdrawWaiting = async (
  hub: Hub,
  tx: Executor,
  rule: RuleRow,
  actor: string,
): Promise<void> => {
  const waiting = await waitingForRule(tx, rule.id);
  for (const effect of waiting)
    await moveEffect(tx, effect.id, ['waiting'], { state: 'skipped', text: ruleChanged, actor });
  const candidates = await findCandidates(
    tx,
    waiting.flatMap(({ candidate_id: id }) => (id === null ? [] : [id])),
  );
  await hub.queue.sendMany(
    tx,
    'apply-rule',
    candidates.map((row) => ({ connectionId: row.connection_id, remoteId: row.remote_id })),
  );
};

const forget = async (
  hub: Hub,
  tx: Executor,
  connectionId: string,
  remoteId: string,
): Promise<string> => {
  const row = await markGone(tx, connectionId, remoteId);
  if (!row) return 'The candidate is not (or no longer) visible in the ATS.';
  await eraseGone(tx, row.id);
  // Interviews go on until a person has decided.
  for (const interviewId of await spokenInterviewsOf(tx, row.id))
    await hub.queue.send(tx, 'reconcile-interview', { interviewId });
  for (const effect of await effectsOfCandidate(tx, row.id)) {
    if (effect.interview_id !== null) continue;
    await moveEffect(tx, effect.id, ['owed', 'waiting'], {
      state: 'skipped',
      text: 'The candidate was deleted in the ATS, or is hidden from this key.',
      actor: null,
    });
  }
  return 'The candidate is gone from the ATS; nothing more is done for it.';
};
