/** Whether a user may sign in at all. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { Ask } from '../../parts/ask.tsx';
import { tell } from '../../parts/tell.ts';
import { type User, userQuery } from './queries.ts';
import { words } from './words.ts';

export const Access = ({ user: { id, name, active } }: { user: User }) => {
  const [isOpen, asking] = useDisclosure(false);
  const queries = useQueryClient();
  const params = { path: { id } };
  const change = useMutation({
    mutationFn: () =>
      got(
        active
          ? api.POST('/api/v1/users/{id}/deactivate', { params })
          : api.POST('/api/v1/users/{id}/reactivate', { params }),
      ),
    onSuccess: async (now) => {
      asking.close();
      queries.setQueryData(userQuery(id).queryKey, now);
      tell.done(now.active ? words.access.reactivated(name) : words.access.deactivated(name));
      await queries.invalidateQueries({ queryKey: ['users'] });
    },
    onError: (thrown) => {
      if (!active) tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <>
      <Text size="sm" c="dimmed">
        {active ? words.access.deactivateText : words.access.reactivateText}
      </Text>
      <Group>
        {active ? (
          <Button color="red" variant="outline" onClick={asking.open}>
            {words.access.deactivate}
          </Button>
        ) : (
          <Button
            loading={change.isPending}
            onClick={() => {
              change.mutate();
            }}
          >
            {words.access.reactivate}
          </Button>
        )}
      </Group>
      <Ask
        isOpen={isOpen}
        title={words.access.ask(name)}
        act={words.access.deactivate}
        isBusy={change.isPending}
        error={change.error}
        onYes={() => {
          change.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.access.deactivateText}</Text>
      </Ask>
    </>
  );
};
