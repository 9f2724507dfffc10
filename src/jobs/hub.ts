/** What every job is handed: the store, the clock, and the way to the vendors. Made by `assemble.ts`. */
import type {
  Capabilities,
  Connector,
  HttpRequest,
  Link,
  MailMessage,
} from '#connectors/contract.ts';
import type { ConnectionRow } from '#store/connections.ts';
import type { Database } from '#store/database.ts';
import type { QueueHandle } from '#store/queue.ts';
import type { Settings } from '#store/schema.ts';
import type { Vault } from '#store/vault.ts';

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Watches the outside calls of one piece of work. */
export interface Guard {
  /** Directly before a request leaves; throws `LeaseLost` when the work is no longer ours. */
  beforeSend(request: HttpRequest): (() => void) | undefined;
  /** The answer's head is there, its body is not read yet. */
  afterHead(request: HttpRequest): void;
}

/**
 * Where a test makes the process die (`LOOPWRIGHT_FAILPOINT`); names as in the crash tests: `C3` after
 * taking a job, `C4` before the call, `C6` after the vendor did it, `C7` before it is written down.
 */
export type Failpoint = {
  (name: string, detail: string): void;
  /** Whether `C5` (die with half of the request out) is set for this; the answer dies. */
  halfway(detail: string): (() => void) | undefined;
};

export interface Hub {
  db: Database;
  queue: QueueHandle;
  vault: Vault;
  processId(): number;
  /** False while others may hold this process for dead: it must change nothing at a vendor then. */
  isProvenAlive(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only ever grow. */
  monotonic(): number;
  /** 0..1, for spreading retries. */
  draw(): number;
  log: Log;
  connectors: ReadonlyMap<string, Connector>;
  /** Where vendors reach the hub. */
  publicUrl: string;
  /** Whether that address was set; else it is only where this process listens, if it does. */
  hasPublicUrl: boolean;
  /**
   * False in a worker that was not told: it must not move webhooks to an address that only another
   * process knows.
   */
  knowsPublicUrl: boolean;
  /** Milliseconds between sweeps of a connection. */
  sweepInterval: number;
  /** Milliseconds until a sent test is looked at for the first time. */
  firstPoll: number;
  /** A message as it travels, CRLF line ends. */
  toBytes(message: MailMessage): Promise<Uint8Array>;
  /** Whether answers to invites reach the hub; else an answer is *not tracked*. */
  tracksReplies: boolean;
  failpoint: Failpoint;
  /** The vendor behind a stored connection. Decrypts its secrets; makes no call. */
  open(connection: ConnectionRow, guard?: Guard): Promise<Capabilities>;
  /** The link itself, for verification. `secrets` replaces what is stored, for a draft. */
  link(draft: {
    connector: Connector;
    settings: Settings;
    secrets: Record<string, string>;
    /** Absent for a draft that is not stored yet. */
    connection?: ConnectionRow;
  }): Link<Record<string, unknown>>;
}

/** The work went to another process while this one was held up; nothing may be sent any more. */
export class LeaseLost extends Error {
  constructor() {
    super('jobs: the lease on this work ran out. Another process goes on with it.');
    this.name = 'LeaseLost';
  }
}

export const connectorOf = (
  hub: Pick<Hub, 'connectors'>,
  connection: { connector: string },
): Connector => {
  const connector = hub.connectors.get(connection.connector);
  if (!connector) throw new Error(`jobs: there is no connector named ${connection.connector}.`);
  return connector;
};

/** What a connection can do. Opens nothing and decrypts nothing: closures over an idle link. */
export const capabilitiesOf = (hub: Hub, row: ConnectionRow): Capabilities => {
  const connector = connectorOf(hub, row);
  return connector.connect(hub.link({ connector, settings: row.settings, secrets: {} }));
};
