/** A request that may be sent again after no answer keeps its key; any answer ends it. */
import { newKey } from '../hub/client.ts';

/** Headers that let the hub know a repetition. */
export type Once = Record<'Idempotency-Key', string>;

export const createKeys = () => {
  let kept: { body: string; key: string } | null = null;
  return {
    keyFor: (body: string): string => {
      if (kept?.body !== body) kept = { body, key: newKey() };
      return kept.key;
    },
    end: (): void => {
      kept = null;
    },
  };
};
