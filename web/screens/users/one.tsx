/** One user: name and role, sessions, a way back in, and whether they may sign in at all. */
import { Alert, Badge, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { sessionKey } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Access } from './access.tsx';
import { PasswordLink } from './password-link.tsx';
import { adminsQuery, type User, userQuery } from './queries.ts';
import { RoleField } from './role-field.tsx';
import { Sessions } from './sessions.tsx';
import { words } from './words.ts';

const back = { to: '/settings/users', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/settings/users/$id' });
  const user = useQuery(userQuery(id));
  const admins = useQuery(adminsQuery);
  if (user.isPending || admins.isPending) return <Loading />;
  if (!user.data || !admins.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={user.error ?? admins.error} retry={() => void user.refetch()} />
      </Frame>
    );
  const isLast = admins.data.length === 1 && admins.data[0]?.id === id;
  return <One key={id} user={user.data} isLast={isLast} />;
};

const One = ({ user, isLast }: { user: User; isLast: boolean }) => (
  <Frame
    title={user.name}
    back={back}
    lead={
      <Group gap="sm" component="span">
        {!user.active && (
          <Badge variant="light" color="gray" leftSection={<Icon name="pause" size={12} />}>
            {words.inactive}
          </Badge>
        )}
        <span>{user.email}</span>
      </Group>
    }
  >
    {isLast && (
      <Alert color="blue" icon={<Icon name="key" />}>
        {words.one.last}
      </Alert>
    )}
    <Part title={words.one.change}>
      <Change key={`${user.name} ${user.role}`} user={user} isLast={isLast} />
    </Part>
    <Part title={words.sessions.title}>
      <Sessions userId={user.id} />
    </Part>
    {user.active && (
      <Part title={words.password.title}>
        <PasswordLink user={user} />
      </Part>
    )}
    {!isLast && (
      <Part title={words.access.title}>
        <Access user={user} />
      </Part>
    )}
  </Frame>
);

type Values = { name: string; role: User['role'] };

const Change = ({ user: { id, name, role }, isLast }: { user: User; isLast: boolean }) => {
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: { name, role } });
  const save = useSave(form, {
    send: (body, headers) =>
      got(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body, headers })),
    saved: async (now) => {
      queries.setQueryData(userQuery(id).queryKey, now);
      tell.done(words.one.saved);
      await queries.invalidateQueries({ queryKey: ['users'] });
      // It may have been one's own.
      await queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
  return (
    <Form form={form} save={save} submit={words.one.save}>
      <TextInput label={words.one.name} required {...form.getInputProps('name')} />
      <RoleField label={words.one.role} readOnly={isLast} {...form.getInputProps('role')} />
    </Form>
  );
};
