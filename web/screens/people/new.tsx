/** Somebody new, or a room. */
import { Card, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { accountsQuery } from '../../parts/choices.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Habits, Identity, Sources } from './fields.tsx';
import { personQuery } from './queries.ts';
import { bodyOf, newPerson, type Values } from './values.ts';
import { words } from './words.ts';

export const Screen = () => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const accounts = useQuery({ ...accountsQuery, enabled: useMay()('rules.see') }).data ?? [];
  const form = useForm<Values>({ initialValues: newPerson() });
  const save = useSave(form, {
    send: (values, headers) => got(api.POST('/api/v1/people', { body: bodyOf(values), headers })),
    saved: async (made) => {
      queries.setQueryData(personQuery(made.id).queryKey, made);
      await queries.invalidateQueries({ queryKey: ['people', 'list'] });
      tell.done(words.form.made(made.name));
      await navigate({ to: '/people/$id', params: { id: made.id } });
    },
  });
  return (
    <Frame title={words.form.newTitle} back={{ to: '/people', label: words.back }}>
      <Card withBorder radius="lg" padding="lg" maw="46rem">
        <Form form={form} save={save} submit={words.form.create}>
          <Stack gap="xl">
            <Identity form={form} isNew />
            <Habits form={form} />
            <Sources form={form} accounts={accounts} />
          </Stack>
        </Form>
      </Card>
    </Frame>
  );
};
