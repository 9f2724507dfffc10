/** What the fields of an event need to know where they stand in an interview. */
import type { ReactNode } from 'react';
import type { EventTemplate } from '../../../parts/layer/layers.ts';
import { ScopeProvider } from '../../../parts/layer/scope.ts';
import type { Interview } from '../queries.ts';
import type { Refusals } from './dialog.tsx';

/** Where the fields stand for their refusals. */
export const path = 'event';

export const EventScope = ({
  interview,
  errors,
  children,
}: {
  interview: Interview;
  /** By `event.name`, `event.seats.0` … */
  errors: Refusals;
  children: ReactNode;
}) => (
  <ScopeProvider
    value={{
      layer: {},
      below: [{ name: '', layer: { texts: interview.texts, coding: interview.coding } }],
      say: () => undefined,
      errors,
      mayChange: true,
      isOpen: true,
      atsId: interview.connectionId,
      places: [],
    }}
  >
    {children}
  </ScopeProvider>
);

/** Whether everything is said that an event needs. */
export const isWhole = ({ name, minutes, seats }: EventTemplate): boolean =>
  name.trim() !== '' &&
  minutes >= 5 &&
  seats.every(({ from }) =>
    from.kind === 'pool' ? from.poolId !== '' : from.personIds.length > 0,
  );
