/** Whether the hub can be reached just now, as the browser and the live updates notice. */
import { useSyncExternalStore } from 'react';

/** Milliseconds of silence that nobody needs to hear of: a hub that starts anew, a lift. */
const grace = 1_500;

let isAway = false;
let pending: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

const set = (value: boolean): void => {
  if (isAway === value) return;
  isAway = value;
  for (const listener of listeners) listener();
};

export const lost = (): void => {
  pending ??= setTimeout(() => {
    set(true);
  }, grace);
};

export const found = (): void => {
  if (pending !== null) clearTimeout(pending);
  pending = null;
  set(false);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);
