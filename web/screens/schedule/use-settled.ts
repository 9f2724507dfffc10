/** A value once nothing of it has changed for a moment, and whether that is so. */
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';

/** Milliseconds without a change before the hub is asked. */
const pause = 250;

export const useSettled = <T extends object | null>(value: T): [T, boolean] => {
  const text = JSON.stringify(value);
  const [settled] = useDebouncedValue(text, pause);
  return [useMemo(() => JSON.parse(settled) as T, [settled]), settled === text];
};
