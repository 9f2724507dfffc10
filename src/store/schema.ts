/** The tables as Kysely sees them. Instants are read as milliseconds and written as `Date`. */
import type { Generated } from 'kysely';
import type {
  ActionKind,
  AssessmentStatus,
  EffectKind,
  EffectState,
  CandidateProfile,
  StageEntry,
} from '#core/model.ts';
import type { Act } from '#core/interview/diff.ts';
import type { Role } from '#core/roles.ts';
import type { Verification, Wake } from '#core/model.ts';
import type {
  DefaultInstant,
  DefaultJson,
  Instant,
  Json,
  MaybeInstant,
  MaybeJson,
} from './columns.ts';
import type { SchedulingSchema } from './schema-scheduling.ts';
import type { SignInSchema } from './schema-sign-in.ts';

export type Settings = Record<string, string | number | boolean>;

export type ConnectionState = 'active' | 'paused' | 'removed';

export interface ConnectionTable {
  id: string;
  connector: string;
  name: string;
  state: ConnectionState;
  pause_code: string | null;
  pause_text: string | null;
  settings: Json<Settings>;
  requests_per_second: number | null;
  /** Of an ATS: whether its candidates get the link to the scheduler. */
  schedule_link: Generated<boolean>;
  version: Generated<number>;
  verification: MaybeJson<Verification>;
  verified_at: MaybeInstant;
  sweep_cursor: string | null;
  sweep_due_at: MaybeInstant;
  swept_at: MaybeInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
  removed_at: MaybeInstant;
}

export interface SecretTable {
  connection_id: string;
  name: string;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
  updated_at: DefaultInstant;
}

/**
 * - `intended`: written down before the vendor was asked
 * - `registered`, `disabled`: as the vendor says
 * - `exists_id_unknown`: there, but can be deleted by hand only
 * - `foreign`: somebody else's hook stands in the one place there is
 * - `manual`: the admin enters it at the vendor
 * - `per_invitation`: nothing to register, every invitation carries the address
 * - `removed_at_vendor`: deleted there by a person; never made again unasked
 * - `failed`: the vendor refused
 */
export type WebhookState =
  | 'intended'
  | 'registered'
  | 'disabled'
  | 'exists_id_unknown'
  | 'foreign'
  | 'manual'
  | 'per_invitation'
  | 'removed_at_vendor'
  | 'failed';

