/** A person changed: all of it, or one's own hours and limits. */
import { Card, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import type { Account } from '../../parts/choices.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { tell } from '../../parts/tell.ts';
import { Habits, Identity, Sources } from './fields.tsx';
import { type Person, personQuery } from './queries.ts';
import { bodyOf, labels, valuesOf, type Values } from './values.ts';
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
  const form = useForm<Values>({ initialValues: valuesOf(person, sources) });
  const held = useHeld(person, {
    valuesOf: (stored) => valuesOf(stored, sources),
    refetch: () => queries.invalidateQueries(personQuery(person.id)),
    labels,
    texts: ['name', 'email', 'title', 'bio', 'linkedIn', 'zone', 'tags', 'perDay', 'perWeek'],
  });
  const save = useSave(form, {
    // Whether somebody is active is said elsewhere.
    send: (values, once) =>
      got(
        api.PUT('/api/v1/people/{id}', {
          params: { path: { id: person.id } },
          body: { ...bodyOf(values), active: held.base().active },
          headers: { ...once, ...held.ifMatch() },
        }),
      ),
    saved: async (now) => {
      form.resetDirty();
      held.hold(now);
      queries.setQueryData(personQuery(person.id).queryKey, now);
      tell.done(words.form.saved);
      await queries.invalidateQueries({ queryKey: ['people', 'list'] });
    },
  });
  return (
    <Card withBorder radius="lg" padding="lg">
      <Form form={form} save={save} held={held} submit={words.form.save}>
        <Stack gap="xl">
          {mayAll && <Identity form={form} isNew={false} />}
          <Habits form={form} />
          {accounts?.some(({ role }) => role === 'busy') === true && (
            <Sources form={form} accounts={accounts} />
          )}
        </Stack>
      </Form>
    </Card>
  );
};
