/**
 * Chooses who takes a seat: people and rooms by name or address, or one pool. There may be thousands,
 * so the hub searches.
 */
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useFittingPeople, useFittingPools, usePeople, usePools } from '../choices.ts';
import type { Seat } from './layers.ts';
import { words } from './words.ts';

const { seats } = words;

const eachOnce = <Item extends { id: string }>(items: readonly Item[]): Item[] => [
  ...new Map(items.map((one) => [one.id, one])).values(),
];

const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });

export const WhoPicker = ({
  label,
  from,
  onChange,
  error,
}: {
  label: string;
  from: Seat['from'];
  onChange: (from: Seat['from']) => void;
  error: ReactNode;
}) => {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 200);
  const ids = from.kind === 'pool' ? [from.poolId] : from.personIds;
  const chosenPools = usePools(from.kind === 'pool' ? ids : []);
  const pools = eachOnce([...chosenPools, ...useFittingPools(asked)]);
  const chosen = usePeople(from.kind === 'pool' ? [] : ids);
  const fitting = useFittingPeople(asked).filter(({ active }) => active);
  const people = eachOnce([...chosen, ...fitting]);
  const data = [
    { group: seats.pools, items: pools.map(option) },
    { group: seats.people, items: people.filter(({ kind }) => kind === 'person').map(option) },
    { group: seats.rooms, items: people.filter(({ kind }) => kind === 'room').map(option) },
  ].filter(({ items }) => items.length > 0);
  /** A pool stands alone: taking one drops the people, and taking somebody drops the pool. */
  const take = (taken: string[]): void => {
    const newest = taken.at(-1) ?? '';
    const isPool = pools.some(({ id }) => id === newest);
    const personIds = taken.filter((id) => from.kind !== 'pool' || id !== from.poolId);
    const count = from.kind === 'pool' ? from.count : 1;
    onChange(isPool ? { kind: 'pool', poolId: newest, count } : { kind: 'people', personIds });
  };
  return (
    <MultiSelect
      flex={1}
      miw="11rem"
      label={label}
      description={seats.hint}
      placeholder={ids.length === 0 ? seats.choose : ''}
      searchable
      hidePickedOptions
      data={data}
      // The hub has searched, also in addresses and in what pools ask for.
      filter={({ options }) => options}
      nothingFoundMessage={seats.nobodyFits}
      searchValue={search}
      onSearchChange={setSearch}
      value={[...ids]}
      onChange={take}
      error={error}
    />
  );
};
