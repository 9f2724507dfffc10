/** Whether a person's calendars can be read, and a calendar given by its secret address. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { plain } from '../../hub/problem.ts';
import type { Account } from '../../parts/choices.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Part } from '../../parts/part.tsx';
import { Password } from '../../parts/password.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { tell } from '../../parts/tell.ts';
import { type Person, personQuery } from './queries.ts';
import { words } from './words.ts';

export const Calendars = ({
  person: { id, busySources },
  accounts,
}: {
  person: Person;
  accounts: readonly Account[];
}) => {
  const test = useMutation({
    mutationFn: () =>
      got(api.POST('/api/v1/people/{id}/test-calendars', { params: { path: { id } } })),
  });
  return (
    <Part title={words.calendars.title}>
      <Text size="sm" c="dimmed">
        {busySources.length === 0 ? words.calendars.none : words.calendars.text}
      </Text>
      {busySources.map((source) => (
        <Source
          key={source}
          name={accounts.find((one) => one.id === source)?.name ?? words.calendars.removed}
          found={test.data?.items.find(({ connectionId }) => connectionId === source)}
        />
      ))}
      {test.isError && <ProblemNote error={test.error} />}
      {busySources.length > 0 && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() => {
              test.mutate();
            }}
          >
            {words.calendars.test}
          </Button>
        </Group>
      )}
      <SecretAddress id={id} onSet={test.reset} />
    </Part>
  );
};

const Source = ({
  name,
  found,
}: {
  name: string;
  /** Undefined: not tested yet. */
  found: { state: 'ok' | 'unknown'; busy: number | null; text: string | null } | undefined;
}) => (
  <Stack gap={2} aria-live="polite">
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" fw={600}>
        {name}
      </Text>
      {found && (
        <Badge
          variant="light"
          color={found.state === 'ok' ? 'teal' : 'red'}
          leftSection={<Icon name={found.state === 'ok' ? 'check' : 'alert'} size={12} />}
        >
          {words.calendars[found.state]}
        </Badge>
      )}
    </Group>
    {found && (
      <Text size="sm">
        {found.busy === null ? plain(found.text ?? '') : words.calendars.busy(found.busy)}
      </Text>
    )}
  </Stack>
);

const SecretAddress = ({ id, onSet }: { id: string; onSet: () => void }) => {
  const queries = useQueryClient();
  const form = useForm({ initialValues: { url: '' } });
  const save = useSave(form, {
    send: (body, headers) =>
      got(api.PUT('/api/v1/people/{id}/calendar', { params: { path: { id } }, body, headers })),
    saved: async (now) => {
      form.reset();
      onSet();
      queries.setQueryData(personQuery(id).queryKey, now);
      tell.done(words.calendars.set);
      await queries.invalidateQueries({ queryKey: ['connections', 'accounts'] });
    },
  });
  return (
    <Form form={form} save={save} submit={words.calendars.submit}>
      <Password
        label={words.calendars.address}
        description={words.calendars.addressHint}
        autoComplete="off"
        {...form.getInputProps('url')}
      />
    </Form>
  );
};
