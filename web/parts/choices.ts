/** The connected accounts, and the lists that their vendors offer to choose from. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../hub/client.ts';
import type { Page } from './paged-list.tsx';

export type Account = Schemas['ConnectionSummary'];
export type Choice = Schemas['Choice'];
export type ChoiceKind = 'stages' | 'tags' | 'jobs' | 'users' | 'tests' | 'templates';

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
  queryFn: () => whole((query) => got(api.GET('/api/v1/connections', { params: { query } }))),
});

/** Null: no account is chosen yet. */
export const choicesQuery = (id: string | null, kind: ChoiceKind) =>
  queryOptions({
    queryKey: ['connections', id, 'choices', kind],
    queryFn: () =>
      whole((query) =>
        got(
          api.GET('/api/v1/connections/{id}/choices/{kind}', {
            params: { path: { id: id ?? '', kind }, query },
          }),
        ),
      ),
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
