/** Everybody who interviews, and rooms: searched, filtered, and tagged together. */
import { Button, Stack } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PagedList, usePages } from '../../parts/paged-list.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Filters, filterOf, isFiltered } from './filters.tsx';
import { Row } from './row.tsx';
import { TagMany } from './tag-many.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const mayManage = useMay()('templates.manage');
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = filterOf(search);
  const list = {
    queryKey: ['people', 'list', filter],
    load: (query: { cursor?: string }) =>
      got(api.GET('/api/v1/people', { params: { query: { ...query, ...filter } } })),
    isSearched: true,
  };
  const shown = usePages(list).data?.pages.flatMap(({ items }) => items) ?? [];
  const select = useCallback((id: string, isChosen: boolean): void => {
    setSelected((before) => {
      const now = new Set(before);
      if (isChosen) now.add(id);
      else now.delete(id);
      return now;
    });
  }, []);
  const actions = (
    <>
      <Button component={Link} to="/people/import" variant="default">
        {words.import}
      </Button>
      <Button component={Link} to="/people/new" leftSection={<Icon name="plus" size={16} />}>
        {words.add}
      </Button>
    </>
  );
  return (
    <Frame title={words.title} lead={words.lead} actions={mayManage && actions}>
      <Stack gap="md">
        <Filters search={search} />
        {mayManage && shown.length > 0 && (
          <TagMany
            selected={selected}
            onAll={() => {
              setSelected(new Set([...selected, ...shown.map(({ id }) => id)]));
            }}
            onNone={() => {
              setSelected(new Set());
            }}
          />
        )}
        <PagedList
          label={words.list}
          {...list}
          empty={
            isFiltered(search) ? (
              <EmptyState icon="people" title={words.notFound} text={words.notFoundText} />
            ) : (
              <EmptyState
                icon="people"
                title={words.none}
                text={mayManage ? words.noneText : words.noneToSee}
              />
            )
          }
          row={(person) => (
            <Row
              person={person}
              isSelected={selected.has(person.id)}
              onSelect={mayManage ? select : null}
            />
          )}
        />
      </Stack>
    </Frame>
  );
};
