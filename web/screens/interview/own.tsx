/** An interview as one who sits in it needs it: the own events, with whom, links and forms. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../hub/client.ts';
import { allOf } from '../../parts/names.ts';
import { ownZone } from '../../parts/time.tsx';
import { Answer } from './answer.tsx';
import { Feedback } from './events.tsx';
import { Links, linksOf } from './links.tsx';
import type { Event, Listed, Outside } from './queries.ts';
import { StatusBadge } from './status.tsx';
import { words } from './words.ts';
import { spanText } from './zones.tsx';

export const Own = ({
  interview,
  personId,
}: {
  interview: Schemas['ListedInterview'];
  personId: string;
}) => {
  const { id, name, candidate, events } = interview;
  const outside = interview.outside && { ...interview.outside, id, events };
  const own = events.filter(({ seats }) => seats.some((seat) => seat.personId === personId));
  const shared = outside ? linksOf(outside, null) : [];
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
        <Stack gap={0} miw={0}>
          <Anchor component={Link} to={`/interviews/${id}`} fw={600}>
            {candidate.name || words.nobody}
          </Anchor>
          <Text size="sm" c="dimmed">
            {[name, candidate.job].filter((one) => one !== null && one !== '').join(' · ')}
          </Text>
        </Stack>
        <StatusBadge interview={interview} />
      </Group>
      {own.map((event) => (
        <OwnEvent
          key={event.id}
          interview={interview}
          event={event}
          personId={personId}
          outside={outside}
        />
      ))}
      {outside && shared.length > 0 && <Links interview={outside} links={shared} />}
    </Stack>
  );
};

const OwnEvent = ({
  interview,
  event,
  personId,
  outside,
}: {
  interview: Listed;
  event: Event;
  personId: string;
  outside: Outside | null;
}) => {
  const { id, name, topic, start, end, location, internal, seats } = event;
  const own = seats.find((seat) => seat.personId === personId);
  const namesOf = (kind: 'person' | 'room'): string[] =>
    seats.filter((seat) => seat.kind === kind && seat.personId !== personId).map((seat) => seat.name);
  const others = namesOf('person');
  const rooms = namesOf('room');
  const links = outside ? linksOf(outside, id) : [];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        <time dateTime={start} title={ownZone()}>
          {spanText(start, end, ownZone())}
        </time>
      </Text>
      <Group gap="xs">
        <Text size="sm">{[name, topic].filter((one) => one !== '').join(' · ')}</Text>
        {internal && (
          <Badge size="sm" variant="outline" color="gray" title={words.internalText}>
            {words.internal}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        {[
          others.length === 0 ? words.mine.alone : words.mine.with(allOf(others)),
          location,
          rooms.length === 0 ? '' : words.mine.roomOf(allOf(rooms)),
        ]
          .filter((one) => one !== '')
          .join(' · ')}
      </Text>
      {own && <Answer interview={interview} event={event} seat={own} />}
      {outside && links.length > 0 && <Links interview={outside} links={links} />}
      {outside && <Feedback interview={outside} eventId={id} />}
    </Stack>
  );
}; // prettier-ignore
