/** Searches the candidate whose interview is to be scheduled. */
import { Anchor, Badge, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { accountsQuery, choicesQuery, nameOf } from '../../parts/choices.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { words } from './words.ts';

export const Find = () => {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  return (
    <Frame title={words.find.title} lead={words.find.lead}>
      <Stack gap="md">
        <TextInput
          type="search"
          label={words.find.search}
          description={words.find.searchHint}
          maw="28rem"
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
          }}
        />
        <PagedList
          label={words.find.list}
          queryKey={['candidates', 'found', search]}
          load={(page) =>
            got(
              api.GET('/api/v1/candidates', {
                params: { query: { ...page, ...(search === '' ? {} : { search }) } },
              }),
            )
          }
          empty={
            search === '' ? (
              <EmptyState icon="people" title={words.find.none} text={words.find.noneText} />
            ) : (
              <EmptyState
                icon="people"
                title={words.find.nobody(search)}
                text={words.find.nobodyText}
              />
            )
          }
          row={(candidate) => <Row candidate={candidate} />}
        />
      </Stack>
    </Frame>
  );
};

const Row = ({ candidate }: { candidate: Schemas['Candidate'] }) => {
  const { connectionId, id, name, email, archived } = candidate;
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" align="start">
      <Stack gap={2} miw={0}>
        {archived ? (
          <Text fw={600}>{name}</Text>
        ) : (
          <Anchor
            fw={600}
            renderRoot={(props) => (
              <Link
                to="/schedule"
                search={{ connection: connectionId, candidate: id }}
                {...props}
              />
            )}
          >
            {name}
          </Anchor>
        )}
        <Text size="sm" c="dimmed">
          {email ?? words.find.noAddress}
        </Text>
        <Place candidate={candidate} />
      </Stack>
      {archived && (
        <Badge color="gray" variant="light">
          {words.find.archived}
        </Badge>
      )}
    </Group>
  );
};

/** Job, stage and ATS by name, for those who may see their lists. */
const Place = ({ candidate }: { candidate: Schemas['Candidate'] }) => {
  const mayName = useMay()('rules.see');
  const id = mayName ? candidate.connectionId : null;
  const stages = useQuery(choicesQuery(id, 'stages')).data;
  const jobs = useQuery(choicesQuery(id, 'jobs')).data;
  const accounts = useQuery({ ...accountsQuery, enabled: mayName }).data;
  if (!stages || !jobs) return null;
  const { jobId, stageId, connectionId } = candidate;
  const account = accounts?.find((one) => one.id === connectionId)?.name;
  return (
    <Text size="sm">
      {[jobId === null ? null : nameOf(jobId, jobs), nameOf(stageId, stages), account]
        .filter(Boolean)
        .join(' · ')}
    </Text>
  );
};
