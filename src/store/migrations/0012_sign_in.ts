/**
 * People who sign in, their sessions, and the one-time links that let them in. `app_user`, `session`,
 * `account` and `verification` are better-auth's four tables under our names.
 */
export const signIn = `
create table app_user (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table session (
  id text primary key,
  user_id text not null references app_user on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_of_user on session (user_id);

create table account (
  id text primary key,
  user_id text not null references app_user on delete cascade,
  provider_id text not null,
  account_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_of_user on account (user_id);

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

create table invitation (
  id text primary key,
  email text not null check (email = lower(email)),
  role text not null,
  invited_by text not null,
  created_at timestamptz not null default now(),
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create unique index invitation_open on invitation (email)
  where accepted_at is null and withdrawn_at is null;

create table one_time_link (
  id text primary key,
  purpose text not null,
  hash bytea not null unique,
  user_id text references app_user on delete cascade,
  invitation_id text references invitation on delete cascade,
  by_command boolean not null default false,
  mail_id text references mail on delete set null,
  sealed text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_link_mail on one_time_link (mail_id);

create table sign_in_window (
  name text primary key,
  count integer not null,
  until timestamptz not null
);

alter table idempotency drop constraint idempotency_api_key_id_fkey;
alter table idempotency rename column api_key_id to owner_id;
`;
