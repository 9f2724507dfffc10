/** The first Super Admin, by the one-time link that the hub printed. */
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { sessionKey } from '../../app/session.ts';
import { waysQuery } from '../../app/ways.ts';
import { Door } from '../../parts/door.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { Password } from '../../parts/password.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const { token } = useParams({ from: '/setup/$token' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { name: '', email: '', password: '' } });
  const setUp = useSave(form, {
    send: (values) => got(api.POST('/api/v1/setup', { body: { ...values, token } })),
    saved: async (session) => {
      queries.setQueryData(sessionKey, session);
      await queries.invalidateQueries({ queryKey: waysQuery.queryKey });
      await navigate({ to: '/' });
    },
  });
  return (
    <Door title={words.title} lead={words.lead}>
      <Form form={form} save={setUp} submit={words.submit}>
        <TextInput
          label={words.name}
          autoComplete="name"
          autoFocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <Password
          label={words.password}
          description={words.passwordHint(ways.data?.password.shortest ?? 12)}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </Form>
    </Door>
  );
};
