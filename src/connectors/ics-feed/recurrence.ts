/**
 * Where the repetitions of one rule begin within a window. Rules are expanded on the wall clock, as if
 * it were UTC, and placed in the zone afterwards: an entry at a time that a change of clocks skips is
 * moved, not lost, for its person is busy then.
 */
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { NotUnderstood } from './zones.ts';

/** A rule as ical.js reads it: `{ freq: 'WEEKLY', byday: ['MO'], until: '2026-01-01T00:00:00Z' }`. */
export type Rule = Readonly<Record<string, string | number | ReadonlyArray<string | number>>>;

const understood = new Set(
  'freq interval count until wkst byday bymonth bymonthday byyearday byweekno bysetpos byhour byminute bysecond'.split(
    ' ',
  ),
);
/** Finer ones are no meetings, and their sheer number can hold the hub up. */
const frequencies = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
const longestWalk = 50_000;
/** Widens the window, for a wall clock is up to 14 hours away from UTC. */
const day = 86_400_000;

export const startsOf = (
  rule: Rule,
  first: Temporal.PlainDateTime,
  zone: string,
  window: { start: number; end: number },
): Temporal.PlainDateTime[] => {
  const strange = Object.keys(rule).find((name) => !understood.has(name));
  if (strange !== undefined) throw new NotUnderstood(`a rule with ${strange.toUpperCase()}`);
  const { until, ...rest } = rule;
  if (!frequencies.has(String(rest['freq'])))
    throw new NotUnderstood(`a rule that repeats ${String(rest['freq'])}`);
  const last = until === undefined ? null : wallClock(String(until), zone);
  if (last !== null && asIfUtc(last) < window.start - day) return [];
  const parts = Object.entries(rest).map(
    ([name, value]) => `${name.toUpperCase()}=${String(value)}`,
  );
  try {
    return new RRuleTemporal({
      rruleString: parts.join(';'),
      dtstart: first.toZonedDateTime('UTC'),
      ...(last === null ? {} : { until: last.toZonedDateTime('UTC') }),
      // It counts as an occurrence even where it does not fit the rule.
      includeDtstart: true,
      maxIterations: longestWalk,
      maxCandidateEvaluations: longestWalk,
      temporal: Temporal,
      cache: false,
    })
      .between(new Date(window.start - day), new Date(window.end + day), true)
      .map((start) => start.toPlainDateTime());
  } catch {
    throw new NotUnderstood('a rule that cannot be followed, or only by counting for very long');
  }
};

const asIfUtc = (time: Temporal.PlainDateTime): number =>
  time.toZonedDateTime('UTC').epochMilliseconds;

/** The last moment of a rule, on the clock of its zone; a bare date means the whole day. */
const wallClock = (until: string, zone: string): Temporal.PlainDateTime => {
  try {
    if (until.endsWith('Z'))
      return Temporal.Instant.from(until).toZonedDateTimeISO(zone).toPlainDateTime();
    return Temporal.PlainDateTime.from(until.includes('T') ? until : `${until}T23:59:59`);
  } catch {
    throw new NotUnderstood('a rule that ends at a time that is none');
  }
};
