/** What the hub cannot go on with by itself, and what a person may decide about it. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PagedList, usePages } from '../../parts/paged-list.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { tell } from '../../parts/tell.ts';
import { Age } from '../../parts/time.tsx';
import { words } from './words.ts';

type State = keyof typeof words.needs;

const listOf = (state: State) => ({
  queryKey: ['effects', state],
  load: (query: { cursor?: string }) =>
    got(api.GET('/api/v1/effects', { params: { query: { ...query, limit: 20, state } } })),
});

export const NeedsMe = () => {
  const failed = usePages(listOf('failed'));
  const unknown = usePages(listOf('unknown'));
  const waiting = usePages(listOf('waiting'));
  const all = [failed, unknown, waiting];
  const broken = all.find(({ isError, data }) => isError && data === undefined);
  if (broken) return <ProblemNote error={broken.error} retry={() => void broken.refetch()} />;
  if (all.some(({ isPending }) => isPending)) return <Loading />;
  const some = (pages: typeof failed): boolean => (pages.data?.pages[0]?.items.length ?? 0) > 0;
  if (!all.some(some))
    return <EmptyState icon="check" title={words.quiet.title} text={words.quiet.text} />;
  return (
    <Stack gap="xl">
      {some(failed) && <Lane state="failed" />}
      {some(unknown) && <Lane state="unknown" />}
      {some(waiting) && <Lane state="waiting" />}
    </Stack>
  );
};

const Lane = ({ state }: { state: State }) => {
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: keyof typeof words.decisions }) =>
      got(api.POST('/api/v1/effects/{id}/decide', { params: { path: { id } }, body: { decision } })),
    onSuccess: async () => {
      tell.done(words.decided);
      await queries.invalidateQueries({ queryKey: ['effects'] });
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  const { title, text } = words.needs[state];
  return (
    <section>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      <PagedList
        label={title}
        {...listOf(state)}
        empty={<Card withBorder />}
        row={({ id, kind, error, updatedAt, decisions }) => (
          <Group justify="space-between" wrap="wrap" gap="sm">
            <Stack gap={0} flex="1 1 16rem">
              <Text size="sm" fw={600}>
                {words.kinds[kind]}
              </Text>
              <Text size="sm">{error?.text ?? ''}</Text>
              <Text size="xs" c="dimmed">
                <Age at={updatedAt} />
              </Text>
            </Stack>
            <Group gap="xs">
              {decisions.map((decision, index) => (
                <Button
                  key={decision}
                  size="xs"
                  variant={index === 0 ? 'filled' : 'default'}
                  loading={decide.isPending && decide.variables.id === id}
                  aria-label={words.decideNamed(words.decisions[decision], words.kinds[kind], id)}
                  onClick={() => {
                    decide.mutate({ id, decision });
                  }}
                >
                  {words.decisions[decision]}
                </Button>
              ))}
            </Group>
          </Group>
        )}
      />
    </section>
  );
}; // prettier-ignore
