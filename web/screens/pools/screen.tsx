/** All pools. */
import { Anchor, Button, Code, Group, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const mayChange = useMay()('templates.manage');
  const add = (
    <Button component={Link} to="/pools/new" leftSection={<Icon name="plus" size={16} />}>
      {words.add}
    </Button>
  );
  return (
    <Frame title={words.title} lead={words.lead} actions={mayChange && add}>
      <SearchedList
        label={words.list}
        queryKey={['pools', 'list']}
        load={(query) => got(api.GET('/api/v1/pools', { params: { query } }))}
        empty={
          <EmptyState
            icon="people"
            title={words.none}
            text={mayChange ? words.noneText : words.noneToSee}
          />
        }
        row={({ id, name, expression }) => (
          <Stack gap={4}>
            <Anchor component={Link} to={`/pools/${id}`} fw={600} size="sm">
              {name}
            </Anchor>
            <Group>
              <Code>{expression}</Code>
            </Group>
          </Stack>
        )}
      />
    </Frame>
  );
};
