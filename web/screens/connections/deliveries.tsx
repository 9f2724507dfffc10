/** What came in by the webhooks, newest first, and what came of it. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

export const Deliveries = ({ connectionId }: { connectionId: string }) => {
  const queries = useQueryClient();
  const queryKey = ['deliveries', connectionId];
  const replay = useMutation({
    mutationFn: (id: string) =>
      got(api.POST('/api/v1/deliveries/{id}/replay', { params: { path: { id } } })),
    onSuccess: async () => {
      tell.done(words.deliveries.replayed);
      await queries.invalidateQueries({ queryKey });
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <PagedList
      label={words.deliveries.list}
      queryKey={queryKey}
      load={(query) =>
        got(
          api.GET('/api/v1/deliveries', {
            params: { query: { ...query, limit: 10, connectionId } },
          }),
        )
      }
      empty={
        <EmptyState icon="pulse" title={words.deliveries.none} text={words.deliveries.noneText} />
      }
      row={({ id, event, state, detail, receivedAt }) => (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <div>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {event === '' ? words.hooks.every : event}
              </Text>
              <Badge variant="light" color={state === 'queued' ? 'yellow' : 'gray'}>
                {words.deliveries.states[state]}
              </Badge>
            </Group>
            <Text size="xs" c="dimmed">
              <Time at={receivedAt} />
              {detail !== null && ` · ${detail}`}
            </Text>
          </div>
          <Button
            size="xs"
            variant="default"
            loading={replay.isPending && replay.variables === id}
            aria-label={words.deliveries.replayNamed(event, id)}
            onClick={() => {
              replay.mutate(id);
            }}
          >
            {words.deliveries.replay}
          </Button>
        </Group>
      )}
    />
  );
};
