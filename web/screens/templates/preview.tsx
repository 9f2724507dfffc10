/** What everybody would get for a real candidate, as the page stands now. */
import { Group, Loader, Select, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { layerOf, type Layer, settled } from '../../parts/layer/layers.ts';
import { PartyPreview } from '../../parts/party-preview/party-preview.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { exampleTimes } from './example-times.ts';
import { words } from './words.ts';

type Candidate = Schemas['Candidate'];

/** Milliseconds without a change before it is asked for. */
const pause = 500;

/** What a preview leaves as it is. */
const usual = {
  templateId: null,
  candidateZone: null,
  note: '',
  state: 'confirmed',
  startEvery: 15,
  repeat: null,
  undoSeconds: 0,
  override: [],
  notify: [],
  relax: [],
} satisfies Partial<Schemas['InterviewInput']>;

export const Preview = ({ layers }: { layers: readonly Layer[] }) => {
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  return (
    <Stack component="section" gap="sm" aria-label={words.preview.title}>
      <div>
        <Title order={2} size="h4">
          {words.preview.title}
        </Title>
        <Text size="sm" c="dimmed">
          {words.preview.lead}
        </Text>
      </div>
      <CandidatePicker value={candidate} onChange={setCandidate} />
      {candidate && <Parties candidate={candidate} layer={layerOf(settled(layers))} />}
    </Stack>
  );
};

const CandidatePicker = ({
  value,
  onChange,
}: {
  value: Candidate | null;
  onChange: (candidate: Candidate | null) => void;
}) => {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 250);
  const wanted = asked === value?.name ? '' : asked;
  const found = useQuery({
    queryKey: ['candidates', 'fitting', wanted],
    queryFn: () =>
      got(
        api.GET('/api/v1/candidates', {
          params: { query: { limit: 30, ...(wanted === '' ? {} : { search: wanted }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.items ?? []).filter(({ gone }) => !gone);
  const listed = value && !items.some(({ id }) => id === value.id) ? [value, ...items] : items;
  if (found.data && wanted === '' && listed.length === 0)
    return <Text size="sm">{words.preview.none}</Text>;
  return (
    <Select
      label={words.preview.candidate}
      description={words.preview.candidateHint}
      placeholder={words.preview.choose}
      searchable
      nothingFoundMessage={words.preview.nobody}
      data={listed.map(({ id, name }) => ({ value: id, label: name }))}
      // The hub has searched.
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      value={value?.id ?? null}
      onChange={(id) => {
        onChange(listed.find((one) => one.id === id) ?? null);
      }}
    />
  );
};

const Parties = ({ candidate, layer }: { candidate: Candidate; layer: Layer }) => {
  const [asked] = useDebouncedValue(JSON.stringify(layer), pause);
  const preview = useQuery({
    queryKey: ['interviews', 'preview', candidate.id, asked],
    queryFn: ({ signal }) => {
      const wish = JSON.parse(asked) as Layer;
      const events = wish.events ?? [];
      const times = exampleTimes(events, wish.gapMinutes ?? 0, new Date());
      const { connectionId, id } = candidate;
      const body = {
        ...usual,
        connectionId,
        candidateId: id,
        // All that holds is said, so that no other template comes in.
        layer: wish,
        events:
          events.length > 0
            ? times.map((start) => ({ start }))
            : [{ name: words.preview.exampleEvent, minutes: 60, start: times[0] ?? '' }],
      };
      return got(api.POST('/api/v1/interviews/preview', { body, signal }));
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {words.preview.example}
        </Text>
        {preview.isFetching && <Loader size="xs" aria-label={words.preview.refreshing} />}
      </Group>
      {preview.isError && (
        <>
          <Text size="sm">{words.preview.waiting}</Text>
          <ProblemNote error={preview.error} />
        </>
      )}
      {preview.data && (
        <PartyPreview
          columns={1}
          // Who is free at the example's times says nothing about the template.
          preview={{
            ...preview.data,
            problems: preview.data.problems.filter(({ field }) => !field.startsWith('events.')),
          }}
          zones={{ interviewers: layer.zone, candidate: layer.remote ? undefined : layer.zone }}
        />
      )}
    </>
  );
};
