/** Tests that the candidate was sent: what is to be done first, what is done said as such. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { words } from './words.ts';

type Test = Schemas['CandidatePage']['tests'][number];

export const Tests = ({ tests }: { tests: Test[] }) =>
  tests.length === 0 ? null : (
    <section aria-label={words.tests.title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.tests.title}
        </Title>
        {tests.map((test, place) => (
          <One key={place} test={test} />
        ))}
      </Stack>
    </section>
  );

const One = ({ test: { name, platform, status, url } }: { test: Test }) => (
  <Card withBorder padding="md" radius="lg">
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {words.tests.states[status]}
        </Text>
      </Group>
      {platform !== '' && <Text c="dimmed">{words.tests.at(platform)}</Text>}
      {url !== null && (
        <Button component="a" href={url} target="_blank" rel="noreferrer" size="md" fullWidth>
          {status === 'started' ? words.tests.goOn : words.tests.start}
        </Button>
      )}
    </Stack>
  </Card>
);
