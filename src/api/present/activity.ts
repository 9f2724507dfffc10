/** A candidate's activity: effects with their events and results, and what rules decided. */
import { z } from '@hono/zod-openapi';
import type { ActivityRow } from '#store/activity.ts';
import type { AssessmentRow } from '#store/assessments.ts';
import type { EffectEventRow } from '#store/effects.ts';
import { at, time } from '../document.ts';
import { AssessmentSchema, presentAssessment } from './assessment.ts';
import { EffectWithEventsSchema, presentEffect, presentEvent } from './effect.ts';
import { DecisionSchema, presentDecision } from './rule.ts';

export const ActivitySchema = z
  .object({
    at: time,
    type: z.enum(['effect', 'decision']),
    effect: z.union([EffectWithEventsSchema, z.null()]),
    assessment: z.union([AssessmentSchema, z.null()]).openapi({
      description: 'The result so far, where the effect sent a test.',
    }),
    decision: z.union([DecisionSchema, z.null()]),
  })
  .openapi('Activity');

export const presentActivity = (
  row: ActivityRow,
  events: readonly EffectEventRow[],
  assessments: readonly AssessmentRow[],
): z.infer<typeof ActivitySchema> => {
  if ('decision' in row) {
    const decision = presentDecision(row.decision);
    return { at: at(row.at), type: 'decision', effect: null, assessment: null, decision };
  }
  const assessment = assessments.find((one) => one.effect_id === row.id);
  return {
    at: at(row.at),
    type: 'effect',
    effect: {
      ...presentEffect(row.effect),
      events: events.filter((event) => event.effect_id === row.id).map(presentEvent),
    },
    assessment: assessment ? presentAssessment(assessment) : null,
    decision: null,
  };
};
