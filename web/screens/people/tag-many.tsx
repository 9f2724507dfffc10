/** Tags for everybody who is selected, at once. */
import { Button, Group, Modal, TagsInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { tagsQuery } from '../../parts/tags.ts';
import { tell } from '../../parts/tell.ts';
import { words as common } from '../../parts/words.ts';
import { words } from './words.ts';

export const TagMany = ({
  selected,
  onAll,
  onNone,
}: {
  selected: ReadonlySet<string>;
  onAll: () => void;
  onNone: () => void;
}) => {
  const [isOpen, dialog] = useDisclosure(false);
  const isSome = selected.size > 0;
  return (
    <Group gap="xs">
      <Button size="xs" variant="subtle" onClick={onAll}>
        {words.many.all}
      </Button>
      {isSome && (
        <>
          <Text size="sm" fw={600} aria-live="polite">
            {words.many.selected(selected.size)}
          </Text>
          <Button size="xs" onClick={dialog.open}>
            {words.many.act}
          </Button>
          <Button size="xs" variant="subtle" onClick={onNone}>
            {words.many.clear}
          </Button>
        </>
      )}
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={words.many.title(selected.size)}
        centered
        closeButtonProps={{ 'aria-label': common.close }}
      >
        <TagForm
          personIds={[...selected]}
          onDone={() => {
            dialog.close();
            onNone();
          }}
        />
      </Modal>
    </Group>
  );
};

type Values = { add: string[]; remove: string[] };

const TagForm = ({ personIds, onDone }: { personIds: string[]; onDone: () => void }) => {
  const queries = useQueryClient();
  const known = useQuery(tagsQuery).data ?? [];
  const form = useForm<Values>({ initialValues: { add: [], remove: [] } });
  const save = useSave(form, {
    send: (values, headers) =>
      got(api.POST('/api/v1/people/tags', { body: { personIds, ...values }, headers })),
    saved: async ({ changed }) => {
      tell.done(words.many.done(changed));
      onDone();
      await queries.invalidateQueries({ queryKey: ['people'] });
    },
    fieldOf: (field) => field.split('.')[0] ?? null,
  });
  return (
    <Form form={form} save={save} submit={words.many.submit}>
      <TagsInput
        label={words.many.add}
        description={words.many.hint}
        data={known}
        limit={100}
        acceptValueOnBlur
        maxLength={60}
        {...form.getInputProps('add')}
      />
      <TagsInput
        label={words.many.remove}
        data={known}
        limit={100}
        acceptValueOnBlur
        maxLength={60}
        {...form.getInputProps('remove')}
      />
    </Form>
  );
};
