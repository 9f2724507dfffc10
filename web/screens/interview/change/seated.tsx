/** Who sits in an event already: whether they have to, their form, or that they leave it. */
import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { SeatTerms } from '../../../parts/layer/seats.tsx';
import type { Event, Seat } from '../queries.ts';
import { words } from '../words.ts';

const { edit } = words.ops;

type Sitting = Pick<Seat, 'required' | 'feedbackFormId'> & { leaves: boolean };
export type SittingById = Readonly<Record<string, Sitting>>;

export const sittingOf = ({ seats }: Event): SittingById =>
  Object.fromEntries(
    seats.map(({ personId, required, feedbackFormId }) => [
      personId,
      { required, feedbackFormId, leaves: false },
    ]),
  );

/** As the hub is told of it; nothing where nothing is changed. */
export const seatsChanged = ({ seats }: Event, sitting: SittingById) => {
  const all = seats.flatMap((seat) => {
    const now = sitting[seat.personId];
    return now === undefined ? [] : [{ seat, now }];
  });
  const removeSeats = all.filter(({ now }) => now.leaves).map(({ seat }) => seat.personId);
  const changed = all
    .filter(
      ({ seat, now }) =>
        !now.leaves &&
        (seat.required !== now.required || seat.feedbackFormId !== now.feedbackFormId),
    )
    .map(({ seat: { personId }, now: { required, feedbackFormId } }) => ({
      personId,
      required,
      feedbackFormId,
    }));
  return {
    ...(removeSeats.length === 0 ? {} : { removeSeats }),
    ...(changed.length === 0 ? {} : { seats: changed }),
  };
};

export const Seated = ({
  event,
  sitting,
  onChange,
}: {
  event: Event;
  sitting: SittingById;
  onChange: (sitting: SittingById) => void;
}) => (
  <>
    {event.seats.map((seat) => {
      const now = sitting[seat.personId];
      return (
        now && (
          <One
            key={seat.personId}
            event={event.name}
            seat={seat}
            now={now}
            onChange={(some) => {
              onChange({ ...sitting, [seat.personId]: { ...now, ...some } });
            }}
          />
        )
      );
    })}
  </>
);

const One = ({
  event,
  seat: { name, kind },
  now,
  onChange,
}: {
  event: string;
  seat: Seat;
  now: Sitting;
  onChange: (some: Partial<Sitting>) => void;
}) => (
  <Card withBorder padding="sm" radius="md" role="group" aria-label={name}>
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Group gap="xs" miw={0}>
          <Text size="sm" fw={500} {...(now.leaves ? { td: 'line-through', c: 'dimmed' } : {})}>
            {name}
          </Text>
          {kind === 'room' && (
            <Badge size="sm" variant="outline" color="gray">
              {words.room}
            </Badge>
          )}
        </Group>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={(now.leaves ? edit.keepOf : edit.takeOutOf)(name, event)}
          onClick={() => {
            onChange({ leaves: !now.leaves });
          }}
        >
          {now.leaves ? edit.keep : edit.takeOut}
        </Button>
      </Group>
      {kind !== 'room' && !now.leaves && <SeatTerms value={now} onChange={onChange} />}
    </Stack>
  </Card>
);
