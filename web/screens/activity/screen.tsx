/** The audit log: who did what, with filters, and as a table for spreadsheets. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../app/session.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Time } from '../../parts/time.tsx';
import { Filters } from './filters.tsx';
import { type Filter, filterOf, isEmpty, queryOf } from './filter.ts';
import { actText, words } from './words.ts';

export const Screen = () => {
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/activity' });
  const [filter, setFilter] = useState<Filter>(() => filterOf(search));
  const change = (next: Filter): void => {
    setFilter(next);
    // The address leads back to what is seen, without a step for each letter.
    const filled = Object.entries(next).filter(([, value]) => value !== '');
    void navigate({ to: '/activity', search: Object.fromEntries(filled), replace: true });
  };
  const query = queryOf(filter);
  const empty = isEmpty(filter) ? words.none : words.noneFound;
  return (
    <Frame
      title={words.title}
      lead={session.may['audit.see'] === 'any' ? words.lead : words.ownOnly}
      actions={
        <Button
          component="a"
          variant="default"
          href={`/api/v1/audit/export?${new URLSearchParams(query).toString()}`}
          download
        >
          {words.exported}
        </Button>
      }
    >
      <Filters filter={filter} onChange={change} />
      <PagedList
        label={words.list}
        queryKey={['audit', query]}
        load={(page) =>
          got(api.GET('/api/v1/audit', { params: { query: { ...page, ...query, limit: 50 } } }))
        }
        empty={<EmptyState icon="list" title={empty.title} text={empty.text} />}
        row={(entry) => <Entry entry={entry} />}
      />
    </Frame>
  );
};

/** Where what was acted on has a page. */
const places: Readonly<Record<string, string>> = {
  cn: '/settings/company',
  iv: '/interviews',
  ru: '/rules',
};

const Entry = ({ entry }: { entry: Schemas['AuditEntry'] }) => {
  const { at, actor, act, object, objectName, detail } = entry;
  const place = places[object.slice(0, 2)];
  const name = objectName ?? object;
  const more = Object.entries(detail).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return (
    <Group justify="space-between" align="start" wrap="wrap" gap={4}>
      <Stack gap={2} flex="1 1 16rem" miw={0}>
        <Text size="sm" fw={600}>
          {actText(act)}
        </Text>
        <Text size="sm">
          {place === undefined ? (
            name
          ) : (
            <Anchor component={Link} to={`${place}/${object}`} size="sm">
              {name}
            </Anchor>
          )}
        </Text>
        {more.length > 0 && (
          <Text size="xs" c="dimmed">
            {more.join(' · ')}
          </Text>
        )}
      </Stack>
      <Stack gap={2}>
        <Text size="sm">{actor.name}</Text>
        <Text size="xs" c="dimmed">
          <Time at={at} />
        </Text>
      </Stack>
    </Group>
  );
};
