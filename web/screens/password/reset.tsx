/** A new password by the mailed link. */
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { waysQuery } from '../../app/ways.ts';
import { Door } from '../../parts/door.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { Password } from '../../parts/password.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const { token } = useParams({ from: '/reset/$token' });
  const navigate = useNavigate();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { password: '' } });
  const reset = useSave(form, {
    send: ({ password }) => got(api.POST('/api/v1/password/reset', { body: { token, password } })),
    saved: () => navigate({ to: '/sign-in', search: { done: 'reset' } }),
  });
  return (
    <Door title={words.reset.title} lead={words.reset.lead}>
      <Form form={form} save={reset} submit={words.reset.submit}>
        <Password
          label={words.reset.password}
          description={words.reset.hint(ways.data?.password.shortest ?? 12)}
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
      </Form>
    </Door>
  );
};
