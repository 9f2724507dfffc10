/** Somebody else in a seat: who may sit there, the best first, each with what speaks against it. */
import { Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { whole } from '../../../parts/choices.ts';
import { ProblemNote } from '../../../parts/problem-note.tsx';
import type { Event, Interview, Seat } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';

export const Replace = ({
  event,
  seat,
  ...shared
}: {
  interview: Interview;
  event: Event;
  seat: Seat;
  onClose: () => void;
}) => {
  const { interview } = shared;
  const [byPersonId, setBy] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['people', interview.id, 'replacements', event.id, seat.personId],
    queryFn: async ({ signal }) => {
      const body = { interviewId: interview.id, eventId: event.id, personId: seat.personId };
      const { substitutes } = await got(api.POST('/api/v1/panels/replacements', { body, signal }));
      const people = await whole((query) => got(api.GET('/api/v1/people', { params: { query } })));
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return substitutes.map((one) => ({ ...one, name: names.get(one.resourceId) ?? one.resourceId }));
    },
  });
  return (
    <ChangeDialog
      {...shared}
      title={words.ops.replace.title(seat.name, event.name)}
      act={words.ops.replace.act}
      asked={byPersonId}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/replace', {
            params: { path: { id: interview.id } },
            body: { ...common, eventId: event.id, personId: seat.personId, byPersonId: byPersonId ?? '' },
          }),
        )
      }
    >
      {found.isPending && (
        <Text size="sm" c="dimmed" role="status">
          {words.ops.replace.looking}
        </Text>
      )}
      {found.isError && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Text size="sm">{words.ops.replace.nobody}</Text>}
      {found.data && found.data.length > 0 && (
        <Radio.Group label={words.ops.replace.who} value={byPersonId} onChange={setBy}>
          <Stack gap="xs" mt="xs">
            {found.data.map(({ resourceId, name, remarks }) => (
              <Radio
                key={resourceId}
                value={resourceId}
                label={name}
                description={remarks.join(' ') || words.ops.replace.free}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </ChangeDialog>
  );
}; // prettier-ignore
