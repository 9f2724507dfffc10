/** One event: told in a line, changed when it is opened. */
import { ActionIcon, Button, Card, Group, Stack, Text } from '@mantine/core';
import { memo } from 'react';
import { Icon } from '../icon.tsx';
import { useOpening } from '../opening.ts';
import { EventFields } from './event-fields.tsx';
import type { EventTemplate } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { useSeatTexts } from './seats.tsx';
import { words } from './words.ts';

const { events } = words;

interface Props {
  index: number;
  last: number;
  path: string;
  value: EventTemplate;
  onChange: (index: number, event: EventTemplate) => void;
  onRemove: (index: number) => void;
  onMove: (index: number, by: 1 | -1) => void;
}

/** Kept while another event is changed: each has many fields. */
export const EventCard = memo(({
  index,
  last,
  path,
  value,
  onChange,
  onRemove,
  onMove,
}: Props) => {
  const isRefused = errorAt(useScope(), path) !== undefined;
  // A new event has nothing to tell yet.
  const { isOpen, isShown, toggle, card } = useOpening(value.name === '', isRefused);
  const called = value.name === '' ? events.position(index) : value.name;
  return (
    <Card component="li" withBorder radius="md" padding="sm">
      <Stack gap="xs" ref={card}>
        <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
          <Stack gap={0} miw={0}>
            <Text fw={600} size="sm">
              {called}
            </Text>
            <Summary event={value} />
          </Stack>
          <Group gap={4} justify="end">
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={toggle}
              aria-expanded={isOpen}
              aria-label={isOpen ? events.closeOf(called) : events.changeOf(called)}
            >
              {isOpen ? events.close : events.change}
            </Button>
            <Press icon="up" label={events.up(called)} isOff={index === 0} onPress={() => { onMove(index, -1); }} />
            <Press icon="down" label={events.down(called)} isOff={index === last} onPress={() => { onMove(index, 1); }} />
            <Press icon="cross" label={events.remove(called)} onPress={() => { onRemove(index); }} />
          </Group>
        </Group>
        {isShown && (
          <EventFields
            path={path}
            called={called}
            value={value}
            onChange={(changed) => { onChange(index, changed); }}
          />
        )}
      </Stack>
    </Card>
  );
}); // prettier-ignore

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

const Summary = ({ event: { minutes, seats, internal } }: { event: EventTemplate }) => {
  const texts = useSeatTexts(seats);
  const who = texts.length === 0 ? [events.nobody] : texts;
  return (
    <Text size="sm" c="dimmed">
      {[events.length(minutes), ...(internal ? [events.withoutCandidate] : []), ...who].join(' · ')}
    </Text>
  );
};
