/** Tests that were sent, with their results. */
import { z } from '@hono/zod-openapi';
import type { AssessmentRow } from '#store/assessments.ts';
import { at, maybeAt, time } from '../document.ts';

export const assessmentStatuses = [
  'invited',
  'started',
  'completed',
  'pending_review',
  'expired',
  'declined',
  'cancelled',
] as const;

export const AssessmentSchema = z
  .object({
    id: z.string().openapi({ description: 'Id of the effect that sent it.' }),
    candidateId: z.string(),
    connectionId: z.string(),
    remoteId: z.string(),
    url: z.string().openapi({ description: 'What the candidate opens.' }),
    testId: z.string(),
    testName: z.string(),
    status: z.enum(assessmentStatuses),
    score: z.number().nullable(),
    maxScore: z.number().nullable(),
    percent: z.number().nullable(),
    verdict: z.string().nullable(),
    reportUrl: z.string().nullable(),
    expiresAt: time.nullable().openapi({
      description: 'Until when it can be begun; null: the platform does not tell.',
    }),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    nextPollAt: time.nullable().openapi({ description: 'When its result is asked for next.' }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Assessment');

export const presentAssessment = (row: AssessmentRow): z.infer<typeof AssessmentSchema> => ({
  id: row.effect_id,
  candidateId: row.candidate_id,
  connectionId: row.connection_id,
  remoteId: row.remote_id,
  url: row.url,
  testId: row.test_id,
  testName: row.test_name,
  status: row.status,
  score: row.score,
  maxScore: row.max_score,
  percent: row.percent,
  verdict: row.verdict,
  reportUrl: row.report_url,
  expiresAt: maybeAt(row.expires_at),
  startedAt: maybeAt(row.started_at),
  finishedAt: maybeAt(row.finished_at),
  nextPollAt: maybeAt(row.next_poll_at),
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
});
