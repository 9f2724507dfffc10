/** What a person may ask of a rule besides changing it: who would match, and "send now". */
import { actionKey } from '#core/automation/match.ts';
import { conflict, invalid, LoopwrightError } from '#core/errors.ts';
import type { Candidate } from '#core/model.ts';
import type { Capabilities } from '#connectors/contract.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { upsertCandidate } from '#store/candidates.ts';
import { findChoices, findTags } from '#store/choices.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { ensureEffect, findEffect, moveEffect, type EffectRow } from '#store/effects.ts';
import { findRule, type RuleInput, type RuleRow, ruleInput } from '#store/rules.ts';
import { actionRequest } from './apply-rule.ts';
import { refreshChoices } from './refresh-choices.ts';
import { noAddress } from './requests.ts';
import { capabilitiesOf, type Hub } from './hub.ts';

/** Refuses a rule that could never work, naming the field; reads the vendor's lists anew if need be. */
export const checkRule = async (hub: Hub, input: RuleInput): Promise<void> => {
  const ats = await usable(hub, input.connectionId, 'connectionId');
  const platform = await usable(hub, input.platformId, 'platformId');
  if (!ats.ats)
    throw invalid(
      'rule_not_an_ats',
      'rule: that connection is no ATS. Choose a connection to an ATS.',
      'connectionId',
    );
  if (input.action === 'assessment' && !platform.assessments)
    throw invalid(
      'rule_platform_lacks_tests',
      'rule: that platform sends no tests. Choose another platform, or make a live link.',
      'platformId',
    );
  if (input.action === 'live_link' && !platform.liveSessions)
    throw invalid(
      'rule_platform_lacks_live',
      'rule: that platform has no live sessions. Choose another platform, or send a test.',
      'platformId',
    );
  if (input.action === 'assessment' && input.testId === null)
    throw invalid(
      'rule_test_missing',
      "rule: no test is chosen. Choose one of the platform's tests.",
      'testId',
    );
  await mustExist(hub, input.connectionId, 'stage', input.stageIds, 'stageIds');
  if (input.jobId !== null) await mustExist(hub, input.connectionId, 'job', [input.jobId], 'jobId');
  if (input.testId !== null) {
    const kind = input.action === 'assessment' ? 'test' : 'template';
    await mustExist(hub, input.platformId, kind, [input.testId], 'testId');
  }
};

type Tagged = Pick<RuleInput, 'connectionId' | 'tag'>;

/**
 * The same rule with its tag as candidates carry it. Where the vendor's tags have ids, a name is
 * taken for the one tag that has it, case-sensitively, and a tag that does not exist is refused;
 * where the text is all there is, any text may yet be given to a candidate.
 */
export const resolveTag = async <Rule extends Tagged>(hub: Hub, rule: Rule): Promise<Rule> => {
  const { connectionId, tag } = rule;
  if (tag === null) return rule;
  const named = async () => findTags(hub.db, connectionId, tag);
  let tags = await named();
  if (tags.matching.length === 0) {
    await refreshChoices(hub, { connectionId });
    tags = await named();
  }
  const [only, ...others] = tags.matching;
  if (only && (others.length === 0 || only.remote_id === tag))
    return { ...rule, tag: only.remote_id };
  if (only)
    throw invalid(
      'rule_tag_ambiguous',
      `rule: the vendor has several tags named ${tag}. Give the id of the one that is meant.`,
      'tag',
    );
  if (!tags.haveIds) return rule;
  throw invalid(
    'rule_tag_unknown',
    `rule: the vendor has no tag ${tag}. Choose one from its list; upper and lower case differ.`,
    'tag',
  );
};

/** A connection that a rule needs; refused in the rule's words when it was removed. */
const present = async (hub: Hub, id: string, field?: string): Promise<ConnectionRow> => {
  const row = await findConnection(hub.db, id).catch((thrown: unknown) => {
    if (thrown instanceof LoopwrightError) return null;
    throw thrown;
  });
  if (!row)
    throw invalid(
      'rule_connection_removed',
      `rule: the connection ${id} does not exist or was removed. Choose one of the present connections.`,
      field,
    );
  return row;
};

const usable = async (hub: Hub, id: string, field: string): Promise<Capabilities> =>
  capabilitiesOf(hub, await present(hub, id, field));

