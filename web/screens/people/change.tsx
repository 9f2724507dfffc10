/** A person changed: all of it, or one's own hours and limits. */
import { Card, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, got } from '../../hub/client.ts';
import type { Account } from '../../parts/choices.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { tell } from '../../parts/tell.ts';
import { Habits, Identity, Sources } from './fields.tsx';
import { type Person, personQuery } from './queries.ts';
import { bodyOf, valuesOf, type Values } from './values.ts';
import { words } from './words.ts';

export const Change = ({
  person,
  mayAll,
  accounts,
}: {
  person: Person;
  mayAll: boolean;
  /** Null: not for this role to see. */
  accounts: readonly Account[] | null;
}) => {
  const queries = useQueryClient();
  const sources = accounts === null ? null : new Set(accounts.map(({ id }) => id));
  const initialValues = valuesOf(person, sources);
  const form = useForm<Values>({ initialValues });
  // What others have changed meanwhile is shown, unless somebody is typing here.
  const stored = JSON.stringify(initialValues);
  useEffect(() => {
    if (form.isDirty()) return;
    form.setInitialValues(initialValues);
    form.setValues(initialValues);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when other values come
  }, [stored]);
  const save = useSave(form, {
    // Whether somebody is active is said elsewhere.
    send: (values, headers) =>
      got(
        api.PUT('/api/v1/people/{id}', {
          params: { path: { id: person.id } },
          body: { ...bodyOf(values), active: person.active },
          headers,
        }),
      ),
    saved: async (now) => {
      form.resetDirty();
      queries.setQueryData(personQuery(person.id).queryKey, now);
      tell.done(words.form.saved);
      await queries.invalidateQueries({ queryKey: ['people', 'list'] });
    },
  });
  return (
    <Card withBorder radius="lg" padding="lg">
      <Form form={form} save={save} submit={words.form.save}>
        <Stack gap="xl">
          {mayAll && <Identity form={form} isNew={false} />}
          <Habits form={form} />
          {accounts !== null && <Sources form={form} accounts={accounts} />}
        </Stack>
      </Form>
    </Card>
  );
};
