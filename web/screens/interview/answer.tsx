/** What the signed-in person answers to the own event; whoever schedules sees it as if it came by mail. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { Ask } from '../../parts/ask.tsx';
import { tell } from '../../parts/tell.ts';
import { type Event, interviewsKey, type Listed, type Seat } from './queries.ts';
import { RsvpBadge } from './rsvp.tsx';
import { words } from './words.ts';

const say = words.mine.answer;

const isAsked = (state: Listed['state'], { end }: Event): boolean =>
  (state === 'hold' || state === 'confirmed') && Date.parse(end) > Date.now();

export const Answer = ({
  interview: { id, state },
  event,
  seat: { rsvp },
}: {
  interview: Listed;
  event: Event;
  seat: Seat;
}) => {
  const [isAsking, asking] = useDisclosure(false);
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: (status: 'accepted' | 'declined') =>
      got(
        api.POST('/api/v1/interviews/{id}/rsvp', {
          params: { path: { id } },
          body: { eventId: event.id, status },
        }),
      ),
    onSuccess: async (_now, status) => {
      asking.close();
      tell.done(say.done[status]);
      await queries.invalidateQueries({ queryKey: [interviewsKey] });
    },
    onError: (thrown, status) => {
      if (status === 'accepted') tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  if (!isAsked(state, event)) return null;
  return (
    <Group gap="xs">
      {rsvp !== 'not_tracked' && <RsvpBadge rsvp={rsvp} />}
      {rsvp !== 'accepted' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={answer.isPending && !isAsking}
          onClick={() => {
            answer.mutate('accepted');
          }}
          aria-label={say.acceptOf(event.name)}
        >
          {say.accept}
        </Button>
      )}
      {rsvp !== 'declined' && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={asking.open}
          aria-label={say.declineOf(event.name)}
        >
          {say.decline}
        </Button>
      )}
      <Ask
        isOpen={isAsking}
        title={say.ask(event.name)}
        act={say.decline}
        isBusy={answer.isPending}
        error={answer.error}
        onYes={() => {
          answer.mutate('declined');
        }}
        onClose={asking.close}
      >
        <Text size="sm">{say.askText}</Text>
      </Ask>
    </Group>
  );
};
