/** When something is, for the viewer and for the candidate, each with its zone. */
import { Text } from '@mantine/core';
import { ownZone } from '../../parts/time.tsx';
import { words } from './words.ts';

const day = (at: string, zone: string): string =>
  new Intl.DateTimeFormat(undefined, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(at));

const clock = (at: string, zone: string): string =>
  new Intl.DateTimeFormat(undefined, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(at));

const nameOf = (at: string, zone: string): string =>
  new Intl.DateTimeFormat(undefined, { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** `Thu 26 Nov 2026, 15:00 – 16:00 CET`; the second day is told where it is another. */
export const spanText = (start: string, end: string, zone: string): string => {
  const until = day(start, zone) === day(end, zone) ? '' : `${day(end, zone)}, `;
  return `${day(start, zone)}, ${clock(start, zone)} – ${until}${clock(end, zone)} ${nameOf(start, zone)}`;
};

const Span = ({ start, end, zone }: { start: string; end: string; zone: string }) => (
  <time dateTime={start} title={zone}>
    {spanText(start, end, zone)}
  </time>
);

export const TwoZones = ({
  start,
  end,
  candidateZone,
}: {
  start: string;
  end: string;
  candidateZone: string;
}) => {
  const own = ownZone();
  const isSame = clock(start, own) === clock(start, candidateZone) && day(start, own) === day(start, candidateZone);
  return (
    <div>
      <Text size="sm" fw={500}>
        <Span start={start} end={end} zone={own} />
      </Text>
      <Text size="sm" c="dimmed">
        {isSame ? (
          words.sameZone
        ) : (
          <>
            {words.forCandidate} <Span start={start} end={end} zone={candidateZone} />
          </>
        )}
      </Text>
    </div>
  );
}; // prettier-ignore
