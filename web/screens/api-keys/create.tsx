/** A new key, which is shown once. */
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { words as frame } from '../../app/words.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Copy } from '../../parts/copy.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { words as common } from '../../parts/words.ts';
import { words } from './words.ts';

type Role = Schemas['ApiKey']['role'];
type Values = { name: string; role: Role; email: string };

const roles = Object.entries(frame.roles).map(([value, label]) => ({
  value: value as Role,
  label,
}));

export const Create = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const [key, setKey] = useState<string | null>(null);
  const close = (): void => {
    setKey(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={words.create.title}
      centered
      // What is shown once is not lost by a slip.
      closeOnClickOutside={key === null}
      closeOnEscape={key === null}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {key === null ? <CreateForm onMade={setKey} /> : <Made apiKey={key} onDone={close} />}
    </Modal>
  );
};

const CreateForm = ({ onMade }: { onMade: (key: string) => void }) => {
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: { name: '', role: 'team_member', email: '' } });
  const save = useSave(form, {
    send: ({ name, role, email }, headers) =>
      got(
        api.POST('/api/v1/api-keys', {
          body: { name, role, email: email.trim() === '' ? null : email.trim() },
          headers,
        }),
      ),
    saved: async ({ key }) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
    },
  });
  return (
    <Form form={form} save={save} submit={words.create.submit}>
      <TextInput
        label={words.create.name}
        description={words.create.nameHint}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label={words.create.role}
        data={roles}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      <TextInput
        label={words.create.email}
        description={words.create.emailHint}
        type="email"
        {...form.getInputProps('email')}
      />
    </Form>
  );
};

const Made = ({ apiKey, onDone }: { apiKey: string; onDone: () => void }) => (
  <Stack>
    <Alert color="blue" icon={<Icon name="key" />} role="status">
      <Stack gap="xs">
        <Text size="sm">{words.create.shown}</Text>
        <Copy label={words.create.key} text={apiKey} />
      </Stack>
    </Alert>
    <Group justify="flex-end">
      <Button onClick={onDone}>{words.create.done}</Button>
    </Group>
  </Stack>
);
