/** Whether anything new is planned with a person; what depends on them is said before. */
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { Ask } from '../../parts/ask.tsx';
import { ifMatch } from '../../parts/meanwhile/held.ts';
import { allOf } from '../../parts/names.ts';
import { tell } from '../../parts/tell.ts';
import { type Person, personQuery, type Ties } from './queries.ts';
import { bodyOf, valuesOf } from './values.ts';
import { words } from './words.ts';

const listed = (named: Ties['pools']): string => allOf(named.map(({ name }) => name));

export const Activate = ({ person, ties }: { person: Person; ties: Ties | null }) => {
  const { id, name, active } = person;
  const [isOpen, asking] = useDisclosure(false);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      got(
        api.PUT('/api/v1/people/{id}', {
          params: { path: { id } },
          body: { ...bodyOf(valuesOf(person, null)), active: !active },
          headers: ifMatch(person),
        }),
      ),
    onSuccess: async (now) => {
      asking.close();
      queries.setQueryData(personQuery(id).queryKey, now);
      tell.done(now.active ? words.active.reactivated(name) : words.active.deactivated(name));
      await queries.invalidateQueries({ queryKey: ['people', 'list'] });
    },
    onError: (thrown) => {
      if (!active) tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  if (!active)
    return (
      <Button
        loading={change.isPending}
        onClick={() => {
          change.mutate();
        }}
      >
        {words.active.reactivate}
      </Button>
    );
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        {words.active.deactivate}
      </Button>
      <Ask
        isOpen={isOpen}
        title={words.active.ask(name)}
        act={words.active.deactivate}
        isBusy={change.isPending}
        error={change.error}
        onYes={() => {
          change.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.active.text}</Text>
        {ties !== null && (
          <>
            {ties.interviews.length > 0 && (
              <Text size="sm">{words.active.interviews(ties.interviews.length)}</Text>
            )}
            {ties.pools.length > 0 && (
              <Text size="sm">{words.active.pools(listed(ties.pools))}</Text>
            )}
            {ties.templates.length > 0 && (
              <Text size="sm">{words.active.templates(listed(ties.templates))}</Text>
            )}
          </>
        )}
      </Ask>
    </>
  );
};
