/** Connections, webhooks and their deliveries, candidates, rules, the effect ledger. */
export const foundation = `
create table connection (
  id text primary key,
  connector text not null,
  name text not null,
  state text not null check (state in ('active', 'paused', 'removed')),
  pause_code text,
  pause_text text,
  settings jsonb not null,
  requests_per_second real,
  verification jsonb,
  verified_at timestamptz,
  sweep_cursor text,
  sweep_due_at timestamptz,
  swept_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz
);

create table secret (
  connection_id text not null references connection on delete cascade,
  name text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  updated_at timestamptz not null default now(),
  primary key (connection_id, name)
);

create table webhook (
  id text primary key,
  connection_id text not null references connection on delete cascade,
  event text not null,
  token text not null unique,
  url text not null,
  remote_id text,
  state text not null,
  detail text,
  secret_stored boolean not null default false,
  last_delivery_at timestamptz,
  last_bad_signature_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (connection_id, event)
);

create table delivery (
  id bigint generated always as identity primary key,
  webhook_id text not null references webhook on delete cascade,
  connection_id text not null,
  dedupe_key text not null,
  event text not null,
  wakes jsonb not null,
  subject text,
  state text not null default 'queued',
  detail text,
  received_at timestamptz not null default now(),
  handled_at timestamptz,
  unique (webhook_id, dedupe_key)
);
create index delivery_open on delivery (connection_id, subject) where state = 'queued';
create index delivery_received on delivery (received_at);

create table candidate (
  id text primary key,
  connection_id text not null references connection on delete cascade,
  remote_id text not null,
  person_id text not null,
  name text not null,
  email text,
  stage_id text not null,
  tags text[] not null,
  job_id text,
  archived boolean not null,
  entries jsonb not null,
  url text not null,
  gone boolean not null default false,
  refreshed_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (connection_id, remote_id)
);
create index candidate_person on candidate (connection_id, person_id);
create index candidate_stage on candidate (connection_id, stage_id) where not archived and not gone;

create table choice (
  connection_id text not null references connection on delete cascade,
  kind text not null,
  remote_id text not null,
  position integer not null,
  name text not null,
  detail jsonb not null default '{}',
  refreshed_at timestamptz not null,
  primary key (connection_id, kind, remote_id)
);

create table rule (
  id text primary key,
  name text not null,
  connection_id text not null references connection,
  stage_ids text[] not null,
  tag text,
  job_id text,
  action text not null check (action in ('assessment', 'live_link')),
  platform_id text not null references connection,
  test_id text,
  repeats boolean not null default false,
  enabled boolean not null,
  enabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz
);
create index rule_active on rule (connection_id) where enabled and removed_at is null;

create table effect (
  id text primary key,
  key text not null unique,
  kind text not null,
  state text not null,
  candidate_id text references candidate on delete cascade,
  connection_id text not null references connection,
  rule_id text references rule,
  parent_id text references effect on delete cascade,
  ref text not null,
  request jsonb not null,
  remote_id text,
  remote_url text,
  attempts integer not null default 0,
  error_kind text,
  error_text text,
  next_try_at timestamptz,
  fence integer not null default 0,
  lease_until timestamptz,
  lease_process integer,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  updated_at timestamptz not null default now()
);
create index effect_candidate on effect (candidate_id);
create index effect_open on effect (state, next_try_at) where state in ('owed', 'started', 'waiting');
create index effect_updated on effect (updated_at desc, id);

create table effect_event (
  id bigint generated always as identity primary key,
  effect_id text not null references effect on delete cascade,
  at timestamptz not null default now(),
  state text not null,
  text text not null,
  actor text
);
create index effect_event_effect on effect_event (effect_id, id);

create table decision (
  id bigint generated always as identity primary key,
  rule_id text not null references rule on delete cascade,
  candidate_id text not null references candidate on delete cascade,
  stage_id text not null,
  entered_at timestamptz not null,
  outcome text not null,
  reason text not null default '',
  effect_id text references effect on delete set null,
  decided_at timestamptz not null default now(),
  unique (rule_id, candidate_id, stage_id, entered_at, outcome, reason)
);
create index decision_candidate on decision (candidate_id);

create table assessment (
  effect_id text primary key references effect on delete cascade,
  candidate_id text not null references candidate on delete cascade,
  connection_id text not null references connection,
  remote_id text not null,
  url text not null,
  test_id text not null,
  test_name text not null,
  status text not null,
  score real,
  max_score real,
  percent real,
  verdict text,
  report_url text,
  started_at timestamptz,
  finished_at timestamptz,
  revision integer not null default 0,
  polls integer not null default 0,
  next_poll_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (connection_id, remote_id)
);
create index assessment_due on assessment (next_poll_at) where next_poll_at is not null;

create table api_key (
  id text primary key,
  name text not null,
  hash bytea not null unique,
  role text not null,
  email text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table idempotency (
  api_key_id text not null references api_key on delete cascade,
  key text not null,
  fingerprint text not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (api_key_id, key)
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id text not null,
  actor_name text not null,
  act text not null,
  object text not null,
  detail jsonb not null default '{}'
);

create table oauth_attempt (
  state_hash bytea primary key,
  connector text not null,
  name text not null,
  settings jsonb not null,
  actor_id text not null,
  actor_name text not null,
  expires_at timestamptz not null
);

create table rate_bucket (
  name text primary key,
  free_at timestamptz not null
);

create table process (
  id integer generated always as identity primary key,
  role text not null,
  started_at timestamptz not null default now()
);

create table installation (
  only_row boolean primary key default true check (only_row),
  restored_at timestamptz
);

create table job_run (
  job_id uuid primary key,
  queue text not null,
  process_id integer not null,
  started_at timestamptz not null default now()
);
`;
