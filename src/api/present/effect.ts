/** Effects: what was done in the outside world, or is to be done, and what a person may decide. */
import { z } from '@hono/zod-openapi';
import { decisionsFor, effectDecisions } from '#jobs/effect-actions.ts';
import type { EffectEventRow, EffectRow } from '#store/effects.ts';
import { at, maybeAt, time } from '../document.ts';

export const effectStates = [
  'owed',
  'waiting',
  'started',
  'done',
  'failed',
  'unknown',
  'skipped',
] as const;
export const effectKinds = [
  'assessment',
  'live_link',
  'note',
  'live_session',
  'ats_interview',
  'ats_link',
  'mail',
] as const;

const effect = {
  id: z.string(),
  key: z.string().openapi({ description: 'Readable and unique: what makes it happen once.' }),
  kind: z.enum(effectKinds),
  act: z.enum(['create', 'update', 'remove']).nullable().openapi({
    description: 'Of what an interview makes: what was asked for last.',
  }),
  state: z.enum(effectStates),
  candidateId: z.string().nullable(),
  connectionId: z
    .string()
    .nullable()
    .openapi({ description: 'Where it happens; null: mail that is kept in the outbox.' }),
  ruleId: z.string().nullable(),
  parentId: z.string().nullable().openapi({ description: 'A note: the effect that it tells of.' }),
  request: z.record(z.string(), z.unknown()).openapi({ description: 'What was asked for.' }),
  ref: z.string().openapi({ description: 'The mark left at the vendor, to look for it there.' }),
  remoteId: z.string().nullable(),
  remoteUrl: z.string().nullable(),
  attempts: z.int(),
  error: z
    .object({ kind: z.string().nullable(), text: z.string() })
    .nullable()
    .openapi({ description: 'The last error, or why it waits, in plain words.' }),
  nextTryAt: time.nullable(),
  decisions: z
    .array(z.enum(effectDecisions))
    .openapi({ description: 'What a person may decide about it now.' }),
  createdAt: time,
  doneAt: time.nullable(),
  updatedAt: time,
};

export const EventSchema = z
  .object({ at: time, state: z.string(), text: z.string(), actor: z.string().nullable() })
  .openapi('EffectEvent');

export const EffectSchema = z.object(effect).openapi('Effect');
export const EffectWithEventsSchema = z
  .object({ ...effect, events: z.array(EventSchema) })
  .openapi('EffectWithEvents');

export const presentEffect = (row: EffectRow): z.infer<typeof EffectSchema> => ({
  id: row.id,
  key: row.key,
  kind: row.kind,
  act: row.act,
  state: row.state,
  candidateId: row.candidate_id,
  connectionId: row.connection_id,
  ruleId: row.rule_id,
  parentId: row.parent_id,
  request: row.request as Record<string, unknown>,
  ref: row.ref,
  remoteId: row.remote_id,
  remoteUrl: row.remote_url,
  attempts: row.attempts,
  error: row.error_text === null ? null : { kind: row.error_kind, text: row.error_text },
  nextTryAt: maybeAt(row.next_try_at),
  decisions: decisionsFor(row.state),
  createdAt: at(row.created_at),
  doneAt: maybeAt(row.done_at),
  updatedAt: at(row.updated_at),
});

export const presentEvent = (row: EffectEventRow): z.infer<typeof EventSchema> => ({
  at: at(row.at),
  state: row.state,
  text: row.text,
  actor: row.actor,
});
