/** How the hub is: what is wrong first, then work, connections and the machine. */
import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Connections } from './connections.tsx';
import { Machine } from './machine.tsx';
import { Queues } from './queues.tsx';
import { words } from './words.ts';

/** Milliseconds: nobody is told when work waits or a disk fills up. */
const lookAgain = 15_000;

export const Screen = () => {
  const health = useQuery({
    queryKey: ['connections', 'health'],
    queryFn: () => got(api.GET('/api/v1/health')),
    refetchInterval: lookAgain,
  });
  if (health.isPending) return <Loading />;
  if (health.isError && health.data === undefined)
    return <ProblemNote error={health.error} retry={() => void health.refetch()} />;
  const { problems, queues, connections } = health.data;
  return (
    <Frame title={words.title} lead={words.lead}>
      {problems.length === 0 ? (
        <Alert color="teal" role="status" icon={<Icon name="check" />} title={words.well.title}>
          {words.well.text}
        </Alert>
      ) : (
        <Part title={words.problems}>
          <Stack gap="sm">
            {problems.map(({ code, text }) => (
              <Alert key={text} data-code={code} color="yellow" icon={<Icon name="alert" />}>
                {text.charAt(0).toUpperCase() + text.slice(1)}
              </Alert>
            ))}
          </Stack>
        </Part>
      )}
      <Part title={words.machine}>
        <Card withBorder radius="lg" padding="lg">
          <Machine health={health.data} />
        </Card>
      </Part>
      <Part title={words.connections}>
        {connections.length === 0 ? (
          <Text c="dimmed">{words.noConnections}</Text>
        ) : (
          <Connections connections={connections} />
        )}
      </Part>
      <Part title={words.queues}>
        <Card withBorder radius="lg" padding={0}>
          <Queues queues={queues} />
        </Card>
      </Part>
    </Frame>
  );
};

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <Title order={2} size="h4" mb="sm">
      {title}
    </Title>
    {children}
  </section>
);
