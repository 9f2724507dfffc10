/** What is said of an event: what it is, how long, who sits there, and what its interviewers hear. */
import { Stack } from '@mantine/core';
import { type ReactNode, useDeferredValue } from 'react';
import { useStable } from '../use-stable.ts';
import { EventBasics } from './event-basics.tsx';
import { EventCoding } from './event-coding.tsx';
import { EventTelling } from './event-telling.tsx';
import type { EventTemplate, Seat } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { Seats } from './seats.tsx';

export const EventFields = ({
  path,
  called,
  value,
  seated,
  onChange,
}: {
  path: string;
  /** Its name, for who cannot see where a field stands. */
  called: string;
  value: EventTemplate;
  /** Who sits there already; `seats` are those who join them. */
  seated?: ReactNode;
  onChange: (event: EventTemplate) => void;
}) => {
  const isRefused = errorAt(useScope(), path) !== undefined;
  // There are many fields: the first of them stand there before the next are made.
  const hasSeats = useDeferredValue(true, isRefused);
  const isWhole = useDeferredValue(hasSeats, isRefused);
  const known = useDeferredValue(called);
  const change = useStable((part: Partial<EventTemplate>) => {
    onChange({ ...value, ...part });
  });
  const seat = useStable((seats: Seat[]) => {
    change({ seats });
  });
  return (
    <Stack gap="sm" role="group" aria-label={called}>
      <EventBasics path={path} value={value} onChange={change} />
      {hasSeats && (
        <Seats
          event={known}
          path={`${path}.seats`}
          value={value.seats}
          seated={seated}
          onChange={seat}
        />
      )}
      {isWhole && (
        <>
          <EventCoding path={`${path}.coding`} value={value.coding} onChange={change} />
          <EventTelling
            path={path}
            internal={value.internal}
            prepare={value.prepare ?? ''}
            invite={value.interviewerInvite}
            onChange={change}
          />
        </>
      )}
    </Stack>
  );
};
