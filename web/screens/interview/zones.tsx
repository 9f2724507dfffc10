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

/** `15:00 – 16:00 CET`; the second day is told where it is another. */
const clocksText = (start: string, end: string, zone: string): string => {
  const until = day(start, zone) === day(end, zone) ? '' : `${day(end, zone)}, `;
  return `${clock(start, zone)} – ${until}${clock(end, zone)} ${nameOf(start, zone)}`;
};

/** `Thu 26 Nov 2026, 15:00 – 16:00 CET`. */
export const spanText = (start: string, end: string, zone: string): string =>
  `${day(start, zone)}, ${clocksText(start, end, zone)}`;

export const TwoZones = ({
  start,
  end,
  candidateZone,
}: {
  start: string;
  end: string;
  /** Null: the candidate does not come. */
  candidateZone: string | null;
}) => (
  <div>
    <Text size="sm" fw={500}>
      <time dateTime={start} title={ownZone()}>
        {spanText(start, end, ownZone())}
      </time>
    </Text>
    {candidateZone !== null && (
      <ForCandidate start={start} end={end} candidateZone={candidateZone} />
    )}
  </div>
);

const ForCandidate = ({
  start,
  end,
  candidateZone,
}: {
  start: string;
  end: string;
  candidateZone: string;
}) => {
  const own = ownZone();
  const isSameDay = day(start, own) === day(start, candidateZone);
  const isSame = isSameDay && clock(start, own) === clock(start, candidateZone);
  return (
    <Text size="sm" c="dimmed">
      {isSame ? (
        words.sameZone
      ) : (
        <>
          {words.forCandidate}{' '}
          <time dateTime={start} title={candidateZone}>
            {(isSameDay ? clocksText : spanText)(start, end, candidateZone)}
          </time>
        </>
      )}
    </Text>
  );
};
