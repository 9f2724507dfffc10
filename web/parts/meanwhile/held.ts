/** What a form was filled from: it is saved over that and nothing else, whatever others save meanwhile. */
import { useRef, useState } from 'react';
import { problemOf } from '../../hub/problem.ts';
import type { Parts } from './weigh.ts';

/** Whether a change was refused because somebody else was first. */
export const isChangedMeanwhile = (thrown: unknown): boolean =>
  thrown !== null && problemOf(thrown).code === 'changed_meanwhile';

interface Versioned {
  version: number;
}

/** Lets the hub refuse where it was changed since. */
export const ifMatch = ({ version }: Versioned): Record<'If-Match', string> => ({
  'If-Match': `"${String(version)}"`,
});

export interface Filling<Stored, Values> {
  valuesOf: (stored: Stored) => Values;
  /** Asks the hub anew how it is stored. */
  refetch: () => unknown;
  /** How people call the parts. */
  labels: Readonly<Record<string, string>>;
  /** Parts that are read as they are. */
  texts: readonly string[];
  /** The parts that can be changed apart from each other; left out: the values, each by itself. */
  split?: (values: Values) => Parts;
  join?: (parts: Parts) => Values;
}

export interface Held<Stored extends Versioned, Values> extends Filling<Stored, Values> {
  /** As the hub told it last. */
  stored: Stored;
  /** What the form was filled from. */
  base: () => Stored;
  /** From now on it counts as filled from this. */
  hold: (stored: Stored) => void;
  /** Lets the hub refuse what was not looked at. */
  ifMatch: () => Record<'If-Match', string>;
}

export const useHeld = <Stored extends Versioned, Values>(
  stored: Stored,
  filling: Filling<Stored, Values>,
): Held<Stored, Values> => {
  // Sending reads it in the same moment in which it is held.
  const held = useRef(stored);
  const [, show] = useState(stored.version);
  const base = (): Stored => held.current;
  return {
    ...filling,
    stored,
    base,
    hold(now) {
      held.current = now;
      show(now.version);
    },
    ifMatch: () => ifMatch(base()),
  };
};
