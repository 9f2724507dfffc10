/** Asks for a link for a new password. The answer is the same for addresses without an account. */
import { Alert, Anchor, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Door } from '../../parts/door.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const form = useForm({ initialValues: { email: '' } });
  const ask = useSave(form, {
    send: (body) => got(api.POST('/api/v1/password/forgot', { body })),
    saved: () => undefined,
  });
  return (
    <Door title={words.forgot.title} lead={words.forgot.lead}>
      {ask.isSuccess ? (
        <Alert color="teal" role="status">
          {words.forgot.sent(ask.variables.email)}
        </Alert>
      ) : (
        <Form form={form} save={ask} submit={words.forgot.submit}>
          <TextInput
            label={words.forgot.email}
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
        </Form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm">
        {words.back}
      </Anchor>
    </Door>
  );
};
