/** A function that stays the same while what it does is always the newest: for parts that are kept (`memo`). */
import { useCallback, useInsertionEffect, useRef } from 'react';

/** It is for what a person does later, not to be called while something is drawn. */
export const useStable = <Args extends unknown[], Answer>(
  act: (...args: Args) => Answer,
): ((...args: Args) => Answer) => {
  const newest = useRef(act);
  useInsertionEffect(() => {
    newest.current = act;
  });
  return useCallback((...args: Args) => newest.current(...args), []);
};
