/** A new event, or another title, length or place for one that stands. */
import { Checkbox, MultiSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { whole } from '../../../parts/choices.ts';
import { ownZone } from '../../../parts/time.tsx';
import type { Event, Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';
import { fromLocal, toLocal } from './local.ts';

interface Shared {
  interview: Interview;
  onClose: () => void;
}

interface Fields {
  name: string;
  topic: string;
  minutes: number;
  location: string;
  internal: boolean;
}

const EventFields = ({
  fields,
  change,
}: {
  fields: Fields;
  change: (some: Partial<Fields>) => void;
}) => (
  <>
    <TextInput
      label={words.ops.event.name}
      required
      value={fields.name}
      onChange={({ currentTarget }) => {
        change({ name: currentTarget.value });
      }}
    />
    <TextInput
      label={words.ops.event.topic}
      value={fields.topic}
      onChange={({ currentTarget }) => {
        change({ topic: currentTarget.value });
      }}
    />
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NumberInput
        label={words.ops.event.minutes}
        required
        min={5}
        max={1440}
        step={5}
        value={fields.minutes}
        onChange={(value) => {
          change({ minutes: Number(value) });
        }}
      />
      <TextInput
        label={words.ops.event.location}
        value={fields.location}
        onChange={({ currentTarget }) => {
          change({ location: currentTarget.value });
        }}
      />
    </SimpleGrid>
    <Checkbox
      label={words.internal}
      description={words.internalText}
      checked={fields.internal}
      onChange={({ currentTarget }) => {
        change({ internal: currentTarget.checked });
      }}
    />
  </>
);

const isWhole = ({ name, minutes }: Fields): boolean => name.trim() !== '' && minutes >= 5;

export const AddEvent = (shared: Shared) => {
  const { interview } = shared;
  const last = interview.events.at(-1)?.end;
  const [fields, setFields] = useState<Fields>({ name: '', topic: '', minutes: 45, location: '', internal: false });
  const [local, setLocal] = useState(last === undefined ? '' : toLocal(last));
  const [who, setWho] = useState<string[]>([]);
  const people = useQuery({
    queryKey: ['people', 'all'],
    queryFn: () => whole((query) => got(api.GET('/api/v1/people', { params: { query } }))),
    staleTime: 60_000,
  });
  const start = fromLocal(local);
  const seats = who.map((personId) => ({ from: { kind: 'people' as const, personIds: [personId] } }));
  const event = { ...fields, start: start ?? '', seats };
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.add}
      asked={isWhole(fields) && start !== null ? JSON.stringify(event) : null}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/add-event', {
            params: { path: { id: interview.id } },
            body: { ...common, event },
          }),
        )
      }
    >
      <EventFields
        fields={fields}
        change={(some) => {
          setFields((before) => ({ ...before, ...some }));
        }}
      />
      <TextInput
        type="datetime-local"
        label={words.ops.event.start}
        description={words.times.zone(ownZone())}
        required
        value={local}
        onChange={({ currentTarget }) => {
          setLocal(currentTarget.value);
        }}
      />
      <MultiSelect
        label={words.ops.event.who}
        searchable
        data={(people.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={who}
        onChange={setWho}
      />
    </ChangeDialog>
  );
}; // prettier-ignore

const lengthOf = ({ start, end }: Event): number =>
  Math.round((new Date(end).getTime() - new Date(start).getTime()) / 60_000);

export const EditEvent = ({ event, ...shared }: Shared & { event: Event }) => {
  const { name, topic, location, internal } = event;
  const initial: Fields = { name, topic, location, internal, minutes: lengthOf(event) };
  const [fields, setFields] = useState(initial);
  const isSame = JSON.stringify(fields) === JSON.stringify(initial);
  return (
    <ChangeDialog
      {...shared}
      title={words.ops.edit.title(event.name)}
      act={words.ops.edit.act}
      asked={isSame || !isWhole(fields) ? null : JSON.stringify(fields)}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/event', {
            params: { path: { id: shared.interview.id } },
            body: { ...common, eventId: event.id, ...fields },
          }),
        )
      }
    >
      <EventFields
        fields={fields}
        change={(some) => {
          setFields((before) => ({ ...before, ...some }));
        }}
      />
    </ChangeDialog>
  );
};
