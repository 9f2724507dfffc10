/** Asking somebody to join; where no mail server is connected, with a link to hand over. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { tell } from '../../parts/tell.ts';
import { words as common } from '../../parts/words.ts';
import { HandedOver } from './handed-over.tsx';
import type { User } from './queries.ts';
import { RoleField } from './role-field.tsx';
import { words } from './words.ts';

export const Invite = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={words.invite.title}
    centered
    closeButtonProps={{ 'aria-label': common.close }}
  >
    <InviteForm onClose={onClose} />
  </Modal>
);

type Values = { email: string; role: User['role'] };

const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const queries = useQueryClient();
  const [made, setMade] = useState<Schemas['InvitationMade'] | null>(null);
  const form = useForm<Values>({ initialValues: { email: '', role: 'team_member' } });
  const save = useSave(form, {
    send: (body, headers) => got(api.POST('/api/v1/invitations', { body, headers })),
    saved: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['invitations'] });
      if (answer.link === null) {
        tell.done(words.invite.sent(answer.email));
        onClose();
      } else setMade(answer);
    },
  });
  if (made !== null && made.link !== null)
    return (
      <Stack>
        <HandedOver text={words.invite.byHand} link={made.link} expiresAt={made.expiresAt} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.close}
          </Button>
        </Group>
      </Stack>
    );
  return (
    <Form form={form} save={save} submit={words.invite.submit}>
      <TextInput
        label={words.invite.email}
        description={words.invite.emailHint}
        type="email"
        required
        data-autofocus
        {...form.getInputProps('email')}
      />
      <RoleField label={words.invite.role} {...form.getInputProps('role')} />
    </Form>
  );
};
