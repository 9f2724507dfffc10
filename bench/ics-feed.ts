/**
 * Reading a busy calendar: 200 weekly rules with a TZID over 14 days, against `rrule` given the same
 * rules and the same zones. Both sides are compared before either is timed.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { startsOf, type Rule } from '#connectors/ics-feed/recurrence.ts';
import type { Bench, Figure } from './report.ts';

/** A CommonJS module whose types say otherwise. */
const { RRule } = createRequire(import.meta.url)('rrule') as typeof import('rrule');

const days = ['MO', 'TU', 'WE', 'TH', 'FR'] as const;
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
/** Clocks change in Berlin within it. */
const window = { start: Date.UTC(2026, 2, 23), end: Date.UTC(2026, 3, 6) };

interface Weekly {
  rule: Rule;
  first: Temporal.PlainDateTime;
  zone: string;
}

const rules = (): Weekly[] =>
  Array.from({ length: 200 }, (_, index) => ({
    rule: { freq: 'WEEKLY', byday: [days[index % 5] ?? 'MO'] },
    first: Temporal.PlainDateTime.from('2020-01-06T08:00').add({
      days: index % 5,
      weeks: index % 50,
      minutes: 15 * (index % 40),
    }),
    zone: zones[index % 4] ?? 'UTC',
  }));

const inWindow = (at: number): boolean => at >= window.start && at < window.end;

const ours = (all: readonly Weekly[]): number[] =>
  all.flatMap(({ rule, first, zone }) =>
    startsOf(rule, first, zone, window)
      .map((local) => local.toZonedDateTime(zone).epochMilliseconds)
      .filter(inWindow),
  );

const digits = (time: Temporal.PlainDateTime): string => time.toString().replace(/[-:]/g, '');

/** `rrule` answers in the local time of the process, so `run` makes that UTC. */
const theirs = (all: readonly Weekly[]): number[] =>
  all.flatMap(({ rule, first, zone }) => {
    const text = `DTSTART;TZID=${zone}:${digits(first)}\nRRULE:FREQ=WEEKLY;BYDAY=${String(rule['byday'])}`;
    const from = new Date(window.start - 86_400_000);
    const to = new Date(window.end + 86_400_000);
    return RRule.fromString(text)
      .between(from, to, true)
      .map((date) => date.getTime())
      .filter(inWindow);
  });

const timed = (work: () => unknown): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};

export const bench: Bench = {
  name: 'ics-feed',
  summary: '200 weekly rules with TZID over 14 days, against rrule.',
  run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '3' } },
    });
    process.env['TZ'] = 'UTC';
    const all = rules();
    const [mine, other] = [ours(all), theirs(all)];
    const differing = mine.filter((at, index) => at !== other[index]).length;
    const samples = Array.from({ length: Number(values.rounds) }, () => ({
      own: timed(() => ours(all)),
      peer: timed(() => theirs(all)),
    }));
    const figures: Figure[] = [
      {
        id: 'differing-instants',
        label: 'instants that differ',
        unit: `of ${String(mine.length)}`,
        samples: [differing + Math.abs(mine.length - other.length)],
        goal: { atMost: 0 },
      },
      { id: 'own', label: 'this connector', unit: 'ms', samples: samples.map(({ own }) => own) },
      { id: 'rrule', label: 'rrule', unit: 'ms', samples: samples.map(({ peer }) => peer) },
      {
        id: 'ratio',
        label: 'times as fast as rrule',
        unit: 'x',
        samples: samples.map(({ own, peer }) => peer / own),
        goal: { atLeast: 20 },
        note: 'Rules are parsed and expanded anew in each round, as with each reading of a feed.',
      },
    ];
    return Promise.resolve(figures);
  },
};
