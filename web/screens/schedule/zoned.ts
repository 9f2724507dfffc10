/** Wall times of a zone: `2026-12-07T09:30`. In a gap of the clocks, the later time is meant. */

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(zone, made);
  return made;
};

export const wallOf = (at: number, zone: string): string => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  // While a year is typed, it is one of antiquity.
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
};

export const dayOf = (at: number, zone: string): string => wallOf(at, zone).slice(0, 10);

/** Milliseconds since the epoch. */
export const instantOf = (wall: string, zone: string): number => {
  const asUtc = Date.parse(`${wall}Z`);
  const offset = (at: number): number => Date.parse(`${wallOf(at, zone)}Z`) - at;
  const guess = asUtc - offset(asUtc);
  return asUtc - offset(guess);
};

/** `2026-12-31` and one day make `2027-01-01`. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
