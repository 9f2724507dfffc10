/** What a person may decide about an effect that the hub cannot go on with by itself. */
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { tell } from '../tell.ts';
import { type Decision, decideEffect } from './decide.ts';
import { DidItHappen } from './did-it-happen.tsx';
import { words } from './words.ts';

export const EffectDecisions = ({
  effect: { id, decisions, error },
  what,
  vendor,
  isFirst = true,
}: {
  effect: Pick<Schemas['Effect'], 'id' | 'decisions' | 'error'>;
  /** The effect in words. */
  what: string;
  /** Where it happens. */
  vendor: string;
  /** Whether it is the one thing to do where it stands. */
  isFirst?: boolean;
}) => {
  const queries = useQueryClient();
  const [isAsking, asking] = useDisclosure(false);
  const decide = useMutation({
    mutationFn: (decision: Decision) => decideEffect(id, decision),
    onSuccess: async () => {
      tell.done(words.decided);
      await queries.invalidateQueries();
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  const isUnknown = decisions.includes('it_happened');
  const simple = decisions.filter((one) => one === 'retry' || one === 'skip');
  return (
    <Group gap="xs">
      {isUnknown && (
        <Button
          size="xs"
          variant={isFirst ? 'filled' : 'default'}
          loading={decide.isPending}
          aria-label={words.named(words.acts.say, what)}
          onClick={asking.open}
        >
          {words.acts.say}
        </Button>
      )}
      {simple.map((decision, index) => (
        <Button
          key={decision}
          size="xs"
          variant={isFirst && index === 0 && !isUnknown ? 'filled' : 'default'}
          loading={decide.isPending && decide.variables === decision}
          aria-label={words.named(words.acts[decision], what)}
          onClick={() => {
            decide.mutate(decision);
          }}
        >
          {words.acts[decision]}
        </Button>
      ))}
      <DidItHappen
        what={what}
        vendor={vendor}
        text={error?.text ?? null}
        isOpen={isAsking}
        onSay={decide.mutate}
        onClose={asking.close}
      />
    </Group>
  );
};
