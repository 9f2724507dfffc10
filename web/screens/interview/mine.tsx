/** The signed-in person's own interviews, the next first, and when they interview. */
import { Grid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSession } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { ownZone } from '../../parts/time.tsx';
import { MyCalendar } from './my-calendar/my-calendar.tsx';
import { MyHours } from './my-hours.tsx';
import { Own } from './own.tsx';
import { interviewsKey, ownPersonQuery, type Person } from './queries.ts';
import { words } from './words.ts';

export const Screen = () => {
  const { email } = useSession();
  const person = useQuery(ownPersonQuery(email ?? ''));
  if (person.isPending) return <Loading />;
  if (person.data === undefined)
    return (
      <Frame title={words.mine.title}>
        <ProblemNote error={person.error} retry={() => void person.refetch()} />
      </Frame>
    );
  return (
    <Frame title={words.mine.title} lead={`${words.mine.lead} ${ownZone()}.`}>
      {person.data === null ? (
        <EmptyState
          icon="person"
          title={words.mine.noPerson}
          text={words.mine.noPersonText(email ?? '')}
        />
      ) : (
        <Mine person={person.data} />
      )}
    </Frame>
  );
};

const Mine = ({ person }: { person: Person }) => (
  <Grid gap="xl">
    <Grid.Col span={{ base: 12, lg: 8 }}>
      <Stack gap="xl">
        <List
          personId={person.id}
          when="to_come"
          empty={<EmptyState icon="calendar" title={words.mine.none} text={words.mine.noneText} />}
        />
        <List personId={person.id} when="over" empty={words.mine.noneOver} />
      </Stack>
    </Grid.Col>
    <Grid.Col span={{ base: 12, lg: 4 }}>
      <Stack gap="md">
        <MyHours person={person} />
        <MyCalendar />
      </Stack>
    </Grid.Col>
  </Grid>
);

const List = ({
  personId,
  when,
  empty,
}: {
  personId: string;
  when: 'to_come' | 'over';
  empty: ReactNode;
}) => {
  const title = when === 'to_come' ? words.mine.toCome : words.mine.over;
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {title}
      </Title>
      <PagedList
        label={title}
        queryKey={[interviewsKey, 'mine', personId, when]}
        load={(page) =>
          got(
            api.GET('/api/v1/interviews', {
              params: { query: { ...page, personId, when, outside: 'true', limit: 10 } },
            }),
          )
        }
        empty={empty}
        row={(interview) => <Own interview={interview} personId={personId} />}
      />
    </Stack>
  );
};
