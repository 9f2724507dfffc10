/** A list that is searched by the names in it, as soon as it is longer than a page. */
import { Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { EmptyState } from './empty-state.tsx';
import { type Page, PagedList, usePages } from './paged-list.tsx';
import { words } from './words.ts';

/** Milliseconds without a key before the hub is asked. */
const pause = 250;

export const SearchedList = <Item extends { id: string }>({
  queryKey,
  load,
  empty,
  ...list
}: {
  label: string;
  /** Begins with the noun that live updates name. */
  queryKey: readonly unknown[];
  load: (page: { cursor?: string; search?: string }) => Promise<Page<Item>>;
  /** Where there is none at all. */
  empty: ReactNode;
  row: (item: Item) => ReactNode;
}) => {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), pause);
  const all = usePages({ queryKey: [...queryKey, ''], load, isSearched: true });
  const isLong = all.hasNextPage || (all.data?.pages.length ?? 0) > 1;
  return (
    <Stack gap="md">
      {(isLong || typed !== '') && (
        <TextInput
          type="search"
          label={words.search.label}
          maxLength={200}
          maw="28rem"
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
          }}
        />
      )}
      <PagedList
        {...list}
        queryKey={[...queryKey, search]}
        load={(page) => load({ ...page, ...(search === '' ? {} : { search }) })}
        isSearched
        empty={
          search === '' ? (
            empty
          ) : (
            <EmptyState
              icon="list"
              title={words.search.nothing(search)}
              text={words.search.nothingText}
            />
          )
        }
      />
    </Stack>
  );
};
