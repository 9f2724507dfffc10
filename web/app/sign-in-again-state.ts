/** Whether the session has ended while a page was in use. */
import { useSyncExternalStore } from 'react';

let wanted = false;
const listeners = new Set<() => void>();

const set = (value: boolean): void => {
  if (wanted === value) return;
  wanted = value;
  for (const listener of listeners) listener();
};

export const askToSignIn = (): void => {
  set(true);
};

export const signedInAgain = (): void => {
  set(false);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useMustSignIn = (): boolean => useSyncExternalStore(subscribe, () => wanted);
