/** Signing in over a page whose session has ended: everything that was typed there stays. */
import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../hub/client.ts';
import { Form, useSave } from '../parts/form.tsx';
import { type Session, sessionKey, sessionQuery } from './session.ts';
import { signedInAgain, useMustSignIn } from './sign-in-again-state.ts';
import { waysQuery } from './ways.ts';
import { Password } from '../parts/password.tsx';
import { words } from './words.ts';

export const SignInAgain = () => {
  const isWanted = useMustSignIn();
  const before = useQueryClient().getQueryData<Session>(sessionKey);
  return (
    <Modal
      opened={isWanted}
      onClose={() => undefined}
      title={words.again.title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
    >
      {before !== undefined && <SignInForm before={before} />}
    </Modal>
  );
};

const SignInForm = ({ before }: { before: Session }) => {
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const form = useForm({ initialValues: { email: before.email ?? '', password: '' } });
  /** Somebody else sees other things: the page of the one before is not theirs. */
  const goOn = async (now: Session): Promise<void> => {
    if (now.id !== before.id) {
      window.location.assign('/');
      return;
    }
    signedInAgain();
    queries.setQueryData(sessionKey, now);
    await queries.invalidateQueries();
  };
  const signIn = useSave(form, {
    send: (body) => got(api.POST('/api/v1/sign-in', { body })),
    saved: goOn,
  });
  const lookAgain = async (): Promise<void> => {
    const now = await queries.query({ ...sessionQuery, staleTime: 0 });
    await goOn(now);
  };
  const sso = ways.data?.sso;
  return (
    <Stack>
      <Text size="sm">{words.again.text}</Text>
      <Form form={form} save={signIn} submit={words.again.submit}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <Password
          label="Password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('password')}
        />
      </Form>
      {sso && (
        <>
          <Button component="a" href={sso.url} target="_blank" variant="default">
            {words.again.sso(sso.name)}
          </Button>
          <Button variant="subtle" onClick={() => void lookAgain().catch(() => undefined)}>
            {words.again.ssoDone}
          </Button>
        </>
      )}
      <Button component="a" href="/sign-in" variant="subtle" color="gray">
        {words.again.leave}
      </Button>
    </Stack>
  );
};
