/** The webhooks of a connection: whether they work, and what to do where they do not. */
import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Copy } from '../../parts/copy.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { type Connection, connectionQuery } from './queries.ts';
import { words } from './words.ts';

export const Webhooks = ({ connection: { id, webhooks } }: { connection: Connection }) => {
  const queries = useQueryClient();
  const subscribe = useMutation({
    mutationFn: (replaceForeign: boolean) =>
      got(
        api.POST('/api/v1/connections/{id}/subscribe', {
          params: { path: { id } },
          body: { replaceForeign },
        }),
      ),
    onSuccess: (now) => {
      queries.setQueryData(connectionQuery(id).queryKey, now);
      tell.done(words.hooks.done);
    },
  });
  const isTaken = webhooks.some(({ status }) => status === 'foreign');
  const press = (replaceForeign: boolean, label: string) => (
    <Button
      variant="default"
      loading={subscribe.isPending && subscribe.variables === replaceForeign}
      onClick={() => {
        subscribe.mutate(replaceForeign);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Stack gap="lg">
        {webhooks.map((one) => (
          <Webhook key={one.id} webhook={one} />
        ))}
        {webhooks.length === 0 && <Text>{words.hooks.none}</Text>}
      </Stack>
      {subscribe.isError && <ProblemNote error={subscribe.error} />}
      <Group gap="sm">
        {press(false, words.hooks.subscribe)}
        {isTaken && press(true, words.hooks.takeOver)}
      </Group>
    </>
  );
};

const Webhook = ({ webhook }: { webhook: Schemas['Webhook'] }) => {
  const { event, status, text, hint, url, secret, lastDeliveryAt, deleteByHand, attention } =
    webhook;
  const color = attention ? 'red' : status === 'healthy' ? 'teal' : 'gray';
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text fw={600}>{event === '' ? words.hooks.every : event}</Text>
        <Badge color={color} variant="light">
          {text}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {lastDeliveryAt === null ? (
          words.hooks.noDelivery
        ) : (
          <>
            {words.hooks.last} <Time at={lastDeliveryAt} />
          </>
        )}
      </Text>
      {hint !== null && <Text size="sm">{hint}</Text>}
      <Copy label={words.hooks.url} text={url} />
      {secret !== null && <Copy label={words.hooks.secret} text={secret} />}
      {deleteByHand.length > 0 && (
        <Text size="sm" component="div">
          {words.hooks.byHand}
          {deleteByHand.map((address) => (
            <Code key={address} block mt={4}>
              {address}
            </Code>
          ))}
        </Text>
      )}
    </Stack>
  );
};
