/** What can be chosen: connections, what their vendors offer, people and pools. */
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Connection = Schemas['ConnectionSummary'];
export type Choice = Schemas['Choice'];
type Kind = 'stages' | 'jobs' | 'tests' | 'templates' | 'feedback-forms';

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Every page of a list that a field offers as a whole. */
export const everyPage = async <Item>(
  load: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> => {
  const all: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await load({ limit: 100, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
};

export const connectionsQuery = queryOptions({
  queryKey: ['connections', 'every'],
  queryFn: () => everyPage((query) => got(api.GET('/api/v1/connections', { params: { query } }))),
});

export const choicesQuery = (id: string, kind: Kind) =>
  queryOptions({
    queryKey: ['connections', id, 'choices', kind],
    queryFn: () =>
      everyPage((query) =>
        got(
          api.GET('/api/v1/connections/{id}/choices/{kind}', {
            params: { path: { id, kind }, query },
          }),
        ),
      ),
    staleTime: 60_000,
  });

/** The vendor's list; empty while it is on its way, and without an account to ask. */
export const useChoices = (id: string | null, kind: Kind): readonly Choice[] =>
  useQuery({ ...choicesQuery(id ?? '', kind), enabled: id !== null }).data ?? none;

const none: readonly never[] = [];

/** As a list of a field, with what is chosen although the list has it no more. */
export const optionsOf = (
  choices: readonly Choice[],
  chosen: string | null,
): Array<{ value: string; label: string }> => [
  ...choices.map(({ id, name, group }) => ({
    value: id,
    label: group ? `${name} (${group.name})` : name,
  })),
  ...(chosen === null || choices.some(({ id }) => id === chosen)
    ? []
    : [{ value: chosen, label: chosen }]),
];

const poolsQuery = queryOptions({
  queryKey: ['pools', 'every'],
  queryFn: () => everyPage((query) => got(api.GET('/api/v1/pools', { params: { query } }))),
});

export const usePools = () => useQuery(poolsQuery).data ?? none;

/** People whose name or address fits, and those of these ids. */
export const useFittingPeople = (search: string): ReadonlyArray<Schemas['Person']> =>
  useQuery({
    queryKey: ['people', 'fitting', search],
    queryFn: () =>
      got(
        api.GET('/api/v1/people', {
          params: { query: { limit: 50, ...(search === '' ? {} : { search }) } },
        }),
      ),
    placeholderData: (before) => before,
  }).data?.items ?? none;

export const usePeople = (ids: readonly string[]): ReadonlyArray<Schemas['Person']> =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: ['people', id],
      queryFn: () => got(api.GET('/api/v1/people/{id}', { params: { path: { id } } })),
      staleTime: 60_000,
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
