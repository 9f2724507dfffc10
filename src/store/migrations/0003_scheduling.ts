/** People, pools, templates, interviews, and what the ledger has to know of things that change. */
export const scheduling = `
create table company (
  only_row boolean primary key default true check (only_row),
  layer jsonb not null,
  updated_at timestamptz not null default now()
);

create table person (
  id text primary key,
  name text not null,
  email text not null,
  title text not null default '',
  zone text not null,
  hours jsonb not null,
  days_off jsonb not null default '[]',
  per_day integer,
  per_week integer,
  tags text[] not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index person_email on person (lower(email));

create table busy_source (
  person_id text not null references person on delete cascade,
  connection_id text not null references connection on delete cascade,
  primary key (person_id, connection_id)
);

create table pool (
  id text primary key,
  name text not null unique,
  expression text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table template (
  id text primary key,
  name text not null,
  parent_id text references template,
  connection_id text references connection,
  job_id text,
  stage_id text,
  layer jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz
);
create index template_parent on template (parent_id) where removed_at is null;

create table interview (
  id text primary key,
  revision integer not null default 1,
  state text not null check (state in ('draft', 'hold', 'confirmed', 'cancelled', 'completed')),
  connection_id text not null references connection,
  candidate_id text not null references candidate,
  template_id text references template,
  plan jsonb not null,
  starts_at timestamptz,
  ends_at timestamptz,
  reason text,
  notify text[] not null default '{candidate,interviewers}',
  flag text,
  hold_until timestamptz,
  look_at timestamptz,
  link_wait_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index interview_candidate on interview (candidate_id);
create index interview_look on interview (look_at) where look_at is not null;
create index interview_starts on interview (starts_at, id);

create table interview_change (
  interview_id text not null references interview on delete cascade,
  revision integer not null,
  at timestamptz not null default now(),
  actor_id text not null,
  actor_name text not null,
  act text not null,
  detail jsonb not null default '{}',
  primary key (interview_id, revision)
);

create table booking (
  interview_id text not null references interview on delete cascade,
  event_id text not null,
  person_id text not null references person,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (interview_id, event_id, person_id)
);
create index booking_person on booking (person_id, starts_at);

create table invite (
  uid text primary key,
  interview_id text not null references interview on delete cascade,
  sequence integer not null,
  fingerprint text not null
);

create table rsvp (
  uid text not null,
  address text not null,
  interview_id text not null references interview on delete cascade,
  status text not null,
  sequence integer not null,
  stamp timestamptz not null,
  comment text,
  received_at timestamptz not null default now(),
  primary key (uid, address)
);

create table mail (
  id text primary key,
  interview_id text references interview on delete cascade,
  effect_id text references effect on delete set null,
  generation integer,
  connection_id text references connection,
  address text not null,
  subject text not null,
  message jsonb not null,
  state text not null check (state in ('composed', 'kept', 'sent', 'bounced')),
  error text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (effect_id, generation)
);
create index mail_interview on mail (interview_id, created_at);
create index mail_newest on mail (created_at desc, id);

create table join_link (
  token text primary key,
  interview_id text not null references interview on delete cascade,
  thing text not null unique,
  created_at timestamptz not null default now()
);

alter table effect alter column connection_id drop not null;
alter table effect add column interview_id text references interview on delete cascade;
alter table effect add column act text;
alter table effect add column asked text;
alter table effect add column stands text;
alter table effect add column lasting boolean not null default false;
alter table effect add column step integer not null default 0;
alter table effect add column generation integer not null default 0;
alter table effect add column result jsonb;
create index effect_interview on effect (interview_id) where interview_id is not null;
`;