export interface WebhookTable {
  id: string;
  connection_id: string;
  event: string;
  token: string;
  url: string;
  remote_id: string | null;
  state: WebhookState;
  detail: string | null;
  secret_stored: Generated<boolean>;
  /** Former addresses of which nobody but a person can say whether the vendor still calls them. */
  left_behind: Generated<string[]>;
  last_delivery_at: MaybeInstant;
  last_bad_signature_at: MaybeInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export type DeliveryState = 'queued' | 'done' | 'ignored';

export interface DeliveryTable {
  id: Generated<number>;
  webhook_id: string;
  connection_id: string;
  dedupe_key: string;
  event: string;
  wakes: Json<Wake[]>;
  subject: string | null;
  state: Generated<DeliveryState>;
  detail: string | null;
  received_at: DefaultInstant;
  handled_at: MaybeInstant;
}

export interface CandidateTable {
  id: string;
  connection_id: string;
  remote_id: string;
  person_id: string;
  name: string;
  email: string | null;
  stage_id: string;
  tags: string[];
  job_id: string | null;
  archived: boolean;
  entries: Json<StageEntry[]>;
  url: string;
  profile: DefaultJson<CandidateProfile>;
  gone: Generated<boolean>;
  refreshed_at: Instant;
  created_at: DefaultInstant;
}

export type ChoiceKind = 'stage' | 'tag' | 'job' | 'user' | 'test' | 'template' | 'feedback_form';

/** `detail` of a stage: its plan; of a job: whether it is open, its team, plans, department and location; of a user: address. */
export interface ChoiceDetail {
  group?: { id: string; name: string } | null;
  open?: boolean;
  team?: string[];
  plans?: string[];
  department?: string;
  location?: string;
  requisition?: string;
  url?: string;
  email?: string;
  active?: boolean;
}

export interface ChoiceTable {
  connection_id: string;
  kind: ChoiceKind;
  remote_id: string;
  position: number;
  name: string;
  detail: DefaultJson<ChoiceDetail>;
  refreshed_at: Instant;
}

export interface RuleTable {
  id: string;
  name: string;
  connection_id: string;
  stage_ids: string[];
  tag: string | null;
  job_id: string | null;
  action: ActionKind;
  platform_id: string;
  test_id: string | null;
  repeats: Generated<boolean>;
  enabled: boolean;
  enabled_at: MaybeInstant;
  version: Generated<number>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
  removed_at: MaybeInstant;
}

export interface EffectTable {
  id: string;
  key: string;
  kind: EffectKind;
  state: EffectState;
  candidate_id: string | null;
  connection_id: string | null;
  rule_id: string | null;
  parent_id: string | null;
  ref: string;
  request: Json<unknown>;
  remote_id: string | null;
  remote_url: string | null;
  attempts: Generated<number>;
  error_kind: string | null;
  error_text: string | null;
  next_try_at: MaybeInstant;
  fence: Generated<number>;
  lease_until: MaybeInstant;
  lease_process: number | null;
  /** Of an interview's things (`store/interview-effects.ts`); null and empty for those of rules. */
  interview_id: string | null;
  act: Act | null;
  asked: string | null;
  stands: string | null;
  lasting: Generated<boolean>;
  step: Generated<number>;
  generation: Generated<number>;
  result: MaybeJson<unknown>;
  created_at: DefaultInstant;
  done_at: MaybeInstant;
  updated_at: DefaultInstant;
}

export interface EffectEventTable {
  id: Generated<number>;
  effect_id: string;
  at: DefaultInstant;
  state: string;
  text: string;
  actor: string | null;
}

export type DecisionOutcome = 'fired' | 'skipped';

export interface DecisionTable {
  id: Generated<number>;
  rule_id: string;
  candidate_id: string;
  stage_id: string;
  entered_at: Instant;
  outcome: DecisionOutcome;
  reason: Generated<string>;
  effect_id: string | null;
  decided_at: DefaultInstant;
}

export interface AssessmentTable {
  effect_id: string;
  candidate_id: string;
  connection_id: string;
  remote_id: string;
  url: string;
  test_id: string;
  test_name: string;
  status: AssessmentStatus;
  score: number | null;
  max_score: number | null;
  percent: number | null;
  verdict: string | null;
  report_url: string | null;
  expires_at: MaybeInstant;
  started_at: MaybeInstant;
  finished_at: MaybeInstant;
  revision: Generated<number>;
  polls: Generated<number>;
  next_poll_at: MaybeInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export interface ApiKeyTable {
  id: string;
  name: string;
  hash: Buffer;
  role: Role;
  email: string | null;
  created_at: DefaultInstant;
  last_used_at: MaybeInstant;
  revoked_at: MaybeInstant;
}

export interface IdempotencyTable {
  /** The key or the user that sent the request. */
  owner_id: string;
  key: string;
  fingerprint: string;
  status: number | null;
  body: string | null;
  created_at: DefaultInstant;
}

export interface AuditTable {
  id: Generated<number>;
  at: DefaultInstant;
  actor_id: string;
  actor_name: string;
  act: string;
  object: string;
  detail: DefaultJson<Record<string, unknown>>;
}

export interface OAuthAttemptTable {
  state_hash: Buffer;
  connector: string;
  name: string;
  settings: Json<Settings>;
  /** The connection that gets the tokens; null: one is made. */
  connection_id: string | null;
  actor_id: string;
  actor_name: string;
  expires_at: Instant;
}

export interface ReplyMailboxTable {
  name: string;
  /** While it stays the same, a UID names the same mail; null: it was never opened. */
  uid_validity: string | null;
  /** Every mail up to this UID was looked at. */
  read_to: Generated<number>;
  /** The end of the last look that went through. */
  looked_at: MaybeInstant;
  failing_since: MaybeInstant;
  fault: string | null;
}

export interface ReplyMailTable {
  mailbox: string;
  uid: number;
  message_id: string;
  reason: string;
  attempts: number;
  first_at: Instant;
  /** Null: it is not tried any more. */
  next_try_at: MaybeInstant;
}

export interface Schema extends SchedulingSchema, SignInSchema {
  connection: ConnectionTable;
  secret: SecretTable;
  webhook: WebhookTable;
  delivery: DeliveryTable;
  candidate: CandidateTable;
  choice: ChoiceTable;
  rule: RuleTable;
  effect: EffectTable;
  effect_event: EffectEventTable;
  decision: DecisionTable;
  assessment: AssessmentTable;
  api_key: ApiKeyTable;
  idempotency: IdempotencyTable;
  audit: AuditTable;
  oauth_attempt: OAuthAttemptTable;
  /** One row, once a backup was restored. */
  installation: { only_row: Generated<boolean>; restored_at: MaybeInstant };
  pooled_link: { url: string; connection_id: string; ref: string; taken_at: DefaultInstant };
  reply_mailbox: ReplyMailboxTable;
  reply_mail: ReplyMailTable;
  rate_bucket: { name: string; free_at: Instant };
  process: { id: Generated<number>; role: string; started_at: DefaultInstant };
  job_run: { job_id: string; queue: string; process_id: number; started_at: DefaultInstant };
}
