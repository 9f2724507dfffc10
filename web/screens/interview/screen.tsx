/** One interview: where it stands, what needs somebody, its events, and all that happened. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Age } from '../../parts/time.tsx';
import { Events } from './events.tsx';
import { Flags } from './flags.tsx';
import { Overview } from './overview.tsx';
import { type Interview, interviewQuery } from './queries.ts';
import { StatusBadge } from './status.tsx';
import { Timeline } from './timeline.tsx';
import { words } from './words.ts';

const back = { to: '/interviews', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/interviews/$id' });
  const interview = useQuery(interviewQuery(id));
  if (interview.isPending) return <Loading />;
  if (!interview.data)
    return (
      <Frame title={words.one} back={back}>
        <ProblemNote error={interview.error} retry={() => void interview.refetch()} />
      </Frame>
    );
  return <One key={id} interview={interview.data} />;
};

const One = ({ interview }: { interview: Interview }) => (
  <Frame
    title={interview.candidate.name || words.nobody}
    back={back}
    lead={<Lead interview={interview} />}
  >
    <Flags interview={interview} calledOff={null} declined={null} />
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <Stack gap="xl">
        <Events interview={interview} actions={null} />
      </Stack>
      <Stack gap="xl">
        <Overview interview={interview} actions={null} />
        <Timeline interview={interview} />
      </Stack>
    </SimpleGrid>
  </Frame>
);

const Lead = ({ interview }: { interview: Interview }) => {
  const { name, candidate, lastChange } = interview;
  const parts = [name, candidate.job, candidate.stage].filter((one) => one !== null && one !== '');
  return (
    <>
      <StatusBadge interview={interview} /> {parts.join(' · ')}
      {lastChange !== null && (
        <Text size="sm" c="dimmed" component="span" display="block">
          {words.lastChange(lastChange.actor, words.actOf(lastChange.act))}{' '}
          <Age at={lastChange.at} />
        </Text>
      )}
    </>
  );
};
