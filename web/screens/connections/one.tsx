/** One connection: its state, what it may do, its settings, webhooks, deliveries, and its end. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Time } from '../../parts/time.tsx';
import { Change } from './change.tsx';
import { Deliveries } from './deliveries.tsx';
import { Disconnect } from './disconnect.tsx';
import { type Connection, connectionQuery, type Connector, connectorsQuery } from './queries.ts';
import { StateActions } from './state-actions.tsx';
import { StateBadge } from './state-badge.tsx';
import { Verification } from './verification.tsx';
import { Webhooks } from './webhooks.tsx';
import { words } from './words.ts';

const back = { to: '/settings/company', label: words.connect.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/settings/company/$id' });
  const connection = useQuery(connectionQuery(id));
  const connectors = useQuery(connectorsQuery);
  const error = connection.error ?? connectors.error;
  if (connection.isPending || connectors.isPending) return <Loading />;
  const connector = connectors.data?.items.find((one) => one.id === connection.data?.connector);
  if (!connection.data || !connector)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={error} retry={() => void connection.refetch()} />
      </Frame>
    );
  return <One connection={connection.data} connector={connector} />;
};

const One = ({ connection, connector }: { connection: Connection; connector: Connector }) => (
  <Frame
    title={connection.name}
    back={back}
    lead={
      <Group gap="sm" component="span">
        <StateBadge state={connection.state} attention={connection.attention} />
        {connector.name}
      </Group>
    }
    actions={<StateActions connection={connection} connector={connector} />}
  >
    {connection.pause && (
      <Alert color="yellow" icon={<Icon name="pause" />}>
        {connection.pause.text}
      </Alert>
    )}
    {connection.problems.map(({ code, text }) => (
      <Alert key={code} color="yellow" icon={<Icon name="alert" />}>
        {text}
      </Alert>
    ))}
    <Part title={words.may.title}>
      <Rights connection={connection} />
    </Part>
    {connector.webhooks && (
      <Part title={words.hooks.title}>
        <Webhooks connection={connection} />
      </Part>
    )}
    <Part title={words.change.title}>
      <Change connection={connection} connector={connector} />
    </Part>
    {connector.webhooks && (
      <Stack component="section" gap="sm">
        <Title order={2} size="h4">
          {words.deliveries.title}
        </Title>
        <Deliveries connectionId={connection.id} />
      </Stack>
    )}
    <Part title={words.disconnect.title}>
      <Disconnect connection={connection} connector={connector} />
    </Part>
  </Frame>
);

const Rights = ({ connection }: { connection: Connection }) => {
  const { id, verification, verifiedAt } = connection;
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => got(api.POST('/api/v1/connections/{id}/test', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
  return (
    <>
      {verification ? <Verification told={verification} /> : <Text>{words.may.never}</Text>}
      {test.isError && <ProblemNote error={test.error} />}
      <Group gap="md">
        <Button
          variant="default"
          loading={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {words.may.again}
        </Button>
        {verifiedAt !== null && (
          <Text size="sm" c="dimmed">
            {words.may.tested} <Time at={verifiedAt} />
          </Text>
        )}
      </Group>
    </>
  );
};
