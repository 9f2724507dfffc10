/** Invitations without an answer: a new link, or none any more. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { words as frame } from '../../app/words.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { Ask } from '../../parts/ask.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { HandedOver } from './handed-over.tsx';
import { words } from './words.ts';

const key = ['invitations'];

export const Invitations = () => (
  <PagedList
    label={words.invitations.list}
    queryKey={key}
    load={(query) => got(api.GET('/api/v1/invitations', { params: { query } }))}
    empty={
      <EmptyState icon="mail" title={words.invitations.none} text={words.invitations.noneText} />
    }
    row={(invitation) => <Row invitation={invitation} />}
  />
);

const Row = ({ invitation }: { invitation: Schemas['Invitation'] }) => {
  const { id, email, role, invitedBy, expiresAt } = invitation;
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const params = { path: { id } };
  const resend = useMutation({
    mutationFn: () => got(api.POST('/api/v1/invitations/{id}/resend', { params })),
    onSuccess: async ({ link }) => {
      if (link === null) tell.done(words.invite.sent(email));
      await queries.invalidateQueries({ queryKey: key });
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  const withdraw = useMutation({
    mutationFn: () => got(api.DELETE('/api/v1/invitations/{id}', { params })),
    onSuccess: async () => {
      tell.done(words.invitations.withdrawn);
      setAsked(false);
      await queries.invalidateQueries({ queryKey: key });
    },
  });
  const isOver = new Date(expiresAt) < new Date();
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <div>
          <Text size="sm" fw={600}>
            {email}
          </Text>
          <Text size="xs" c="dimmed">
            {frame.roles[role]}, {words.invitations.by(invitedBy)},{' '}
            {isOver ? words.invitations.over : words.invitations.until} <Time at={expiresAt} />
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={resend.isPending}
            aria-label={words.invitations.resendNamed(email)}
            onClick={() => {
              resend.mutate();
            }}
          >
            {words.invitations.resend}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            aria-label={words.invitations.withdrawNamed(email)}
            onClick={() => {
              setAsked(true);
            }}
          >
            {words.invitations.withdraw}
          </Button>
        </Group>
      </Group>
      {resend.data?.link !== undefined && resend.data.link !== null && (
        <HandedOver
          text={words.invite.byHand}
          link={resend.data.link}
          expiresAt={resend.data.expiresAt}
        />
      )}
      <Ask
        isOpen={isAsked}
        title={words.invitations.ask(email)}
        act={words.invitations.withdraw}
        isBusy={withdraw.isPending}
        error={withdraw.error}
        onYes={() => {
          withdraw.mutate();
        }}
        onClose={() => {
          setAsked(false);
        }}
      >
        <Text size="sm">{words.invitations.askText}</Text>
      </Ask>
    </Stack>
  );
};
