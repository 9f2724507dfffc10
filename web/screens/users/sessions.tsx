/** Where a user is signed in, each with its end. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

export const Sessions = ({ userId }: { userId: string }) => {
  const queries = useQueryClient();
  const queryKey = ['users', userId, 'sessions'];
  const params = { path: { id: userId } };
  const done = async (text: string): Promise<void> => {
    tell.done(text);
    await queries.invalidateQueries({ queryKey });
  };
  const onError = (thrown: Error): void => {
    tell.failed(wordsOf(problemOf(thrown)));
  };
  const end = useMutation({
    mutationFn: (id: string) =>
      got(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => done(words.sessions.ended),
    onError,
  });
  const endAll = useMutation({
    mutationFn: () => got(api.DELETE('/api/v1/users/{id}/sessions', { params })),
    onSuccess: ({ ended }) => done(words.sessions.endedAll(ended)),
    onError,
  });
  return (
    <>
      <PagedList
        label={words.sessions.list}
        queryKey={queryKey}
        load={(query) =>
          got(api.GET('/api/v1/users/{id}/sessions', { params: { ...params, query } }))
        }
        empty={
          <EmptyState icon="device" title={words.sessions.none} text={words.sessions.noneText} />
        }
        row={({ id, device, address, lastUsedAt, current }) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div>
              <Text size="sm" fw={600}>
                {device}
              </Text>
              <Text size="xs" c="dimmed">
                {words.sessions.used} <Time at={lastUsedAt} />{' '}
                {address !== '' && words.sessions.from(address)}
              </Text>
            </div>
            {current ? (
              <Badge variant="light">{words.sessions.current}</Badge>
            ) : (
              <Button
                size="xs"
                variant="subtle"
                color="red"
                loading={end.isPending && end.variables === id}
                aria-label={words.sessions.endNamed(device)}
                onClick={() => {
                  end.mutate(id);
                }}
              >
                {words.sessions.end}
              </Button>
            )}
          </Group>
        )}
      />
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={endAll.isPending}
          onClick={() => {
            endAll.mutate();
          }}
        >
          {words.sessions.endAll}
        </Button>
      </Group>
    </>
  );
};
