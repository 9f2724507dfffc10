/** Whether somebody's interviews are read by a calendar of theirs; whoever may change anybody turns it off. */
import { Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { FeedState } from '../../parts/calendar-feed/feed-state.tsx';
import { TurnOff } from '../../parts/calendar-feed/turn-off.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { type Person, feedQuery } from './queries.ts';
import { words } from './words.ts';

export const Feed = ({ person: { id, name } }: { person: Person }) => {
  const queries = useQueryClient();
  const feed = useQuery(feedQuery(id));
  return (
    <Part title={words.feed.title}>
      <Text size="sm">{words.feed.text}</Text>
      {feed.data === undefined && feed.isPending && <Loading />}
      {feed.data === undefined && feed.isError && (
        <ProblemNote error={feed.error} retry={() => void feed.refetch()} />
      )}
      {feed.data && <FeedState feed={feed.data} />}
      {feed.data?.on === true && (
        <Group>
          <TurnOff
            text={words.feed.ask(name)}
            turnOff={() =>
              got(api.DELETE('/api/v1/people/{id}/calendar-feed', { params: { path: { id } } }))
            }
            onOff={() => queries.invalidateQueries({ queryKey: ['calendar-feed'] })}
          />
        </Group>
      )}
    </Part>
  );
};
