/** Who sits in an event: each seat is taken by one of some people, or by so many of a pool. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Icon } from '../../parts/icon.tsx';
import type { Seat } from './plan.ts';
import { peopleQuery, poolsQuery } from './queries.ts';
import { words } from './words.ts';

/** A list of hundreds is searched, not scrolled. */
const shown = 60;

export const SeatFields = ({
  seats,
  onSeats,
}: {
  seats: readonly Seat[];
  onSeats: (seats: Seat[]) => void;
}) => (
  <Stack gap="xs">
    {seats.map((seat, index) => (
      <One
        key={String(index)}
        seat={seat}
        place={index + 1}
        onSeat={(changed) => {
          onSeats(seats.with(index, changed));
        }}
        onRemove={() => {
          onSeats(seats.toSpliced(index, 1));
        }}
      />
    ))}
    <Group>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          onSeats([
            ...seats,
            { from: { kind: 'people', personIds: [] }, required: true, feedbackFormId: null },
          ]);
        }}
      >
        {words.seat.add}
      </Button>
    </Group>
  </Stack>
);

const One = ({
  seat,
  place,
  onSeat,
  onRemove,
}: {
  seat: Seat;
  place: number;
  onSeat: (seat: Seat) => void;
  onRemove: () => void;
}) => {
  const { from } = seat;
  const people = useQuery(peopleQuery).data;
  const pools = useQuery(poolsQuery).data;
  const data = useMemo(() => {
    const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
    const active = (people ?? []).filter(({ active: isOn }) => isOn);
    return [
      { group: words.seat.pools, items: (pools ?? []).map(option) },
      { group: words.seat.people, items: active.filter(({ kind }) => kind === 'person').map(option) },
      { group: words.seat.rooms, items: active.filter(({ kind }) => kind === 'room').map(option) },
    ].filter(({ items }) => items.length > 0);
  }, [people, pools]); // prettier-ignore
  /** A pool stands alone: taking one drops the people, and taking somebody drops the pool. */
  const take = (ids: string[]): void => {
    const newest = ids.at(-1) ?? '';
    const isPool = (pools ?? []).some(({ id }) => id === newest);
    const count = from.kind === 'pool' ? from.count : 1;
    onSeat({
      ...seat,
      from: isPool
        ? { kind: 'pool', poolId: newest, count }
        : { kind: 'people', personIds: from.kind === 'pool' ? ids.filter((id) => id !== from.poolId) : ids },
    });
  }; // prettier-ignore
  const isPool = from.kind === 'pool';
  return (
    <Group align="end" gap="xs" wrap="wrap">
      <MultiSelect
        flex={1}
        miw={180}
        size="sm"
        label={words.seat.label(place)}
        placeholder={isPool || from.personIds.length > 0 ? undefined : words.seat.choose}
        searchable
        hidePickedOptions
        limit={shown}
        nothingFoundMessage={words.seat.nothing}
        data={data}
        value={isPool ? [from.poolId] : from.personIds}
        onChange={take}
      />
      {isPool && (
        <NumberInput
          w={84}
          size="sm"
          label={words.seat.count}
          min={1}
          max={20}
          value={from.count}
          onChange={(count) => {
            if (typeof count === 'number' && count >= 1) onSeat({ ...seat, from: { ...from, count } });
          }}
        />
      )}
      <Checkbox
        mb={8}
        label={words.seat.optional}
        checked={!seat.required}
        onChange={({ currentTarget }) => {
          onSeat({ ...seat, required: !currentTarget.checked });
        }}
      />
      <ActionIcon
        mb={4}
        variant="subtle"
        color="gray"
        aria-label={words.seat.remove(place)}
        onClick={onRemove}
      >
        <Icon name="cross" size={16} />
      </ActionIcon>
    </Group>
  );
}; // prettier-ignore
