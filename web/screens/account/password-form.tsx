import { Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { useSession } from '../../app/session.ts';
import { waysQuery } from '../../app/ways.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { tell } from '../../parts/tell.ts';
import { Password } from '../../parts/password.tsx';
import { words } from './words.ts';

export const PasswordForm = () => {
  const { email } = useSession();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { current: '', password: '' } });
  const change = useSave(form, {
    send: (body) => got(api.POST('/api/v1/password/change', { body })),
    saved: () => {
      form.reset();
      tell.done(words.password.done);
    },
  });
  return (
    <Stack>
      <Title order={2} size="h4">
        {words.password.title}
      </Title>
      <Form form={form} save={change} submit={words.password.submit}>
        {/* Tells a password manager whose password this is. */}
        <input hidden readOnly autoComplete="username" value={email ?? ''} />
        <Password
          label={words.password.current}
          autoComplete="current-password"
          {...form.getInputProps('current')}
        />
        <Password
          label={words.password.next}
          description={words.password.hint(ways.data?.password.shortest ?? 12)}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </Form>
    </Stack>
  );
};
