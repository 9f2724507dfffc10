/** Mail and password, or single sign-on; then on to where the person was going. */
import { Alert, Anchor, Button, Divider, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { sessionKey } from '../../app/session.ts';
import { waysQuery } from '../../app/ways.ts';
import { Door } from '../../parts/door.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { Password } from '../../parts/password.tsx';
import { words } from './words.ts';

/** Only within the hub: an address that leads elsewhere is not followed. */
const within = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/';

export const Screen = () => {
  const { to, error, done } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = useSave(form, {
    send: (body) => got(api.POST('/api/v1/sign-in', { body })),
    saved: (session) => {
      queries.setQueryData(sessionKey, session);
      router.history.push(within(to));
    },
  });
  const setup = ways.data?.setup;
  const sso = ways.data?.sso;
  return (
    <Door title={words.title}>
      {error !== undefined && (
        <Alert color="red" role="alert">
          {words.sso_errors[error] ?? words.sso_failed(error)}
        </Alert>
      )}
      {done === 'reset' && <Alert color="teal">{words.reset}</Alert>}
      {setup !== undefined && setup !== 'done' && (
        <Alert color="blue">{words.setupNeeded[setup]}</Alert>
      )}
      {sso && (
        <>
          <Button
            component="a"
            href={`/api/v1/sign-in/sso?${new URLSearchParams({ to: within(to) }).toString()}`}
            variant="default"
          >
            {words.sso(sso.name)}
          </Button>
          <Divider label={words.or} />
        </>
      )}
      <Form form={form} save={signIn} submit={words.submit}>
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <Password
          label={words.password}
          autoComplete="current-password"
          {...form.getInputProps('password')}
        />
      </Form>
      <Anchor component={Link} to="/forgot-password" size="sm">
        {words.forgot}
      </Anchor>
    </Door>
  );
};
