/** Days and times of day in the zone that the candidate reads. */

const format = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone });

/** `Tuesday, 1 December 2026` */
export const dayText = (at: string, zone: string): string =>
  format(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(at),
  );

/** `Tue, 1 Dec`: where there is little room. */
export const shortDay = (at: string, zone: string): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at));

/** `10:00 – 11:00 CET`; an end on another day tells both days. */
export const spanText = (start: string, end: string, zone: string): string =>
  format(zone, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).formatRange(
    new Date(start),
    new Date(end),
  );

/** What lies on one day, in order. */
export const byDay = <T extends { start: string }>(
  items: readonly T[],
  zone: string,
): Array<[day: string, items: T[]]> => [
  ...Map.groupBy(items, ({ start }) => dayText(start, zone)).entries(),
];
