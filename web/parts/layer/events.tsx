/** The events of an interview, in their order. */
import { Button, List, Stack, Text } from '@mantine/core';
import { Icon } from '../icon.tsx';
import { EventCard } from './event-card.tsx';
import type { EventTemplate } from './layers.ts';
import { SeatText } from './seats.tsx';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { events } = words;

const newEvent: EventTemplate = {
  name: events.newName,
  topic: '',
  minutes: 60,
  location: '',
  internal: false,
  seats: [],
  feedbackFormId: null,
  interviewerInvite: null,
};

export const Events = () => (
  <Section title={events.title}>
    <Setting name="events" label={events.label} show={(value) => <Told events={value} />}>
      {({ value, onChange, 'data-path': path }) => (
        <Stack gap="md">
          {value.length === 0 && (
            <Text size="sm" c="dimmed">
              {events.none}
            </Text>
          )}
          {value.map((event, index) => (
            <EventCard
              key={index}
              index={index}
              last={value.length - 1}
              path={`${path}.${String(index)}`}
              value={event}
              onChange={(changed) => {
                onChange(value.with(index, changed));
              }}
              onRemove={() => {
                onChange(value.toSpliced(index, 1));
              }}
              onMove={(by) => {
                onChange(value.toSpliced(index, 1).toSpliced(index + by, 0, event));
              }}
            />
          ))}
          <div>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => {
                onChange([...value, newEvent]);
              }}
            >
              {events.add}
            </Button>
          </div>
        </Stack>
      )}
    </Setting>
  </Section>
);

const Told = ({ events: told }: { events: readonly EventTemplate[] }) =>
  told.length === 0 ? (
    events.none
  ) : (
    <List type="ordered" size="sm">
      {told.map(({ name, topic, minutes, internal, seats }, index) => (
        <List.Item key={index}>
          <strong>{name}</strong>, {words.minutes(minutes)}
          {topic !== '' && ` · ${topic}`}
          {internal && ` · ${events.withoutCandidate}`}
          {seats.map((seat, place) => (
            <Text key={place} size="xs" c="dimmed">
              <SeatText seat={seat} />
            </Text>
          ))}
        </List.Item>
      ))}
    </List>
  );
