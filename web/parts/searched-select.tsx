/** One of a list that may be long: the hub searches it, and what is chosen is shown by its name. */
import { type ComboboxItem, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { offersQuery } from './choices.ts';
import type { Page } from './paged-list.tsx';
import { words } from './words.ts';

interface Named {
  id: string;
  name: string;
}

/** Milliseconds without a key before the hub is asked. */
const pause = 200;

export const SearchedSelect = ({
  chosen,
  queryKey,
  load,
  without = null,
  nothingFoundMessage,
  ...props
}: Omit<SelectProps, 'data' | 'value'> & {
  chosen: Named | null;
  /** Begins with the noun that live updates name. */
  queryKey: readonly unknown[];
  load: (query: { limit: number; search?: string }) => Promise<Page<Named>>;
  /** The one that cannot be chosen, by its id. */
  without?: string | null;
}) => {
  const [typed, setTyped] = useState('');
  const sought = typed === chosen?.name ? '' : typed.trim();
  const [asked] = useDebouncedValue(sought, pause);
  const found = useQuery(offersQuery(queryKey, asked, load)).data ?? [];
  const fitting = found.filter(({ id }) => id !== without);
  const isFitting = ({ value }: ComboboxItem): boolean => fitting.some(({ id }) => id === value);
  const isListed = chosen === null || fitting.some(({ id }) => id === chosen.id);
  const all = isListed ? fitting : [chosen, ...fitting];
  return (
    <Select
      {...props}
      searchable
      nothingFoundMessage={asked === '' ? nothingFoundMessage : words.search.nothing(asked)}
      searchValue={typed}
      onSearchChange={setTyped}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      // The hub has searched; what is chosen is offered only where it fits.
      filter={({ options }) =>
        options.filter((one) => asked === '' || !('value' in one) || isFitting(one))
      }
      value={chosen?.id ?? null}
    />
  );
};
