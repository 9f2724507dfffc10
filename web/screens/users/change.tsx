/** A user's name and role. */
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { sessionKey } from '../../app/session.ts';
import { words as frame } from '../../app/words.ts';
import { api, got } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import type { Parts } from '../../parts/meanwhile/weigh.ts';
import { tell } from '../../parts/tell.ts';
import { type User, userQuery } from './queries.ts';
import { RoleField, roles } from './role-field.tsx';
import { words } from './words.ts';

/** A type, not an interface: forms take what has an index. */
type Values = { name: string; role: User['role'] };

const valuesOf = ({ name, role }: User): Values => ({ name, role });

/** A role by its name, so that theirs and mine are read beside each other. */
const split = ({ name, role }: Values): Parts => ({ name, role: frame.roles[role] });

const join = ({ name, role }: Parts): Values =>
  ({ name, role: roles.find((one) => frame.roles[one] === role) }) as Values;

export const Change = ({ user, isLast }: { user: User; isLast: boolean }) => {
  const { id } = user;
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: valuesOf(user) });
  const held = useHeld(user, {
    valuesOf,
    refetch: () => queries.invalidateQueries({ ...userQuery(id), exact: true }),
    labels: { name: words.one.name, role: words.one.role },
    texts: ['name', 'role'],
    split,
    join,
  });
  const save = useSave(form, {
    send: (body, once) => {
      const headers = { ...once, ...held.ifMatch() };
      return got(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body, headers }));
    },
    saved: async (now) => {
      form.resetDirty(valuesOf(now));
      form.setValues(valuesOf(now));
      held.hold(now);
      queries.setQueryData(userQuery(id).queryKey, now);
      tell.done(words.one.saved);
      await queries.invalidateQueries({ queryKey: ['users'] });
      // It may have been one's own.
      await queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
  return (
    <Form form={form} save={save} held={held} submit={words.one.save}>
      <TextInput label={words.one.name} required {...form.getInputProps('name')} />
      <RoleField label={words.one.role} readOnly={isLast} {...form.getInputProps('role')} />
    </Form>
  );
};
