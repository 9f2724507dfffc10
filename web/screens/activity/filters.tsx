/** The fields of the filter. What is typed counts a moment after the last letter. */
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLater } from '../../parts/use-later.ts';
import { type Filter, isEmpty, noFilter } from './filter.ts';
import { words } from './words.ts';

const acts = Object.entries(words.nouns)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label));

export const Filters = ({
  filter,
  onChange,
}: {
  filter: Filter;
  onChange: (filter: Filter) => void;
}) => {
  const [typed, setTyped] = useState(filter);
  const later = useLater('/activity', onChange);
  const set = (change: Partial<Filter>): void => {
    const next = { ...typed, ...change };
    setTyped(next);
    later(next);
  };
  const clear = (): void => {
    setTyped(noFilter);
    onChange(noFilter);
  };
  const field = (name: keyof Filter) => ({
    label: words[name === 'act' ? 'what' : name],
    value: typed[name],
    flex: '1 1 9rem',
    onChange: (event: { currentTarget: { value: string } }) => {
      set({ [name]: event.currentTarget.value });
    },
  });
  return (
    <Group role="search" align="end" wrap="wrap" gap="sm">
      <TextInput {...field('who')} />
      <Select
        label={words.what}
        flex="1 1 9rem"
        data={acts}
        value={typed.act === '' ? null : typed.act}
        placeholder={words.anything}
        clearable
        clearButtonProps={{ 'aria-label': words.anything }}
        onChange={(act) => {
          set({ act: act ?? '' });
        }}
      />
      <TextInput {...field('about')} flex="2 1 13rem" placeholder={words.aboutHint} />
      <TextInput {...field('from')} type="date" />
      <TextInput {...field('to')} type="date" />
      {!isEmpty(typed) && (
        <Button variant="subtle" onClick={clear}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
};
