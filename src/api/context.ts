/** What every route is handed, and what a request carries while it is worked on. */
import type { Registry } from 'prom-client';
import type { Reach, Role } from '#core/roles.ts';
import type { OAuthSetup } from '#jobs/connect-oauth.ts';
import type { Hub } from '#jobs/hub.ts';
import type { Inbox } from '#jobs/receive-webhook.ts';
import type { SignIn } from '#jobs/sign-in.ts';
import type { Changes } from '#store/changes.ts';

/** Where answers to invites come from. */
export interface RepliesSetup {
  by: 'off' | 'api' | 'smtp' | 'imap';
  /** Its name in the database, and the seconds between two looks; null: none is looked into. */
  mailbox: { name: string; seconds: number } | null;
}

/** Vendors that are played on this machine. */
export interface SandboxSide {
  /** Of its pages. */
  url: string;
  /** By connector: the settings that lead there; none of them is a secret. */
  places: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface ApiDeps extends SignIn {
  hub: Hub;
  replies: RepliesSetup;
  oauth: OAuthSetup;
  inbox: Inbox;
  metrics: Registry;
  changes: Changes;
  version: string;
  /** Addresses and networks of reverse proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Where the embedded database and the key lie. */
  dataDir: string;
  /** Null: this process plays no vendors. */
  sandbox: SandboxSide | null;
  /** Of a sandbox that runs apart and plays vendors for this hub; undefined: none does. */
  sandboxUrl: string | undefined;
  /** Where the built web app lies; it may be missing. */
  webFolder: string;
  /** True once the process is told to stop: no new work should be sent here. */
  draining: () => boolean;
}

/** A user in a session, or whom a key acts as. The name is what the audit log and the ledger show. */
export interface ApiActor {
  id: string;
  name: string;
  role: Role;
  /** The person it stands for; a key without one owns no jobs. */
  email: string | null;
  /** Null: a key. */
  sessionId: string | null;
}

export interface ApiEnv {
  Variables: {
    requestId: string;
    /** The address it came from (`sender.ts`). */
    sender: string;
    /** Set on every route that is not public. */
    actor: ApiActor;
    /** How far the actor reaches on this route; never `none` inside a handler. */
    reach: Reach;
  };
  /** As `@hono/node-server` gives them; absent when the app is called directly. */
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
}
