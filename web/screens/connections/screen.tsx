/** *Settings → Company*: what is connected, by kind, and what can be. */
import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { usePages } from '../../parts/paged-list.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Time } from '../../parts/time.tsx';
import { words as common } from '../../parts/words.ts';
import { type Connector, connectorsQuery } from './queries.ts';
import { StateBadge } from './state-badge.tsx';
import { words } from './words.ts';

type Summary = Schemas['ConnectionSummary'];

const sections = ['coding', 'ats', 'mail', 'busy'] as const;

export const Screen = () => {
  const connectors = useQuery(connectorsQuery);
  const connections = usePages({
    queryKey: ['connections', 'list'],
    load: (query) =>
      got(api.GET('/api/v1/connections', { params: { query: { ...query, limit: 100 } } })),
  });
  const isPending = connectors.isPending || connections.isPending;
  const error = connectors.error ?? connections.error;
  const rows = connections.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Frame title={words.title} lead={words.lead}>
      {isPending && <Loading />}
      {error && (
        <ProblemNote
          error={error}
          retry={() => {
            void connectors.refetch();
            void connections.refetch();
          }}
        />
      )}
      {connectors.data &&
        connections.data &&
        sections.map((role) => (
          <Section
            key={role}
            role={role}
            connectors={connectors.data.items.filter((one) => one.role === role)}
            connections={rows.filter((one) => one.role === role)}
          />
        ))}
      {connections.hasNextPage && (
        <Button variant="default" onClick={() => void connections.fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </Frame>
  );
};

const Section = ({
  role,
  connectors,
  connections,
}: {
  role: (typeof sections)[number];
  connectors: readonly Connector[];
  connections: readonly Summary[];
}) => {
  const heading = useId();
  const { title, text } = words.sections[role];
  return (
    <Stack component="section" gap="sm" id={role} aria-labelledby={heading}>
      <div>
        <Title order={2} size="h4" id={heading}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      {connections.length > 0 && (
        <SimpleGrid
          component="ul"
          cols={{ base: 1, sm: 2, lg: 3 }}
          aria-label={words.connected(title)}
          m={0}
          p={0}
        >
          {connections.map((one) => (
            <Card component="li" key={one.id} withBorder radius="lg" padding="md">
              <Group justify="space-between" align="start" wrap="nowrap">
                <Anchor
                  component={Link}
                  to={`/settings/company/${one.id}`}
                  fw={600}
                  aria-label={words.open(one.name)}
                >
                  {one.name}
                </Anchor>
                <StateBadge state={one.state} attention={one.attention} />
              </Group>
              <Text size="xs" c="dimmed" mt={4}>
                {connectors.find(({ id }) => id === one.connector)?.name ?? one.connector} ·{' '}
                {words.since} <Time at={one.createdAt} />
              </Text>
              {one.pause && (
                <Text size="sm" mt="xs">
                  {one.pause.text}
                </Text>
              )}
            </Card>
          ))}
        </SimpleGrid>
      )}
      <Group gap="xs">
        {connectors.map(({ id, name }) => (
          <Button
            key={id}
            component={Link}
            to={`/settings/company/connect/${id}`}
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
          >
            {words.connectOne(name)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
};
