/** The itinerary: a heading for each day of the zone that is read, a card for each event. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import classes from './candidate-page.module.css';
import { Links } from './links.tsx';
import { byDay, shortDay, spanText } from './times.ts';
import { words } from './words.ts';

type Page = Schemas['CandidatePage'];

export const Days = ({ token, page, zone }: { token: string; page: Page; zone: string }) => (
  <Stack gap="xl">
    {byDay(page.events, zone).map(([day, events]) => (
      <section key={day} aria-label={day}>
        <Stack gap="sm">
          <Title order={2} size="h4">
            {day}
          </Title>
          {events.map((event) => (
            <Event key={event.id} event={event} zone={zone} isOff={page.state === 'cancelled'} />
          ))}
        </Stack>
      </section>
    ))}
    {page.invites.length > 0 && <Calendar token={token} invites={page.invites} zone={zone} />}
  </Stack>
);

const Event = ({
  event,
  zone,
  isOff,
}: {
  event: Page['events'][number];
  zone: string;
  isOff: boolean;
}) => {
  const { name, topic, prepare, start, end, place, people, links } = event;
  return (
    <Card withBorder padding="md" radius="lg">
      <Stack gap="sm">
        <div>
          <Text fw={600} td={isOff ? 'line-through' : undefined}>
            <time dateTime={start}>{spanText(start, end, zone)}</time>
          </Text>
          <Title order={3} size="h4">
            {name}
          </Title>
          {topic !== '' && <Text c="dimmed">{topic}</Text>}
        </div>
        {people.length > 0 && (
          <Fact term={words.with}>
            {people.map((person) => (
              <Text key={`${person.name} ${person.title}`}>
                {person.name}
                {person.title !== '' && (
                  <Text span c="dimmed">
                    , {person.title}
                  </Text>
                )}
                {person.bio !== '' && (
                  <Text span display="block" size="sm" className={classes.asWritten ?? ''}>
                    {person.bio}
                  </Text>
                )}
              </Text>
            ))}
          </Fact>
        )}
        {place !== '' && (
          <Fact term={words.where}>
            <Text>{place}</Text>
          </Fact>
        )}
        {prepare !== '' && (
          <Fact term={words.prepare}>
            <Text className={classes.asWritten ?? ''}>{prepare}</Text>
          </Fact>
        )}
        {links.length > 0 && <Links links={links} zone={zone} />}
      </Stack>
    </Card>
  );
};

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <Text size="sm" c="dimmed">
      {term}
    </Text>
    {children}
  </div>
);

/** The same entries as in the mails, so that a calendar that has them keeps one of each. */
const Calendar = ({
  token,
  invites,
  zone,
}: {
  token: string;
  invites: Page['invites'];
  zone: string;
}) => (
  <Group gap="xs">
    {invites.map(({ day, start }) => (
      <Button
        key={day}
        component="a"
        href={`/api/v1/candidate-pages/${encodeURIComponent(token)}/invites/${String(day)}`}
        download="interview.ics"
        variant="default"
        leftSection={<Icon name="calendar" size={18} />}
      >
        {invites.length === 1 ? words.addToCalendar : words.addDay(shortDay(start, zone))}
      </Button>
    ))}
  </Group>
);
