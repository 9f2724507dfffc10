/** The rule's action for one candidate who was there before the rule: asked for by a person. */
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { tell } from '../../parts/tell.ts';
import type { Rule } from './queries.ts';
import { words } from './words.ts';

export const SendNow = ({
  rule: { id, action },
  candidate: { remoteId, name, email },
}: {
  rule: Rule;
  candidate: Schemas['RulePreview']['candidates'][number];
}) => {
  const [isOpen, asking] = useDisclosure(false);
  const isTest = action === 'assessment';
  const send = useMutation({
    mutationFn: () =>
      got(
        api.POST('/api/v1/rules/{id}/send-now', {
          params: { path: { id } },
          body: { candidateId: remoteId },
        }),
      ),
    onSuccess: ({ state }) => {
      asking.close();
      tell.done(state === 'waiting' ? words.send.waits(name) : words.send.done(name));
    },
  });
  if (send.isSuccess)
    return (
      <Text size="sm" c="dimmed">
        {words.send.asked}
      </Text>
    );
  const act = isTest ? words.send.act : words.send.make;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        flex="none"
        onClick={asking.open}
        aria-label={isTest ? words.send.actNamed(name) : words.send.makeNamed(name)}
      >
        {act}
      </Button>
      <Ask
        isOpen={isOpen}
        title={words.send.ask(name)}
        act={act}
        isBusy={send.isPending}
        error={send.error}
        onYes={() => {
          send.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.send.text[action]}</Text>
        {isTest && email === null && <Text size="sm">{words.send.noEmail}</Text>}
      </Ask>
    </>
  );
};
