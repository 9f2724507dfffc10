/**
 * A list as the API gives it: `{ items, next }`, page by page. It shows what is loaded, the next page
 * on request, and in their turn the empty state and the problem.
 */
import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { ProblemNote } from './problem-note.tsx';
import classes from './paged-list.module.css';
import { words } from './words.ts';

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Which page, as the query of every list takes it. */
interface Position {
  cursor?: string;
}

interface List<Item> {
  /** Begins with the noun that live updates name: `['connections', …]`. */
  queryKey: readonly unknown[];
  load: (page: Position) => Promise<Page<Item>>;
  /** While it is narrowed: what was shown before stays until the answer is there. */
  isSearched?: boolean;
}

export const usePages = <Item,>({ queryKey, load, isSearched = false }: List<Item>) =>
  useInfiniteQuery({
    ...(isSearched ? { placeholderData: keepPreviousData } : {}),
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: {},
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
  });

export const PagedList = <Item extends { id: string }>({
  label,
  empty,
  row,
  ...list
}: List<Item> & {
  /** Names the list for whoever hears it. */
  label: string;
  empty: ReactNode;
  row: (item: Item) => ReactNode;
}) => {
  const pages = usePages(list);
  if (pages.isPending) return <Loading />;
  if (pages.isError && pages.data === undefined)
    return <ProblemNote error={pages.error} retry={() => void pages.refetch()} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <Stack gap="sm">
      <Card withBorder radius="lg" padding={0}>
        <ul className={classes.list} aria-label={label}>
          {items.map((item) => (
            <li key={item.id} className={classes.row}>
              {row(item)}
            </li>
          ))}
        </ul>
      </Card>
      {pages.isError && <ProblemNote error={pages.error} />}
      {pages.hasNextPage && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite">
            {words.shown(items.length)}
          </Text>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {words.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
};
