/** The events of an interview, in their order; each is opened to be changed. */
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../icon.tsx';
import { useStable } from '../use-stable.ts';
import { EventCard } from './event-card.tsx';
import type { EventTemplate } from './layers.ts';
import { words } from './words.ts';

const { events } = words;

const newEvent: EventTemplate = {
  name: '',
  topic: '',
  minutes: 60,
  location: '',
  internal: false,
  seats: [],
  feedbackFormId: null,
  interviewerInvite: null,
};

let made = 0;
const newKey = (): string => `event ${String((made += 1))}`;

export const EventList = ({
  path,
  value,
  onChange,
}: {
  path: string;
  value: readonly EventTemplate[];
  onChange: (events: EventTemplate[]) => void;
}) => {
  // An event that is open stays so wherever it is moved.
  const [keys, setKeys] = useState(() => value.map(newKey));
  const arrange = (change: <One>(list: readonly One[], added: () => One) => One[]): void => {
    setKeys(change(keys, newKey));
    onChange(change(value, () => newEvent));
  };
  const edit = useStable((index: number, changed: EventTemplate) => {
    onChange(value.with(index, changed));
  });
  const remove = useStable((index: number) => {
    arrange((list) => list.toSpliced(index, 1));
  });
  const move = useStable((index: number, by: 1 | -1) => {
    arrange((list) =>
      list.toSpliced(index, 1).toSpliced(index + by, 0, ...list.slice(index, index + 1)),
    );
  });
  return (
    <Stack gap="xs">
      {value.length === 0 && (
        <Text size="sm" c="dimmed">
          {events.none}
        </Text>
      )}
      <Stack component="ol" gap="xs" m={0} p={0} aria-label={events.label}>
        {value.map((event, index) => (
          <EventCard
            key={keys[index] ?? index}
            index={index}
            last={value.length - 1}
            path={`${path}.${String(index)}`}
            value={event}
            onChange={edit}
            onRemove={remove}
            onMove={move}
          />
        ))}
      </Stack>
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            arrange((list, added) => [...list, added()]);
          }}
        >
          {events.add}
        </Button>
      </div>
    </Stack>
  );
};
