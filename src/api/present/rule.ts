/** Rules as the API shows them, with what they do at present. */
import { z } from '@hono/zod-openapi';
import type { ConnectionHealth } from '#store/connections.ts';
import { ruleInput, type DecisionRow, type RuleDecisionRow, type RuleRow } from '#store/rules.ts';
import { at, maybeAt, nameText, time, vendorId } from '../document.ts';
import { versionField } from '../version.ts';
import { effectStates } from './effect.ts';

export const actions = ['assessment', 'live_link'] as const;

/** The part of a rule that says whom it is about. */
export const aboutFields = {
  connectionId: vendorId.openapi({ description: 'The ATS.' }),
  stageIds: z.array(vendorId).min(1).max(100),
  tag: z.string().min(1).max(300).nullable().default(null).openapi({
    description: 'Compared case-sensitively, as the ATS does; null: any.',
  }),
  jobId: vendorId.nullable().default(null),
};

export const RuleInputSchema = z
  .strictObject({
    name: nameText,
    ...aboutFields,
    action: z.enum(actions),
    platformId: vendorId.openapi({ description: 'The connection to the coding platform.' }),
    testId: vendorId.nullable().default(null).openapi({
      description: 'The test; or the template of a live link, null: none.',
    }),
    repeats: z.boolean().default(false).openapi({
      description: 'Whether entering the stage once more does it once more.',
    }),
    enabled: z.boolean().default(true),
  })
  .openapi('RuleInput');

export const RuleSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    connectionId: z.string(),
    stageIds: z.array(z.string()),
    tag: z.string().nullable(),
    jobId: z.string().nullable(),
    action: z.enum(actions),
    platformId: z.string(),
    testId: z.string().nullable(),
    repeats: z.boolean(),
    enabled: z.boolean(),
    enabledAt: time.nullable().openapi({
      description: 'Candidates that entered the stage before this are left alone.',
    }),
    state: z.enum(['on', 'off', 'resting']),
    stateText: z.string().openapi({ description: 'Why it is off or rests, and what to do.' }),
    version: versionField,
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Rule');

export const DecisionSchema = z
  .object({
    id: z.string(),
    ruleId: z.string(),
    candidateId: z.string(),
    stageId: z.string(),
    enteredAt: time,
    outcome: z.enum(['fired', 'skipped']),
    reason: z.string().nullable(),
    effectId: z.string().nullable(),
    decidedAt: time,
  })
  .openapi('Decision');

export const RuleDecisionSchema = DecisionSchema.extend({
  candidateName: z.string(),
  effectState: z.enum(effectStates).nullable().openapi({
    description: 'How far what it owed has come; null: it owed nothing.',
  }),
}).openapi('RuleDecision');

const restingText = (
  ats: ConnectionHealth | undefined,
  platform: ConnectionHealth | undefined,
): string | null => {
  if (!ats || ats.state === 'removed')
    return 'Rests: its connection to the ATS was removed. Choose another one, or delete the rule.';
  if (!platform || platform.state === 'removed')
    return 'Rests: its coding platform was removed. Choose another one, or delete the rule.';
  if (ats.state === 'paused') return `Rests: the connection ${ats.name} is paused. Resume it.`;
  if (platform.state === 'paused')
    return `Rests: the connection ${platform.name} is paused; what is owed goes out when it resumes.`;
  if (ats.webhookRemoved)
    return `Rests: a webhook of ${ats.name} was removed at the vendor. Subscribe again to let it work.`;
  return null;
};

export const presentRule = (
  row: RuleRow,
  healths: ReadonlyMap<string, ConnectionHealth>,
): z.infer<typeof RuleSchema> => {
  const rest = restingText(healths.get(row.connection_id), healths.get(row.platform_id));
  const state = !row.enabled ? 'off' : rest === null ? 'on' : 'resting';
  const stateText = { on: 'On.', off: 'Off. Switch it on to let it work.', resting: rest ?? '' }[
    state
  ];
  return {
    id: row.id,
    ...ruleInput(row),
    enabled: row.enabled,
    enabledAt: maybeAt(row.enabled_at),
    state,
    stateText,
    version: row.version,
    createdAt: at(row.created_at),
    updatedAt: at(row.updated_at),
  };
};

export const presentDecision = (row: DecisionRow): z.infer<typeof DecisionSchema> => ({
  id: String(row.id),
  ruleId: row.rule_id,
  candidateId: row.candidate_id,
  stageId: row.stage_id,
  enteredAt: at(row.entered_at),
  outcome: row.outcome,
  reason: row.reason === '' ? null : (reasons[row.reason] ?? row.reason),
  effectId: row.effect_id,
  decidedAt: at(row.decided_at),
});

export const presentRuleDecision = (row: RuleDecisionRow): z.infer<typeof RuleDecisionSchema> => ({
  ...presentDecision(row),
  candidateName: row.candidate_name,
  effectState: row.effect_state,
});

const reasons: Record<string, string> = {
  moved_on: 'The candidate had left the stage before the hub read of it.',
  archived: 'The candidate is archived, hired or rejected.',
  entered_before_rule:
    'The candidate entered the stage before the rule was switched on; rules are not retroactive.',
};
