/** All interviews by their start, found by status, name and day. */
import { Anchor, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { ownZone } from '../../parts/time.tsx';
import { interviewsKey, type Listed } from './queries.ts';
import { RsvpMarks } from './rsvp.tsx';
import { StatusBadge } from './status.tsx';
import { words } from './words.ts';
import { spanText } from './zones.tsx';

type State = keyof typeof words.filter.states;
interface Filter {
  state: State;
  search: string;
  personId: string | null;
  /** Days as the viewer's browser writes them, in the viewer's zone. */
  from: string;
  to: string;
}

const none: Filter = { state: 'all', search: '', personId: null, from: '', to: '' };

const startOf = (day: string, later: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

/** What is asked beside the states that the hub knows. */
const asking = {
  all: {},
  conflict: { trouble: 'conflict' },
  declined: { trouble: 'declined' },
  flagged: { flag: 'cancelled_in_ats' },
  gone: { flag: 'candidate_gone' },
} as const;

const isAsking = (state: State): state is keyof typeof asking => state in asking;

const queryOf = ({ state, search, personId, from, to }: Filter) => ({
  ...(isAsking(state) ? asking[state] : { state }),
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(personId === null ? {} : { personId }),
  ...(from === '' ? {} : { from: startOf(from, 0) }),
  ...(to === '' ? {} : { to: startOf(to, 1) }),
});

export const Screen = () => {
  const [filter, setFilter] = useState(none);
  const [asked] = useDebouncedValue(filter, 250);
  const change = (some: Partial<Filter>): void => {
    setFilter((before) => ({ ...before, ...some }));
  };
  const query = queryOf(asked);
  const isAll = JSON.stringify(queryOf(asked)) === JSON.stringify(queryOf(none));
  return (
    <Frame title={words.title} lead={words.lead}>
      <Stack gap="md">
        <Filters filter={filter} change={change} />
        <PagedList
          label={words.title}
          queryKey={[interviewsKey, 'list', query]}
          load={(page) =>
            got(api.GET('/api/v1/interviews', { params: { query: { ...page, ...query, limit: 25 } } }))
          }
          empty={
            <EmptyState
              icon="calendar"
              title={isAll ? words.none : words.noMatch}
              text={isAll ? words.noneText : words.noMatchText}
            />
          }
          row={(interview) => <Row interview={interview} />}
        />
      </Stack>
    </Frame>
  );
}; // prettier-ignore

const Filters = ({
  filter: { state, search, personId, from, to },
  change,
}: {
  filter: Filter;
  change: (some: Partial<Filter>) => void;
}) => (
  <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} role="search" aria-label={words.filter.label}>
    <TextInput
      label={words.filter.search}
      placeholder={words.filter.searchHint}
      value={search}
      onChange={({ currentTarget }) => {
        change({ search: currentTarget.value });
      }}
    />
    <Select
      label={words.filter.state}
      data={Object.entries(words.filter.states).map(([value, label]) => ({ value, label }))}
      value={state}
      allowDeselect={false}
      onChange={(value) => {
        change({ state: value as State });
      }}
    />
    <Person
      value={personId}
      onChange={(value) => {
        change({ personId: value });
      }}
    />
    <TextInput
      type="date"
      label={words.filter.from}
      value={from}
      onChange={({ currentTarget }) => {
        change({ from: currentTarget.value });
      }}
    />
    <TextInput
      type="date"
      label={words.filter.to}
      value={to}
      onChange={({ currentTarget }) => {
        change({ to: currentTarget.value });
      }}
    />
  </SimpleGrid>
);

const Person = ({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
}) => {
  const may = useMay();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 250);
  const people = useQuery({
    queryKey: ['people', 'found', asked],
    queryFn: () =>
      got(
        api.GET('/api/v1/people', {
          params: { query: { limit: 20, ...(asked === '' ? {} : { search: asked }) } },
        }),
      ),
    placeholderData: (before) => before,
    enabled: may('interviews.schedule'),
  });
  if (!may('interviews.schedule')) return null;
  return (
    <Select
      label={words.filter.person}
      placeholder={words.filter.anybody}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.filter.clearPerson }}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={words.filter.noPerson}
      data={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
};

const nextOf = ({ events }: Listed) =>
  events.find(({ end }) => new Date(end).getTime() > Date.now()) ?? events.at(-1);

const Row = ({ interview }: { interview: Listed }) => {
  const { id, name, candidate, events, candidateRsvp, state } = interview;
  const next = nextOf(interview);
  const people = events.flatMap(({ seats }) => seats).filter(({ kind }) => kind === 'person');
  const isAsked = state === 'confirmed' || state === 'hold';
  const candidateAnswer = state === 'confirmed' ? [candidateRsvp] : [];
  return (
    <Stack gap={4}>
      <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
        <Anchor component={Link} to={`/interviews/${id}`} fw={600}>
          {candidate.name || words.nobody}
        </Anchor>
        <StatusBadge interview={interview} />
      </Group>
      <Text size="sm" c="dimmed">
        {[name, candidate.job, candidate.stage].filter((one) => one !== null && one !== '').join(' · ')}
      </Text>
      {next && (
        <Text size="sm">
          <time dateTime={next.start} title={ownZone()}>
            {spanText(next.start, next.end, ownZone())}
          </time>
          {` · ${next.name}`}
        </Text>
      )}
      {isAsked && (
        <Group gap={6}>
          <RsvpMarks answers={[...candidateAnswer, ...people.map(({ rsvp }) => rsvp)]} />
        </Group>
      )}
    </Stack>
  );
}; // prettier-ignore
