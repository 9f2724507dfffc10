/** Instants for people: in the viewer's own way of writing, and never without their zone. */
import { useSyncExternalStore } from 'react';
import { ageText, ownZone } from './age.ts';

export { ownZone };

/** `26 Nov 2026, 15:03 CET`, in the browser's language. */
export const timeText = (at: string, zone: string = ownZone()): string =>
  new Intl.DateTimeFormat(undefined, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at));

/** An instant in a zone; the default is the viewer's. The full name of the zone stands in the title. */
export const Time = ({ at, zone = ownZone() }: { at: string; zone?: string }) => (
  <time dateTime={at} title={`${timeText(at, zone)} (${zone})`}>
    {timeText(at, zone)}
  </time>
);

const everyMinute = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, 30_000);
  return () => {
    clearInterval(timer);
  };
};

/** How long ago, or in how long; the instant itself stands in the title. */
export const Age = ({ at }: { at: string }) => {
  const now = useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / 30_000) * 30_000);
  return (
    <time dateTime={at} title={timeText(at)}>
      {ageText(at, now)}
    </time>
  );
};
