/** Joining by the link of an invitation. */
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api, got, type Schemas } from '../../hub/client.ts';
import { sessionKey } from '../../app/session.ts';
import { waysQuery } from '../../app/ways.ts';
import { Password } from '../../parts/password.tsx';
import { words as common } from '../../app/words.ts';
import { Door } from '../../parts/door.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const { token } = useParams({ from: '/invitation/$token' });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => got(api.POST('/api/v1/invitations/look', { body: { token } })),
  });
  if (invitation.isPending) return <Loading />;
  if (invitation.isError)
    return (
      <Door title={words.title}>
        <ProblemNote error={invitation.error} />
      </Door>
    );
  const { email, role, invitedBy } = invitation.data;
  return (
    <Door title={words.title} lead={words.lead(invitedBy, common.roles[role])}>
      <Join token={token} email={email} />
    </Door>
  );
};

const Join = ({ token, email }: { token: string; email: string }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { name: '', password: '' } });
  const join = useSave(form, {
    send: (values) => got(api.POST('/api/v1/invitations/accept', { body: { ...values, token } })),
    saved: async (session: Schemas['SignedIn']) => {
      queries.setQueryData(sessionKey, session);
      await navigate({ to: '/' });
    },
  });
  return (
    <Form form={form} save={join} submit={words.submit}>
      <TextInput label={words.email} value={email} readOnly autoComplete="username" />
      <TextInput label={words.name} autoComplete="name" autoFocus {...form.getInputProps('name')} />
      <Password
        label={words.password}
        description={words.hint(ways.data?.password.shortest ?? 12)}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </Form>
  );
};
