/** What a person may decide about an effect that the hub cannot go on with by itself. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { tell } from '../tell.ts';
import { words as shared } from '../words.ts';
import { words } from './words.ts';

type Decision = Schemas['Effect']['decisions'][number];

export const EffectDecisions = ({
  effect: { id, decisions, error },
  what,
  vendor,
}: {
  effect: Pick<Schemas['Effect'], 'id' | 'decisions' | 'error'>;
  /** The effect in words. */
  what: string;
  /** Where it happens. */
  vendor: string;
}) => {
  const queries = useQueryClient();
  const [isAsking, asking] = useDisclosure(false);
  const decide = useMutation({
    mutationFn: (decision: Decision) =>
      got(api.POST('/api/v1/effects/{id}/decide', { params: { path: { id } }, body: { decision } })),
    onSuccess: async () => {
      tell.done(words.decided);
      await queries.invalidateQueries();
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  const simple = decisions.filter((one) => one === 'retry' || one === 'skip');
  const button = (decision: Decision, label: string, isFirst: boolean) => (
    <Button
      key={decision}
      size="xs"
      variant={isFirst ? 'filled' : 'default'}
      loading={decide.isPending && decide.variables === decision}
      aria-label={words.named(label, what)}
      onClick={() => {
        asking.close();
        decide.mutate(decision);
      }}
    >
      {label}
    </Button>
  );
  const isUnknown = decisions.includes('it_happened');
  return (
    <Group gap="xs">
      {isUnknown && (
        <Button size="xs" aria-label={words.named(words.say, what)} onClick={asking.open}>
          {words.say}
        </Button>
      )}
      {simple.map((one, index) => button(one, words.acts[one], index === 0 && !isUnknown))}
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={words.unknown.title}
        centered
        closeButtonProps={{ 'aria-label': shared.close }}
      >
        <Stack>
          <Text fw={600}>{what}</Text>
          <Text size="sm">{words.unknown.text(vendor)}</Text>
          {error !== null && (
            <Text size="sm" c="dimmed">
              {error.text}
            </Text>
          )}
          {(['it_happened', 'it_did_not'] as const).map((one) => (
            <Group key={one} justify="space-between" wrap="wrap">
              <Text size="sm" flex="1 1 12rem">
                {one === 'it_happened' ? words.unknown.happened : words.unknown.didNot}
              </Text>
              {button(one, words.acts[one], false)}
            </Group>
          ))}
        </Stack>
      </Modal>
    </Group>
  );
}; // prettier-ignore
