/** How people read instants: in a zone that is always named, in one form everywhere. */

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
};

/** `Tue, 1 Dec 2026` */
export const dateText = (instant: number, zone: string): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
    instant,
  );

const clockText = (instant: number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

/** `CET`, or `GMT+5:45` where a zone has no letters of its own. */
export const zoneText = (instant: number, zone: string): string =>
  format(zone, { timeZoneName: 'short' })
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** `10:00 CET` */
export const timeText = (instant: number, zone: string): string =>
  `${clockText(instant, zone)} ${zoneText(instant, zone)}`;

/** `Tue, 1 Dec 2026, 10:00 CET` */
export const dateTimeText = (instant: number, zone: string): string =>
  `${dateText(instant, zone)}, ${timeText(instant, zone)}`;

/** `45 min`, `1 h`, `1 h 30 min` */
export const durationText = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? `${String(hours)} h` : '', rest > 0 ? `${String(rest)} min` : ''];
  return parts.filter((part) => part !== '').join(' ') || '0 min';
};

/** `2026-12-01`: the day that an instant falls on. */
export const dayOf = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant);
