/** Candidates as the hub's mirror knows them. */
import { z } from '@hono/zod-openapi';
import type { CandidateRow } from '#store/candidates.ts';
import { at, time } from '../document.ts';

export const CandidateSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    remoteId: z.string().openapi({ description: 'Id of the candidacy in its ATS.' }),
    name: z.string(),
    email: z.string().nullable(),
    stageId: z.string(),
    tags: z.array(z.string()),
    jobId: z.string().nullable(),
    archived: z.boolean(),
    gone: z.boolean().openapi({
      description:
        'The ATS shows it no more; its data is erased here as soon as no interview stands.',
    }),
    entries: z.array(z.object({ stageId: z.string(), enteredAt: time })),
    url: z.string().openapi({ description: 'The page in the ATS.' }),
    refreshedAt: time,
  })
  .openapi('Candidate');

export const presentCandidate = (row: CandidateRow): z.infer<typeof CandidateSchema> => ({
  id: row.id,
  connectionId: row.connection_id,
  remoteId: row.remote_id,
  name: row.name,
  email: row.email,
  stageId: row.stage_id,
  tags: row.tags,
  jobId: row.job_id,
  archived: row.archived,
  gone: row.gone,
  entries: row.entries.map(({ stageId, enteredAt }) => ({ stageId, enteredAt: at(enteredAt) })),
  url: row.url,
  refreshedAt: at(row.refreshed_at),
});
