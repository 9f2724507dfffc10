/** The tables of sign-in as Kysely sees them. */
import type { Generated } from 'kysely';
import type { Role } from '#core/roles.ts';
import type { DefaultInstant, Instant, MaybeInstant } from './columns.ts';

export interface UserTable {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  role: Role;
  active: Generated<boolean>;
  version: Generated<number>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export interface SessionTable {
  id: string;
  user_id: string;
  /** Half of the cookie; the other half is its signature under a key that is not in the database. */
  token: string;
  expires_at: Instant;
  ip_address: string | null;
  user_agent: string | null;
  created_at: DefaultInstant;
  /** When it was last used, to the minute. */
  updated_at: DefaultInstant;
}

/** A way in: `credential` with a password, or the subject at a provider. Tokens are never kept. */
export interface AccountTable {
  id: string;
  user_id: string;
  provider_id: string;
  account_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: MaybeInstant;
  refresh_token_expires_at: MaybeInstant;
  scope: string | null;
  password: string | null;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export interface InvitationTable {
  id: string;
  email: string;
  role: Role;
  invited_by: string;
  created_at: DefaultInstant;
  accepted_at: MaybeInstant;
  withdrawn_at: MaybeInstant;
}

export type LinkPurpose = 'setup' | 'invitation' | 'reset';

export interface OneTimeLinkTable {
  id: string;
  purpose: LinkPurpose;
  hash: Buffer;
  /** Whose password a `reset` changes. */
  user_id: string | null;
  invitation_id: string | null;
  /** A `setup` made on the command line: good also when there is a Super Admin. */
  by_command: Generated<boolean>;
  /** The mail that carries it, and until that is handed over, the token, sealed. */
  mail_id: string | null;
  sealed: string | null;
  created_at: DefaultInstant;
  expires_at: Instant;
  used_at: MaybeInstant;
}

export interface SignInSchema {
  app_user: UserTable;
  session: SessionTable;
  account: AccountTable;
  /** Single sign-ons under way. */
  verification: {
    id: string;
    identifier: string;
    value: string;
    expires_at: Instant;
    created_at: DefaultInstant;
    updated_at: DefaultInstant;
  };
  invitation: InvitationTable;
  one_time_link: OneTimeLinkTable;
  /** Attempts to sign in, counted by address and by account. */
  sign_in_window: { name: string; count: number; until: Instant };
}
