/** The events of an interview: when, where, who sits there and what they answered, links and forms. */
import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { isWeb } from '../../parts/is-web.ts';
import classes from './interview.module.css';
import { Links, linksOf } from './links.tsx';
import type { Effect, Event, Interview, Outside, Seat } from './queries.ts';
import { RsvpBadge } from './rsvp.tsx';
import { words } from './words.ts';
import { TwoZones } from './zones.tsx';

/** What may be done about a part of the interview; nothing for whoever only reads it. */
export interface Actions {
  event: (event: Event) => ReactNode;
  seat: (event: Event, seat: Seat) => ReactNode;
  link: (link: Effect) => ReactNode;
}

export const Events = ({
  interview,
  actions,
}: {
  interview: Interview;
  actions: Actions | null;
}) => (
  <Stack component="section" gap="sm">
    <Title order={2} size="h4">
      {words.events}
    </Title>
    {interview.events.map((event) => (
      <EventCard key={event.id} interview={interview} event={event} actions={actions} />
    ))}
  </Stack>
);

const EventCard = ({
  interview,
  event,
  actions,
}: {
  interview: Interview;
  event: Event;
  actions: Actions | null;
}) => {
  const { name, topic, prepare, internal, seats, start, end, location } = event;
  const links = linksOf(interview, event.id);
  return (
    <Card component="article" withBorder radius="lg" padding="md" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
          <Stack gap={2} miw={0}>
            <Group gap="xs">
              <Title order={3} size="h5">
                {name}
              </Title>
              {internal && (
                <Badge size="sm" variant="outline" color="gray" title={words.internalText}>
                  {words.internal}
                </Badge>
              )}
            </Group>
            {topic !== '' && <Text size="sm">{topic}</Text>}
            {prepare !== '' && (
              <Text size="sm" c="dimmed">
                {words.prepare(prepare)}
              </Text>
            )}
          </Stack>
          {actions?.event(event)}
        </Group>
        <TwoZones
          start={start}
          end={end}
          candidateZone={internal ? null : interview.candidateZone}
        />
        {location !== '' && <Text size="sm">{location}</Text>}
        {seats.length > 0 && (
          <ul className={classes.seats} aria-label={words.seatsOf(name)}>
            {seats.map((seat) => (
              <li key={seat.personId} className={classes.seat}>
                <Text size="sm" fw={500} component="span" title={seat.why}>
                  {seat.name}
                </Text>
                {seat.kind === 'room' ? (
                  <Badge size="sm" variant="outline" color="gray">
                    {words.room}
                  </Badge>
                ) : (
                  <RsvpBadge rsvp={seat.rsvp} />
                )}
                {!seat.required && (
                  <Text size="xs" c="dimmed" component="span">
                    {words.optional}
                  </Text>
                )}
                {actions?.seat(event, seat)}
              </li>
            ))}
          </ul>
        )}
        {links.length > 0 && <Links interview={interview} links={links} actions={actions?.link} />}
        <Feedback interview={interview} eventId={event.id} />
      </Stack>
    </Card>
  );
};

export const Feedback = ({ interview, eventId }: { interview: Outside; eventId: string }) => {
  const found = interview.feedback.find((one) => one.eventId === eventId);
  if (!found) return null;
  const { form, url } = found;
  return (
    <Group gap="xs">
      <Text size="sm" fw={500}>
        {words.feedback}
      </Text>
      {url !== null && isWeb(url) ? (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
          {form ?? words.feedbackForm}
        </Anchor>
      ) : (
        <Text size="sm">
          {form ?? words.feedbackForm}{' '}
          <Text span c="dimmed">
            {words.feedbackFollows}
          </Text>
        </Text>
      )}
    </Group>
  );
};
