/** Chooses people by name or address; there may be thousands, so the hub searches. */
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useFittingPeople, usePeople } from './choices.ts';
import { words } from './words.ts';

const { seats } = words;

export const PeoplePicker = ({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  error: ReactNode;
}) => {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 200);
  const fitting = useFittingPeople(asked);
  const chosen = usePeople(value);
  const known = new Map([...chosen, ...fitting].map(({ id, name }) => [id, name]));
  const ids = [...new Set([...value, ...known.keys()])];
  return (
    <MultiSelect
      label={label}
      description={seats.peopleHint}
      placeholder={value.length === 0 ? seats.choose : ''}
      searchable
      hidePickedOptions
      data={ids.map((id) => ({ value: id, label: known.get(id) ?? id }))}
      // The hub has searched, also in addresses.
      filter={({ options }) => options}
      nothingFoundMessage={seats.nobodyFits}
      searchValue={search}
      onSearchChange={setSearch}
      value={[...value]}
      onChange={onChange}
      error={error}
    />
  );
};
