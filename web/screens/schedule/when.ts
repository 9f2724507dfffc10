/** When the candidate can, and how the engine looks for times: wall times are those of the candidate's zone. */
import { addDays, instantOf } from './zoned.ts';

/** One stretch of a day, `2026-12-07` from `09:00` to `12:00`. */
export interface Window {
  day: string;
  from: string;
  to: string;
}

/** Minutes of the clock at whose multiples an event may start. */
export const startEveries = [5, 10, 15, 20, 30, 60] as const;

export interface When {
  /** None: Monday to Friday, nine to five. */
  windows: Window[];
  startEvery: (typeof startEveries)[number];
  /** Whether somebody may sit in several events; null: only who is alone named for several. */
  repeat: boolean | null;
}

export const usualWhen: When = { windows: [], startEvery: 30, repeat: null };

interface Days {
  from: string;
  to: string;
}

/** What is wrong with it; null: nothing. What lies outside of the days is only passed over. */
export const faultOf = ({ day, from, to }: Window, days: Days): 'open' | 'turned' | 'outside' | null => {
  if (day === '' || from === '' || to === '') return 'open';
  if (to <= from) return 'turned';
  return day < days.from || day > days.to ? 'outside' : null;
}; // prettier-ignore

/** The day after the last one, at the hours that were said for it. */
export const nextWindow = (windows: readonly Window[], days: Days): Window => {
  const last = windows.findLast(({ day }) => day !== '');
  if (!last) return { day: addDays(days.from, 1), from: '09:00', to: '17:00' };
  return { ...last, day: addDays(last.day, 1) };
};

/** As the hub is asked. */
export const askedWhen = ({ windows, startEvery, repeat }: When, zone: string) => {
  const at = (day: string, wall: string): string =>
    new Date(instantOf(`${day}T${wall}`, zone)).toISOString();
  return {
    startEvery,
    repeat,
    ...(windows.length === 0
      ? {}
      : { windows: windows.map(({ day, from, to }) => ({ start: at(day, from), end: at(day, to) })) }),
  };
}; // prettier-ignore
