/** The events of an interview, as a layer says them. */
import { List, Text } from '@mantine/core';
import { EventList } from './event-list.tsx';
import type { EventTemplate } from './layers.ts';
import { useSeatTexts } from './seats.tsx';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { events } = words;

export const Events = () => (
  <Section title={events.title}>
    <Setting name="events" label={events.label} show={(value) => <Told events={value} />}>
      {({ value, onChange, 'data-path': path }) => (
        <EventList path={path} value={value} onChange={onChange} />
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
          <SeatsTold seats={seats} />
        </List.Item>
      ))}
    </List>
  );

const SeatsTold = ({ seats }: Pick<EventTemplate, 'seats'>) =>
  useSeatTexts(seats).map((text, place) => (
    <Text key={place} size="xs" c="dimmed">
      {text}
    </Text>
  ));
