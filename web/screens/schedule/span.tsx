/** From when to when, in the candidate's zone and, where it differs, in the viewer's. */
import { ownZone } from '../../parts/time.tsx';
import { dayOf } from './zoned.ts';

const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const clock = { hour: 'numeric', minute: '2-digit' } as const;

const rangeText = (start: string, end: string, zone: string, withDay: boolean): string =>
  new Intl.DateTimeFormat(undefined, {
    ...(withDay ? day : {}),
    ...clock,
    timeZone: zone,
    timeZoneName: 'short',
  }).formatRange(new Date(start), new Date(end));

export const spanText = (start: string, end: string, zone: string): string => {
  const own = ownZone();
  const theirs = rangeText(start, end, zone, true);
  if (own === zone) return theirs;
  const isSameDay = dayOf(Date.parse(start), zone) === dayOf(Date.parse(start), own);
  return `${theirs} (${rangeText(start, end, own, !isSameDay)})`;
};

export const Span = ({ start, end, zone }: { start: string; end: string; zone: string }) => (
  <time dateTime={start} title={zone}>
    {spanText(start, end, zone)}
  </time>
);
