/** One interview: where it stands, what needs somebody, its events, and all that happened. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Age } from '../../parts/time.tsx';
import { actionsOf, HeadActions } from './change/actions.tsx';
import { mayChange, type Operation } from './change/operation.ts';
import { Operations } from './change/operations.tsx';
import { Undo } from './change/undo.tsx';
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

const One = ({ interview }: { interview: Interview }) => {
  const may = useMay();
  const [operation, setOperation] = useState<Operation | null>(null);
  const changes = may('interviews.schedule') && mayChange(interview);
  const actions = changes ? actionsOf(interview, setOperation) : null;
  return (
    <Frame
      title={interview.candidate.name || words.nobody}
      back={back}
      lead={<Lead interview={interview} />}
      actions={changes && <HeadActions interview={interview} begin={setOperation} />}
    >
      {changes && interview.sendAt !== null && <Undo id={interview.id} sendAt={interview.sendAt} />}
      <Flags interview={interview} begin={changes ? setOperation : null} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack gap="xl">
          <Events interview={interview} actions={actions} />
        </Stack>
        <Stack gap="xl">
          <Overview interview={interview} actions={actions} />
          <Timeline interview={interview} />
        </Stack>
      </SimpleGrid>
      {operation !== null && (
        <Operations
          operation={operation}
          interview={interview}
          onClose={() => {
            setOperation(null);
          }}
        />
      )}
    </Frame>
  );
};

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
