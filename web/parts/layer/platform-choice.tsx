/** What one coding platform opens. Its lists may be long, so the hub searches. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Account, choiceQuery, fittingQuery, listOf } from '../choices.ts';
import type { CodingChoice } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { words } from './words.ts';

const { coding } = words;

export const PlatformChoice = ({
  platform,
  value,
  path = 'layer.coding',
  beneath,
  onChange,
}: {
  platform: Account;
  value: readonly CodingChoice[];
  path?: string;
  /** Of an event, which has rooms and no tests: what holds where nothing is chosen, in words. */
  beneath?: string;
  onChange: (choices: CodingChoice[]) => void;
}) => {
  const scope = useScope();
  const [typed, setTyped] = useState('');
  const index = value.findIndex(({ connectionId }) => connectionId === platform.id);
  const chosen = value[index];
  const own = useChosen(platform, chosen);
  const [search] = useDebouncedValue(typed.trim(), 200);
  const isOfEvent = beneath !== undefined;
  const key = chosen === undefined ? null : keyOf(chosen, isOfEvent);
  const groups = useOffers(platform, search === own?.item.label ? '' : search, isOfEvent);
  const isListed = groups.some(({ items }) => items.some((one) => one.value === key));
  const data =
    isListed || own === null ? groups : [...groups, { group: own.group, items: [own.item] }];
  const usual = platform.capabilities.includes('live_links') ? coding.plain : coding.nothing;
  return (
    <Select
      label={coding.at(platform.name)}
      description={coding.atHint}
      placeholder={key === null ? (beneath ?? usual) : coding.reading}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.none }}
      nothingFoundMessage={coding.noChoices}
      data={data}
      // The hub has searched.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={key}
      error={index < 0 ? undefined : errorAt(scope, `${path}.${String(index)}`)}
      onChange={(next) => {
        const others = value.filter(({ connectionId }) => connectionId !== platform.id);
        const choice = next === null ? null : choiceOf(platform.id, next);
        onChange(choice === null ? others : [...others, choice]);
      }}
    />
  );
};

const plain = 'plain';
const more = 'more';

/** What the platform has to choose from; of a long list, what fits. */
const useOffers = ({ id, capabilities }: Account, search: string, isOfEvent: boolean) => {
  const has = (capability: Account['capabilities'][number]) =>
    capabilities.includes(capability) ? id : null;
  const templates = useQuery(fittingQuery(has('live_links'), 'templates', search)).data;
  const tests = useQuery(fittingQuery(isOfEvent ? null : has('assessments'), 'tests', search)).data;
  const items = (kind: 'template' | 'test', page: typeof templates) => [
    ...(page?.items ?? []).map((one) => ({ value: `${kind}:${one.id}`, label: one.name })),
    ...((page?.next ?? null) === null
      ? []
      : [{ value: `${more} ${kind}`, label: coding.more, disabled: true }]),
  ];
  return [
    {
      group: coding.template,
      items: [
        ...(isOfEvent ? [{ value: plain, label: coding.plain }] : []),
        ...items('template', templates),
      ],
    },
    { group: coding.test, items: items('test', tests) },
  ].filter((one) => one.items.length > 0);
};

/** The entry of what is chosen; null: nothing is, or it is not read yet. */
const useChosen = (platform: Account, choice: CodingChoice | undefined) => {
  const { kind = null, id = null } = choice ?? {};
  const isOne = kind !== null && id !== null;
  const found = useQuery(choiceQuery(isOne ? platform.id : null, listOf(kind), id ?? '')).data;
  if (!isOne || found === undefined) return null;
  return {
    item: { value: `${kind}:${id}`, label: found?.name ?? choice?.name ?? id },
    group: found === null ? coding.gone : coding[kind],
  };
};

/** A choice as an entry of a list; null: nothing is chosen. */
const keyOf = ({ kind, id }: CodingChoice, isOfEvent: boolean): string | null => {
  if (kind !== null && id !== null) return `${kind}:${id}`;
  return isOfEvent ? plain : null;
};

const choiceOf = (connectionId: string, key: string): CodingChoice | null => {
  const [kind, ...id] = key.split(':');
  if (kind === plain) return { connectionId, kind: null, id: null };
  return kind === 'template' || kind === 'test' ? { connectionId, kind, id: id.join(':') } : null;
};
