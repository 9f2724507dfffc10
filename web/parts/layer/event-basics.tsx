/** What an event is, how long it takes, where, and the form that is filled in after it. */
import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { memo } from 'react';
import { optionsOf, useChoices } from '../choices.ts';
import type { EventTemplate } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { events } = words;

type Change = (part: Partial<EventTemplate>) => void;

export const EventBasics = ({
  path,
  value,
  onChange,
}: {
  path: string;
  value: EventTemplate;
  onChange: Change;
}) => {
  const scope = useScope();
  const at = (part: string) => ({
    error: errorAt(scope, `${path}.${part}`),
    'data-path': `${path}.${part}`,
  });
  const typed = (part: 'name' | 'topic' | 'location') => ({
    ...at(part),
    value: value[part],
    maxLength: part === 'name' ? 200 : 500,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      onChange({ [part]: currentTarget.value });
    },
  });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput label={events.name} required {...typed('name')} />
      <Minutes path={`${path}.minutes`} value={value.minutes} onChange={onChange} />
      <TextInput label={events.topic} {...typed('topic')} />
      <TextInput
        label={events.location}
        description={events.locationHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...typed('location')}
      />
      <Form path={`${path}.feedbackFormId`} value={value.feedbackFormId} onChange={onChange} />
    </SimpleGrid>
  );
};

interface Field<Value> {
  path: string;
  value: Value;
  onChange: Change;
}

const Minutes = memo(({ path, value, onChange }: Field<number>) => (
  <WholeInput
    label={events.minutes}
    required
    max={1_440}
    step={5}
    value={value}
    error={errorAt(useScope(), path)}
    data-path={path}
    onChange={(minutes) => {
      onChange({ minutes: minutes ?? 0 });
    }}
  />
));

const Form = memo(({ path, value, onChange }: Field<string | null>) => {
  const scope = useScope();
  const forms = useChoices(scope.atsId, 'feedback-forms');
  return (
    <Select
      label={events.form}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.none }}
      placeholder={scope.atsId === null ? events.noAts : events.noForm}
      nothingFoundMessage={events.noForm}
      data={optionsOf(forms, value)}
      value={value}
      error={errorAt(scope, path)}
      data-path={path}
      onChange={(feedbackFormId) => {
        onChange({ feedbackFormId });
      }}
    />
  );
});
