/** When else: what the panel engine offers, best first, or a time by hand. */
import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { api, got, type Schemas } from '../../../hub/client.ts';
import { ProblemNote } from '../../../parts/problem-note.tsx';
import { ownZone } from '../../../parts/time.tsx';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { spanText } from '../zones.tsx';

export type Found = Schemas['LoopChanges'];
export type Option = Found['schedules'][number] & {
  /** Others at the same times. */
  swaps?: Schemas['Instead']['swaps'];
};

const days = 14;

/** `eventId` null: all of the interview. */
export const useTimes = (interview: Interview, eventId: string | null) =>
  useQuery({
    queryKey: ['people', interview.id, 'times', eventId, interview.revision],
    queryFn: async ({ signal }) => {
      const now = Date.now();
      const search = {
        interviewId: interview.id,
        from: new Date(now).toISOString(),
        to: new Date(now + days * 86_400_000).toISOString(),
        schedules: 6,
      };
      const found =
        eventId === null
          ? await got(api.POST('/api/v1/panels/solve', { body: search, signal }))
          : await got(api.POST('/api/v1/panels/moves', { body: { ...search, eventId }, signal }));
      return found as Found;
    },
    staleTime: 60_000,
  });

/** When what is moved would be, and with whom instead; `eventId` null: all of it. */
export const optionText = (
  interview: Interview,
  eventId: string | null,
  { events, swaps = [] }: Option,
): string => {
  const times = events
    .filter((one) => eventId === null || one.eventId === eventId)
    .map((one) => {
      const event = interview.events.find(({ id }) => id === one.eventId);
      const length = event ? new Date(event.end).getTime() - new Date(event.start).getTime() : 0;
      const end = new Date(new Date(one.start).getTime() + length).toISOString();
      const when = spanText(one.start, end, ownZone());
      return eventId === null && event ? `${event.name}: ${when}` : when;
    });
  return [...swaps.map(words.change.swap), ...times].join(' · ');
};

export const Times = ({
  interview,
  found,
  chosen,
  local,
  onChoose,
  onType,
  label,
  eventId,
}: {
  interview: Interview;
  found: ReturnType<typeof useTimes>;
  /** One of those that were found, or that came in the place of one. */
  chosen: Option | null;
  local: string;
  onChoose: (option: Option) => void;
  onType: (local: string) => void;
  label: string;
  eventId: string | null;
}) => {
  const name = useId();
  const textOf = (option: Option): string => optionText(interview, eventId, option);
  const listed = found.data?.schedules ?? [];
  const isListed = chosen === null || listed.some((one) => textOf(one) === textOf(chosen));
  const options = isListed ? listed : [chosen, ...listed];
  return (
    <Stack gap="sm">
      {found.isPending && (
        <Text size="sm" c="dimmed" role="status">
          {words.times.looking}
        </Text>
      )}
      {found.isError && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
      {found.data && options.length === 0 && <Text size="sm">{words.times.nothing(days)}</Text>}
      {options.length > 0 && (
        <Radio.Group
          name={name}
          label={words.times.options}
          description={words.times.optionsText}
          value={chosen === null ? null : textOf(chosen)}
          onChange={(value) => {
            const option = options.find((one) => textOf(one) === value);
            if (option) onChoose(option);
          }}
        >
          <Stack gap="xs" mt="xs">
            {options.map((option) => (
              <Radio
                key={textOf(option)}
                value={textOf(option)}
                label={textOf(option)}
                description={option.compromises.map(({ text }) => text).join(' ')}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <TextInput
        type="datetime-local"
        label={label}
        description={words.times.zone(ownZone())}
        value={local}
        onChange={({ currentTarget }) => {
          onType(currentTarget.value);
        }}
      />
    </Stack>
  );
};
