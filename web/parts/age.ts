/** How long ago something was, or in how long it comes. */

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const day = 86_400;

const units: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ['hour', 3_600],
  ['minute', 60],
];

/** Days since 1970, by the calendar of the zone. */
const dayNumber = (at: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(at);
  const [year, month, date] = ['year', 'month', 'day'].map((type) => Number(parts.find((one) => one.type === type)?.value));
  return Date.UTC(year ?? NaN, (month ?? NaN) - 1, date) / 1_000 / day;
}; // prettier-ignore

/** Days are the calendar's, as people count them: on Friday, Monday is in 3 days at any hour. */
export const ageText = (at: string, now: number, zone = ownZone()): string => {
  const then = Date.parse(at);
  const seconds = (then - now) / 1_000;
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  if (Math.abs(seconds) >= day)
    return format.format(dayNumber(then, zone) - dayNumber(now, zone), 'day');
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', Infinity];
  return format.format(Math.trunc(seconds / size), unit);
};