const mustExist = async (
  hub: Hub,
  connectionId: string,
  kind: 'stage' | 'job' | 'test' | 'template',
  ids: readonly string[],
  field: string,
): Promise<void> => {
  const missing = async (): Promise<string | undefined> => {
    const found = new Set(
      (await findChoices(hub.db, connectionId, kind, ids)).map((row) => row.remote_id),
    );
    return ids.find((id) => !found.has(id));
  };
  if ((await missing()) === undefined) return;
  await refreshChoices(hub, { connectionId });
  const id = await missing();
  if (id !== undefined)
    throw invalid(
      `rule_${kind}_unknown`,
      `rule: the vendor has no ${kind} with the id ${id}. Choose one from its list.`,
      field,
    );
};

export interface Preview {
  /** How many would match; `more` when the count stopped at its limit. */
  count: number;
  more: boolean;
  candidates: Array<{
    remoteId: string;
    name: string;
    email: string | null;
    stageId: string;
    url: string;
  }>;
}

const previewPages = 10;
const previewShown = 50;

/** Who stands in the rule's stages today and has its tag and job. Reads only. */
export const previewRule = async (
  hub: Hub,
  rule: Pick<RuleInput, 'connectionId' | 'stageIds' | 'tag' | 'jobId'>,
): Promise<Preview> => {
  const { ats } = await hub.open(await present(hub, rule.connectionId, 'connectionId'));
  if (!ats)
    throw invalid(
      'rule_not_an_ats',
      'rule: that connection is no ATS. Choose a connection to an ATS.',
      'connectionId',
    );
  const found: Candidate[] = [];
  let more = false;
  for (const stageId of rule.stageIds) {
    let cursor: string | null = null;
    for (let page = 0; page < previewPages; page += 1) {
      const { items, next } = await ats.inStage(stageId, cursor);
      found.push(
        ...items.filter(
          (one) =>
            !one.archived &&
            (rule.tag === null || one.tags.includes(rule.tag)) &&
            (rule.jobId === null || rule.jobId === one.jobId),
        ),
      );
      cursor = next;
      if (cursor === null) break;
    }
    more ||= cursor !== null;
  }
  const unique = [...new Map(found.map((one) => [one.remoteId, one])).values()];
  return {
    count: unique.length,
    more,
    candidates: unique
      .slice(0, previewShown)
      .map(({ remoteId, name, email, stageId, url }) => ({ remoteId, name, email, stageId, url })),
  };
};

/**
 * Does a rule's action for one chosen candidate, wherever it stands. The same action key as the
 * rule's own, so what was sent is not sent again.
 */
export const sendNow = async (
  hub: Hub,
  ruleId: string,
  remoteId: string,
  actor: Actor,
): Promise<EffectRow> => {
  const rule: RuleRow = await findRule(hub.db, ruleId);
  const { ats } = await hub.open(await present(hub, rule.connection_id));
  await present(hub, rule.platform_id);
  const candidate = await ats?.candidate(remoteId);
  if (!candidate)
    throw invalid(
      'candidate_unknown',
      `rule: the ATS has no candidate ${remoteId} that this key may see.`,
      'candidateId',
    );
  if (candidate.archived)
    throw conflict(
      'candidate_archived',
      'rule: the candidate is archived. Unarchive it in the ATS first.',
    );
  return inTransaction(hub.db, async (tx) => {
    const row = await upsertCandidate(tx, rule.connection_id, candidate, hub.now());
    const waits = rule.action === 'assessment' && row.email === null;
    const { row: effect, created } = await ensureEffect(tx, {
      key: actionKey(ruleInput(rule), candidate, row.id),
      kind: rule.action,
      state: waits ? 'waiting' : 'owed',
      candidateId: row.id,
      connectionId: rule.platform_id,
      // Without a rule's stages to leave: it was asked for wherever the candidate stands.
      ruleId: null,
      parentId: null,
      request: await actionRequest(tx, rule, rule.name, candidate.stageId),
      text: waits ? noAddress : `Asked for by ${actor.name}.`,
    });
    if (!created && effect.state !== 'skipped')
      throw conflict(
        'already_sent',
        `rule: this was asked for before and is ${effect.state}. See the candidate's activity.`,
      );
    if (!created)
      await moveEffect(tx, effect.id, ['skipped'], {
        state: waits ? 'waiting' : 'owed',
        text: waits ? noAddress : 'Asked for by hand.',
        actor: actor.name,
      });
    await insertAudit(tx, actor, 'rule.send_now', ruleId, { effect: effect.id });
    if (!waits) await hub.queue.send(tx, 'perform-effects', { candidateId: row.id });
    return findEffect(tx, effect.id);
  });
};
