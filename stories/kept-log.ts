/** A hub's log that a story can look into. */
import type { Log } from '#jobs/hub.ts';

export interface KeptLog {
  log: Log;
  /** What was told with each message, oldest first. */
  fields: Array<Record<string, unknown>>;
}

export const keepLog = (): KeptLog => {
  const fields: KeptLog['fields'] = [];
  const note = (told: Record<string, unknown>): void => {
    fields.push(told);
  };
  return { log: { info: note, warn: note, error: note }, fields };
};
