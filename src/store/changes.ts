/**
 * What other transactions, also those of other processes, have changed: one noun for each table that
 * pages show. The line to the database is opened for the first who listens.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export const nouns = [
  'connections', 'deliveries', 'rules', 'candidates', 'effects', 'assessments', 'interviews',
  'mails', 'templates', 'people', 'pools', 'company', 'users', 'invitations',
] as const; // prettier-ignore

export type Noun = (typeof nouns)[number];

export interface Listener {
  changed(noun: Noun): void;
  /** The process ends. */
  ended(): void;
}

export interface Changes {
  /** Returns what ends it. */
  listen(listener: Listener): () => void;
  /** How far the changes have come, by the count of this process; null: it cannot hear them now. */
  position(): string | null;
  /** What changed after a position; null: nobody knows, for it is another process's or too old. */
  since(position: string): Noun[] | null;
  close(): Promise<void>;
}

const betweenTries = 1_000;
const isNoun = (text: string | undefined): text is Noun => nouns.some((noun) => noun === text);

export const createChanges = (url: string): Changes => {
  const listeners = new Set<Listener>();
  const ending = new AbortController();
  const counter = randomUUID();
  let count = 0;
  const counts = new Map<Noun, number>();
  let line: Promise<void> | null = null;
  let client: pg.Client | null = null;

  const tell = (noun: Noun): void => {
    count += 1;
    counts.set(noun, count);
    for (const listener of listeners) listener.changed(noun);
  };

  const connect = async (): Promise<void> => {
    const made = new pg.Client({
      connectionString: url,
      application_name: 'loopwright-changes',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    made.on('notification', ({ payload }) => {
      if (isNoun(payload)) tell(payload);
    });
    made.on('error', () => {
      if (client !== made) return;
      client = null;
      line = keepTrying();
    });
    await made.connect();
    await made.query('listen loopwright_changed');
    client = made;
  };

  const keepTrying = async (): Promise<void> => {
    while (!ending.signal.aborted && client === null) {
      try {
        await connect();
      } catch {
        await pause(betweenTries, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
    // Nobody knows what went by in the meantime.
    for (const noun of nouns) tell(noun);
  };

  return {
    listen(listener) {
      listeners.add(listener);
      line ??= keepTrying();
      return () => listeners.delete(listener);
    },
    position() {
      line ??= keepTrying();
      return client === null ? null : `${counter}.${String(count)}`;
    },
    since(position) {
      const [of, at] = position.split('.');
      if (client === null || of !== counter) return null;
      return nouns.filter((noun) => (counts.get(noun) ?? 0) > Number(at));
    },
    async close() {
      ending.abort();
      for (const listener of listeners) listener.ended();
      await line;
      const open = client;
      client = null;
      await open?.end();
    },
  };
};
