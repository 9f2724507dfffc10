/** While nothing of a new interview has left the hub, all of it can be taken back. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, got } from '../../../hub/client.ts';
import { problemOf, wordsOf } from '../../../hub/problem.ts';
import { Icon } from '../../../parts/icon.tsx';
import { tell } from '../../../parts/tell.ts';
import { Time } from '../../../parts/time.tsx';
import { words } from '../words.ts';

export const Undo = ({ id, sendAt }: { id: string; sendAt: string }) => {
  const navigate = useNavigate();
  const undo = useMutation({
    mutationFn: () => got(api.POST('/api/v1/interviews/{id}/undo', { params: { path: { id } } })),
    onSuccess: async () => {
      await navigate({ to: '/interviews' });
      tell.done(words.undo.done);
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <Alert color="yellow" role="status" icon={<Icon name="pause" />} title={words.undo.title}>
      <Group gap="sm">
        <Text size="sm">
          {words.undo.text} <Time at={sendAt} />
        </Text>
        <Button
          size="xs"
          loading={undo.isPending}
          onClick={() => {
            undo.mutate();
          }}
        >
          {words.undo.act}
        </Button>
      </Group>
    </Alert>
  );
};
