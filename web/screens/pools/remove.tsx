/** The end of a pool; which templates would miss it is said before. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { templatesQuery } from '../../parts/choices.ts';
import { ifMatch } from '../../parts/meanwhile/held.ts';
import { allOf } from '../../parts/names.ts';
import { tell } from '../../parts/tell.ts';
import type { Pool } from './queries.ts';
import { words } from './words.ts';

export const Remove = ({ pool }: { pool: Pool }) => {
  const { id, name } = pool;
  const [isOpen, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const templates = useQuery({ ...templatesQuery, enabled: isOpen });
  const using = (templates.data ?? []).filter(({ layer }) =>
    (layer?.events ?? []).some(({ seats }) =>
      seats.some(({ from }) => from.kind === 'pool' && from.poolId === id),
    ),
  );
  const remove = useMutation({
    mutationFn: () =>
      got(api.DELETE('/api/v1/pools/{id}', { params: { path: { id } }, headers: ifMatch(pool) })),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['pools', 'list'] });
      await navigate({ to: '/pools' });
      queries.removeQueries({ queryKey: ['pools', id] });
      tell.done(words.remove.done(name));
    },
  });
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.remove.text}
      </Text>
      <Group>
        <Button color="red" variant="outline" onClick={asking.open}>
          {words.remove.act}
        </Button>
      </Group>
      <Ask
        isOpen={isOpen}
        title={words.remove.ask(name)}
        act={words.remove.act}
        isBusy={remove.isPending}
        error={remove.error ?? templates.error}
        onYes={() => {
          remove.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.remove.what}</Text>
        {using.length > 0 && (
          <Alert color="yellow">{words.remove.used(allOf(using.map((one) => one.name)))}</Alert>
        )}
      </Ask>
    </>
  );
};
