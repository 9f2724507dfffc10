/** What can be chosen: accounts, what their vendors offer, people and pools. */
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api, got, type Schemas } from '../hub/client.ts';
import type { Page } from './paged-list.tsx';

export type Account = Schemas['Account'];
export type Choice = Schemas['Choice'];
/** Those that everybody may read who sees a template, and those that rules are made of. */
type OpenKind = 'tests' | 'templates' | 'feedback-forms';
export type ChoiceKind = OpenKind | 'stages' | 'tags' | 'jobs' | 'users';

/** A list to choose from is of use only when it is whole. */
export const whole = async <Item>(
  load: (page: { limit: 100; cursor?: string }) => Promise<Page<Item>>,
) => {
  let page = await load({ limit: 100 });
  const items = page.items;
  while (page.next !== null) {
    page = await load({ limit: 100, cursor: page.next });
    items.push(...page.items);
  }
  return items;
};

export const accountsQuery = queryOptions({
  queryKey: ['connections', 'accounts'],
  queryFn: () => whole((query) => got(api.GET('/api/v1/accounts', { params: { query } }))),
});

/** Null: they are not known yet. */
export const usePlatforms = (): readonly Account[] | null =>
  useQuery(accountsQuery).data?.filter(({ role }) => role === 'coding') ?? null;

/** Where there is but one to choose, it is chosen; else null. */
export const onlyOf = (among: ReadonlyArray<{ id: string }>): string | null =>
  among.length === 1 ? (among[0]?.id ?? null) : null;

const isOpen = (kind: ChoiceKind): kind is OpenKind =>
  ['tests', 'templates', 'feedback-forms'].includes(kind);

/** Null: no account is chosen yet. */
export const choicesQuery = (id: string | null, kind: ChoiceKind) =>
  queryOptions({
    queryKey: ['connections', id, 'choices', kind],
    queryFn: () =>
      whole((query) =>
        got(
          isOpen(kind)
            ? api.GET(`/api/v1/connections/{id}/choices/${kind}`, {
                params: { path: { id: id ?? '' }, query },
              })
            : api.GET('/api/v1/connections/{id}/choices/{kind}', {
                params: { path: { id: id ?? '', kind }, query },
              }),
        ),
      ),
    enabled: id !== null,
    staleTime: 60_000,
  });

/** The vendor's list; empty while it is on its way, and without an account to ask. */
export const useChoices = (id: string | null, kind: ChoiceKind): readonly Choice[] =>
  useQuery(choicesQuery(id, kind)).data ?? none;

const none: readonly never[] = [];

/** The list that what is used at a coding platform stands in. */
export const listOf = (kind: 'template' | 'test' | null) =>
  kind === 'test' ? ('tests' as const) : ('templates' as const);

const pageOfChoices = (
  id: string | null,
  kind: OpenKind,
  query: { limit: number; search?: string; choice?: string },
) =>
  got(
    api.GET(`/api/v1/connections/{id}/choices/${kind}`, {
      params: { path: { id: id ?? '' }, query },
    }),
  );

/** Those of a long list that have this in their names: a page of them. Null: no account is asked. */
export const fittingQuery = (id: string | null, kind: OpenKind, search: string) =>
  queryOptions({
    queryKey: ['connections', id, 'choices', kind, 'fitting', search],
    queryFn: () => pageOfChoices(id, kind, { limit: 100, ...(search === '' ? {} : { search }) }),
    enabled: id !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** The one with this id; null: the vendor's list has it no more. */
export const choiceQuery = (id: string | null, kind: OpenKind, choice: string) =>
  queryOptions({
    queryKey: ['connections', id, 'choices', kind, 'one', choice],
    queryFn: async () => (await pageOfChoices(id, kind, { limit: 1, choice })).items[0] ?? null,
    enabled: id !== null,
    staleTime: 60_000,
  });

/** Names may repeat where a vendor keeps lists apart; then the name of the list stands beside it. */
export const labelOf = ({ name, group }: Choice, among: readonly Choice[]): string =>
  group && among.some((other) => other.name === name && other.group?.id !== group.id)
    ? `${name} (${group.name})`
    : name;

/** The name behind an id; what the vendor no longer offers keeps its id. */
export const nameOf = (id: string, among: readonly Choice[] = []): string => {
  const found = among.find((one) => one.id === id);
  return found ? labelOf(found, among) : id;
};

/** As a list of a field, with what is chosen although the list has it no more. */
export const optionsOf = (
  choices: readonly Choice[],
  chosen: string | null,
): Array<{ value: string; label: string }> => [
  ...choices.map((one) => ({ value: one.id, label: labelOf(one, choices) })),
  ...(chosen === null || choices.some(({ id }) => id === chosen)
    ? []
    : [{ value: chosen, label: chosen }]),
];

export const templatesQuery = queryOptions({
  queryKey: ['templates', 'whole'],
  queryFn: () => whole((query) => got(api.GET('/api/v1/templates', { params: { query } }))),
});

/** How many are offered at once; others are found by typing. */
const offered = 25;

/** The first of a list of the hub in which this is found. */
export const offersQuery = <Item>(
  queryKey: readonly unknown[],
  search: string,
  load: (query: { limit: number; search?: string }) => Promise<Page<Item>>,
) =>
  queryOptions({
    queryKey: [...queryKey, search],
    queryFn: async () =>
      (await load({ limit: offered, ...(search === '' ? {} : { search }) })).items,
    placeholderData: keepPreviousData<Item[]>,
  });

/** People whose name or address fits. */
export const useFittingPeople = (search: string): ReadonlyArray<Schemas['Person']> =>
  useQuery(
    offersQuery(['people', 'fitting'], search, (query) =>
      got(api.GET('/api/v1/people', { params: { query } })),
    ),
  ).data ?? none;

/** Pools whose name or expression fits. */
export const useFittingPools = (search: string): ReadonlyArray<Schemas['Pool']> =>
  useQuery(
    offersQuery(['pools', 'fitting'], search, (query) =>
      got(api.GET('/api/v1/pools', { params: { query } })),
    ),
  ).data ?? none;

export const usePeople = (ids: readonly string[]): ReadonlyArray<Schemas['Person']> =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: ['people', id],
      queryFn: () => got(api.GET('/api/v1/people/{id}', { params: { path: { id } } })),
      staleTime: 60_000,
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });

export const usePools = (ids: readonly string[]): ReadonlyArray<Schemas['Pool']> =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: ['pools', id],
      queryFn: () => got(api.GET('/api/v1/pools/{id}', { params: { path: { id } } })),
      staleTime: 60_000,
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
