/** The end of a rule; what it means is said before. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { ifMatch } from '../../parts/meanwhile/held.ts';
import { tell } from '../../parts/tell.ts';
import { type Rule, rulesKey } from './queries.ts';
import { words } from './words.ts';

export const Remove = ({ rule }: { rule: Rule }) => {
  const { id, name } = rule;
  const [isOpen, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      got(api.DELETE('/api/v1/rules/{id}', { params: { path: { id } }, headers: ifMatch(rule) })),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: [rulesKey, 'list'] });
      await navigate({ to: '/rules' });
      queries.removeQueries({ queryKey: [rulesKey, id] });
      tell.done(words.remove.done(name));
    },
  });
  return (
    <Group>
      <Button color="red" variant="outline" onClick={asking.open}>
        {words.remove.act}
      </Button>
      <Ask
        isOpen={isOpen}
        title={words.remove.ask(name)}
        act={words.remove.act}
        isBusy={remove.isPending}
        error={remove.error}
        onYes={() => {
          remove.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.remove.what}</Text>
      </Ask>
    </Group>
  );
};
