/** One event of the plan: told in a line, changed when it is opened. */
import {
  ActionIcon,
  Button,
  Card,
  Collapse,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../parts/icon.tsx';
import type { PlannedEvent, Seat } from './plan.ts';
import { peopleQuery, poolsQuery } from './queries.ts';
import { SeatFields } from './seat-fields.tsx';
import { words } from './words.ts';

export const EventCard = ({
  event,
  place,
  isLast,
  onChange,
  onMove,
  onRemove,
}: {
  event: PlannedEvent;
  place: number;
  isLast: boolean;
  onChange: (event: PlannedEvent) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) => {
  // A new event has nothing to tell yet.
  const [isOpen, { toggle }] = useDisclosure(event.name === '');
  const name = event.name === '' ? words.event.unnamed(place + 1) : event.name;
  return (
    <Card component="li" withBorder radius="md" padding="sm">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
          <Stack gap={0} miw={0}>
            <Text fw={600} size="sm">
              {name}
            </Text>
            <Summary event={event} />
          </Stack>
          <Group gap={4} justify="end">
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={toggle}
            aria-expanded={isOpen}
            aria-label={isOpen ? words.event.closeOf(name) : words.event.changeOf(name)}
          >
            {isOpen ? words.event.close : words.event.change}
          </Button>
            <Press icon="up" label={words.event.up(name)} isOff={place === 0} onPress={() => { onMove(-1); }} />
            <Press icon="down" label={words.event.down(name)} isOff={isLast} onPress={() => { onMove(1); }} />
            <Press icon="cross" label={words.event.remove(name)} onPress={onRemove} />
          </Group>
        </Group>
        <Collapse expanded={isOpen}>{isOpen && <Fields event={event} onChange={onChange} />}</Collapse>
      </Stack>
    </Card>
  );
}; // prettier-ignore

const Press = ({
  icon,
  label,
  isOff = false,
  onPress,
}: {
  icon: 'up' | 'down' | 'cross';
  label: string;
  isOff?: boolean;
  onPress: () => void;
}) => (
  <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={onPress}>
    <Icon name={icon} size={16} />
  </ActionIcon>
);

const useSeatText = (): ((seat: Seat) => string) => {
  const people = useQuery(peopleQuery).data ?? [];
  const pools = useQuery(poolsQuery).data ?? [];
  const nameOf = (among: ReadonlyArray<{ id: string; name: string }>, id: string): string =>
    among.find((one) => one.id === id)?.name ?? words.seat.unknown;
  return ({ from, required }) => {
    const who =
      from.kind === 'pool'
        ? words.seat.ofPool(from.count, nameOf(pools, from.poolId))
        : words.seat.anyOf(from.personIds.map((id) => nameOf(people, id)));
    return required ? who : words.seat.optionally(who);
  };
};

const Summary = ({ event: { minutes, seats, internal } }: { event: PlannedEvent }) => {
  const seatText = useSeatText();
  const who = seats.length === 0 ? [words.event.nobody] : seats.map(seatText);
  return (
    <Text size="sm" c="dimmed">
      {[words.event.minutes(minutes), ...(internal ? [words.event.internal] : []), ...who].join(' · ')}
    </Text>
  );
}; // prettier-ignore

const Fields = ({
  event,
  onChange,
}: {
  event: PlannedEvent;
  onChange: (event: PlannedEvent) => void;
}) => {
  const change = (part: Partial<PlannedEvent>): void => {
    onChange({ ...event, ...part });
  };
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={words.event.name}
          required
          value={event.name}
          maxLength={200}
          onChange={({ currentTarget }) => { change({ name: currentTarget.value }); }}
        />
        <NumberInput
          label={words.event.length}
          suffix={words.event.min}
          min={5}
          max={1_440}
          step={15}
          clampBehavior="blur"
          value={event.minutes}
          onChange={(minutes) => {
            if (typeof minutes === 'number' && minutes >= 5) change({ minutes: Math.round(minutes) });
          }}
        />
      </SimpleGrid>
      <TextInput
        label={words.event.topic}
        value={event.topic}
        maxLength={500}
        onChange={({ currentTarget }) => { change({ topic: currentTarget.value }); }}
      />
      <TextInput
        label={words.event.location}
        value={event.location}
        maxLength={500}
        onChange={({ currentTarget }) => { change({ location: currentTarget.value }); }}
      />
      <Switch
        label={words.event.internalLabel}
        checked={event.internal}
        onChange={({ currentTarget }) => { change({ internal: currentTarget.checked }); }}
      />
      <SeatFields seats={event.seats} onSeats={(seats) => { change({ seats }); }} />
    </Stack>
  );
}; // prettier-ignore
