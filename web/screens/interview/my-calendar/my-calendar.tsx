/** The own interviews in one's own calendar, by a secret address that is shown once. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../../hub/client.ts';
import { Ask } from '../../../parts/ask.tsx';
import { FeedState } from '../../../parts/calendar-feed/feed-state.tsx';
import { TurnOff } from '../../../parts/calendar-feed/turn-off.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Part } from '../../../parts/part.tsx';
import { ProblemNote } from '../../../parts/problem-note.tsx';
import { Address } from './address.tsx';
import { words } from './words.ts';

const path = '/api/v1/me/calendar-feed';
const key = ['calendar-feed'];

export const MyCalendar = () => {
  const queries = useQueryClient();
  const [isAsking, asking] = useDisclosure(false);
  const feed = useQuery({ queryKey: key, queryFn: () => got(api.GET(path)) });
  const readAgain = () => queries.invalidateQueries({ queryKey: key });
  const make = useMutation({
    mutationFn: () => got(api.POST(path)),
    onSuccess: async () => {
      asking.close();
      await readAgain();
    },
  });
  return (
    <Part title={words.title}>
      <Text size="sm">{words.text}</Text>
      {feed.data === undefined && feed.isPending && <Loading />}
      {feed.data === undefined && feed.isError && (
        <ProblemNote error={feed.error} retry={() => void feed.refetch()} />
      )}
      {feed.data && <FeedState feed={feed.data} />}
      {make.isError && !isAsking && <ProblemNote error={make.error} />}
      {feed.data && (
        <Group gap="sm">
          {feed.data.on ? (
            <>
              <Button
                variant="default"
                onClick={() => {
                  make.reset();
                  asking.open();
                }}
              >
                {words.renew}
              </Button>
              <TurnOff
                text={words.askOff}
                turnOff={() => got(api.DELETE(path))}
                onOff={readAgain}
              />
            </>
          ) : (
            <Button
              loading={make.isPending}
              onClick={() => {
                make.mutate();
              }}
            >
              {words.turnOn}
            </Button>
          )}
        </Group>
      )}
      <Ask
        isOpen={isAsking}
        title={words.askRenew.title}
        act={words.renew}
        isBusy={make.isPending}
        error={make.error}
        onYes={() => {
          make.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.askRenew.text}</Text>
      </Ask>
      <Address url={make.data?.url ?? null} onClose={make.reset} />
    </Part>
  );
};
