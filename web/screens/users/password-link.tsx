/** A way back in for somebody whom no mail reaches. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { HandedOver } from './handed-over.tsx';
import type { User } from './queries.ts';
import { words } from './words.ts';

export const PasswordLink = ({ user: { id, name } }: { user: User }) => {
  const [isOpen, asking] = useDisclosure(false);
  const make = useMutation({
    mutationFn: () =>
      got(api.POST('/api/v1/users/{id}/password-link', { params: { path: { id } } })),
    onSuccess: asking.close,
  });
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.password.text}
      </Text>
      {make.data && <HandedOver text={words.password.made} {...make.data} />}
      <Group>
        <Button variant="default" onClick={asking.open}>
          {words.password.act}
        </Button>
      </Group>
      <Ask
        isOpen={isOpen}
        title={words.password.ask(name)}
        act={words.password.act}
        isBusy={make.isPending}
        error={make.error}
        onYes={() => {
          make.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.password.askText}</Text>
      </Ask>
    </>
  );
};
