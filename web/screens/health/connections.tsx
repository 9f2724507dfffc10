/** Whether vendors are reached and their webhooks come. */
import { Anchor, Badge, Card, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../hub/client.ts';
import { Age } from '../../parts/time.tsx';
import { words } from './words.ts';

type Connection = Schemas['Health']['connections'][number];

export const Connections = ({ connections }: { connections: readonly Connection[] }) => (
  <Stack gap="sm" component="ul" m={0} p={0}>
    {connections.map((one) => (
      <Card key={one.id} component="li" withBorder radius="lg" padding="md">
        <One connection={one} />
      </Card>
    ))}
  </Stack>
);

const One = ({ connection }: { connection: Connection }) => {
  const { id, name, state, pauseText, sweptAt, webhooks } = connection;
  const unwell = webhooks.filter(({ attention }) => attention);
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="sm">
        <Anchor component={Link} to={`/settings/company/${id}`} fw={600}>
          {name}
        </Anchor>
        <Badge variant="light" color={state === 'active' ? 'teal' : 'red'}>
          {words.states[state]}
        </Badge>
      </Group>
      {pauseText !== null && state === 'paused' && <Text size="sm">{pauseText}</Text>}
      <Text size="sm" c="dimmed">
        {sweptAt === null ? (
          words.notSwept
        ) : (
          <>
            {words.swept} <Age at={sweptAt} />
          </>
        )}
        {' · '}
        {hooksText(webhooks, unwell.length)}
      </Text>
      {unwell.map(({ event, text, hint }) => (
        <Text key={event} size="sm">
          {`${event || words.everyEvent}: ${text}. ${hint ?? ''}`.trim()}
        </Text>
      ))}
    </Stack>
  );
};

const hooksText = (webhooks: Connection['webhooks'], unwell: number): string => {
  if (webhooks.length === 0) return words.noHooks;
  return unwell === 0
    ? words.hooksWell(webhooks.length)
    : words.hooksUnwell(unwell, webhooks.length);
};
