/** What the list of people is narrowed by; it stands in the address, so that the way back keeps it. */
import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../app/session.ts';
import { tagsQuery } from '../../parts/tags.ts';
import { useLater } from '../../parts/use-later.ts';
import { words } from './words.ts';

type Search = Partial<Record<string, string>>;

const names = ['search', 'tag', 'kind', 'active', 'calendarFeed'] as const;

const kinds = ['all', 'person', 'room'] as const;
const states = ['all', 'true', 'false'] as const;

export interface Filter {
  search?: string;
  tag?: string;
  kind?: 'person' | 'room';
  active?: 'true' | 'false';
  calendarFeed?: 'true' | 'false';
}

/** As the hub takes it; what the address says amiss is left out. */
export const filterOf = ({ search, tag, kind, active, calendarFeed }: Search): Filter => ({
  ...(search === undefined ? {} : { search }),
  ...(tag === undefined ? {} : { tag }),
  ...(kind === 'person' || kind === 'room' ? { kind } : {}),
  ...(active === 'true' || active === 'false' ? { active } : {}),
  ...(calendarFeed === 'true' || calendarFeed === 'false' ? { calendarFeed } : {}),
});

export const isFiltered = (search: Search): boolean =>
  names.some((name) => search[name] !== undefined);

export const Filters = ({ search }: { search: Search }) => {
  const navigate = useNavigate();
  const mayAll = useSession().may['people.change'] === 'any';
  const tags = useQuery(tagsQuery).data ?? [];
  const [typed, setTyped] = useState(search['search'] ?? '');
  const narrow = (name: (typeof names)[number], value: string): void => {
    void navigate({
      to: '/people',
      replace: true,
      search: Object.fromEntries(
        Object.entries({ ...search, [name]: value }).flatMap(([key, one]) =>
          one === undefined || one === '' ? [] : [[key, one]],
        ),
      ),
    });
  };
  const find = useLater('/people', (text: string) => {
    narrow('search', text.trim());
  });
  return (
    <Group gap="sm" align="end" role="search">
      <TextInput
        type="search"
        label={words.filters.search}
        value={typed}
        maxLength={200}
        flex="2 1 14rem"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <Select
        label={words.filters.tag}
        placeholder={words.filters.anyTag}
        data={tags}
        limit={100}
        searchable
        clearable
        flex="1 1 10rem"
        value={search['tag'] ?? null}
        onChange={(tag) => {
          narrow('tag', tag ?? '');
        }}
      />
      <Select
        label={words.filters.kind}
        data={kinds.map((value) => ({ value, label: words.filters.kinds[value] }))}
        allowDeselect={false}
        flex="1 1 9rem"
        value={filterOf(search).kind ?? 'all'}
        onChange={(kind) => {
          narrow('kind', kind === 'all' || kind === null ? '' : kind);
        }}
      />
      <Select
        label={words.filters.state}
        data={states.map((value) => ({ value, label: words.filters.states[value] }))}
        allowDeselect={false}
        flex="1 1 9rem"
        value={filterOf(search).active ?? 'all'}
        onChange={(active) => {
          narrow('active', active === 'all' || active === null ? '' : active);
        }}
      />
      {mayAll && (
        <Select
          label={words.filters.feed}
          data={states.map((value) => ({ value, label: words.filters.feeds[value] }))}
          allowDeselect={false}
          flex="1 1 9rem"
          value={filterOf(search).calendarFeed ?? 'all'}
          onChange={(feed) => {
            narrow('calendarFeed', feed === 'all' || feed === null ? '' : feed);
          }}
        />
      )}
    </Group>
  );
};
