/** Tests that the candidate was sent: what is to be done first, what is done said as such. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

type Test = Schemas['CandidatePage']['tests'][number];

export const Tests = ({ tests, zone }: { tests: Test[]; zone: string }) =>
  tests.length === 0 ? null : (
    <section aria-label={words.tests.title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.tests.title}
        </Title>
        {tests.map((test, place) => (
          <One key={place} test={test} zone={zone} />
        ))}
      </Stack>
    </section>
  );

const One = ({
  test: { name, platform, status, url, expiresAt },
  zone,
}: {
  test: Test;
  zone: string;
}) => (
  <Card withBorder padding="md" radius="lg">
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {words.tests.states[status]}
        </Text>
      </Group>
      {platform !== '' && <Text c="dimmed">{words.tests.at(platform)}</Text>}
      {expiresAt !== null && (
        <Text>
          {words.tests.startBy} <Time at={expiresAt} zone={zone} />.
        </Text>
      )}
      {url !== null && (
        <Button component="a" href={url} target="_blank" rel="noreferrer" size="md" fullWidth>
          {status === 'started' ? words.tests.goOn : words.tests.start}
        </Button>
      )}
    </Stack>
  </Card>
);
