/** The end of a connection: what it will remove is said before, what is left to do after. */
import { Alert, Anchor, Button, Code, Group, List, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { tell } from '../../parts/tell.ts';
import type { Connection, Connector } from './queries.ts';
import { words } from './words.ts';

export const Disconnect = ({
  connection: { id, name, webhooks },
  connector,
}: {
  connection: Connection;
  connector: Connector;
}) => {
  const [isOpen, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const rules = useQuery({
    queryKey: ['rules', 'of', id],
    queryFn: () => got(api.GET('/api/v1/rules', { params: { query: { limit: 100 } } })),
    enabled: isOpen,
  });
  const resting = (rules.data?.items ?? []).filter(
    ({ connectionId, platformId, enabled }) => enabled && [connectionId, platformId].includes(id),
  );
  const disconnect = useMutation({
    mutationFn: () => got(api.DELETE('/api/v1/connections/{id}', { params: { path: { id } } })),
    onSuccess: async ({ deleteByHand }) => {
      tell.done(words.disconnect.done(name));
      asking.close();
      queries.removeQueries({ queryKey: ['connections', 'list'] });
      if (deleteByHand.length > 0) return;
      await navigate({ to: '/settings/company' });
      queries.removeQueries({ queryKey: ['connections', id] });
    },
  });
  if (disconnect.isSuccess)
    return (
      <Alert color="yellow" title={words.disconnect.byHand.title}>
        <Text size="sm">{words.disconnect.byHand.text(connector.name)}</Text>
        {disconnect.data.deleteByHand.map(({ event, url }) => (
          <Code key={url} block my={4}>
            {event} {url}
          </Code>
        ))}
        <Text size="sm">{words.disconnect.byHand.resting(disconnect.data.restingRules)}</Text>
        <Anchor component={Link} to="/settings/company" size="sm">
          {words.connect.back}
        </Anchor>
      </Alert>
    );
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.disconnect.text}
      </Text>
      <Group>
        <Button color="red" variant="outline" onClick={asking.open}>
          {words.disconnect.act}
        </Button>
      </Group>
      <Ask
        isOpen={isOpen}
        title={words.disconnect.ask(name)}
        act={words.disconnect.act}
        isBusy={disconnect.isPending}
        error={disconnect.error}
        onYes={() => {
          disconnect.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.disconnect.what}</Text>
        <List size="sm">
          <List.Item>{words.disconnect.key}</List.Item>
          {webhooks.length > 0 && <List.Item>{words.disconnect.hooks(webhooks.length)}</List.Item>}
          {resting.length > 0 && (
            <List.Item>
              {words.disconnect.rules(resting.map((rule) => rule.name).join(', '))}
            </List.Item>
          )}
        </List>
        <Text size="sm" c="dimmed">
          {words.disconnect.kept}
        </Text>
      </Ask>
    </>
  );
};
