/** One lane of Today: what needs a person, or what is under way. */
import { Badge, Group, Title } from '@mantine/core';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList, usePages } from '../../parts/paged-list.tsx';
import { todayKey } from './today-key.ts';
import { TodayItem } from './item.tsx';
import { words } from './words.ts';

type Name = keyof typeof words.lanes;

const listOf = (lane: Name) => ({
  queryKey: [todayKey, lane],
  load: (query: { cursor?: string }) =>
    got(api.GET('/api/v1/today', { params: { query: { ...query, limit: 25, lane } } })),
});

export const Lane = ({ name }: { name: Name }) => {
  const list = listOf(name);
  const { data } = usePages(list);
  const { title, empty, text } = words.lanes[name];
  const shown = data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  const isAll = data?.pages.at(-1)?.next === null;
  return (
    <section>
      <Group gap="xs" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {shown > 0 && (
          <Badge variant="light" color={name === 'needs_me' ? 'red' : 'gray'}>
            {words.count(shown, isAll)}
          </Badge>
        )}
      </Group>
      <PagedList
        label={title}
        {...list}
        empty={
          <EmptyState icon={name === 'needs_me' ? 'check' : 'calendar'} title={empty} text={text} />
        }
        row={(row) => <TodayItem row={row} />}
      />
    </section>
  );
};
