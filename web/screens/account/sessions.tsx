/** The person's own sessions, each with its end. */
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

const sessionsKey = ['sessions'];

export const Sessions = () => {
  const queries = useQueryClient();
  const done = async (text: string): Promise<void> => {
    tell.done(text);
    await queries.invalidateQueries({ queryKey: sessionsKey });
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
  const endOthers = useMutation({
    mutationFn: () => got(api.POST('/api/v1/sessions/end-others')),
    onSuccess: ({ ended }) => done(words.sessions.endedOthers(ended)),
    onError,
  });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {words.sessions.title}
        </Title>
        <Button
          size="xs"
          variant="default"
          loading={endOthers.isPending}
          onClick={() => {
            endOthers.mutate();
          }}
        >
          {words.sessions.endOthers}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {words.sessions.lead}
      </Text>
      <PagedList
        label={words.sessions.list}
        queryKey={sessionsKey}
        load={(query) => got(api.GET('/api/v1/sessions', { params: { query } }))}
        empty={
          <EmptyState icon="device" title={words.sessions.none} text={words.sessions.noneText} />
        }
        row={(session) => (
          <Row
            session={session}
            isEnding={end.isPending && end.variables === session.id}
            onEnd={() => {
              end.mutate(session.id);
            }}
          />
        )}
      />
    </Stack>
  );
};

const Row = ({
  session,
  isEnding,
  onEnd,
}: {
  session: Schemas['Session'];
  isEnding: boolean;
  onEnd: () => void;
}) => (
  <Group justify="space-between" wrap="nowrap">
    <Group gap="sm" wrap="nowrap">
      <Icon name="device" size={22} />
      <div>
        <Text size="sm" fw={600}>
          {session.device}
        </Text>
        <Text size="xs" c="dimmed">
          {words.sessions.used} <Time at={session.lastUsedAt} />{' '}
          {session.address !== '' && words.sessions.from(session.address)}
        </Text>
      </div>
    </Group>
    {session.current ? (
      <Badge variant="light">{words.sessions.current}</Badge>
    ) : (
      <Button
        size="xs"
        variant="subtle"
        color="red"
        loading={isEnding}
        onClick={onEnd}
        aria-label={words.sessions.endNamed(session.device)}
      >
        {words.sessions.end}
      </Button>
    )}
  </Group>
);
