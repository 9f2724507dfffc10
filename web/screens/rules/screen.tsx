/** All rules, what each does, and whether it works. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { type Rule, rulesKey } from './queries.ts';
import { Sentence } from './sentence.tsx';
import { StateBadge } from './state-badge.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const mayChange = useMay()('rules.manage');
  const add = (
    <Button component={Link} to="/rules/new" leftSection={<Icon name="plus" size={16} />}>
      {words.add}
    </Button>
  );
  return (
    <Frame title={words.title} lead={words.lead} actions={mayChange && add}>
      <SearchedList
        label={words.list}
        queryKey={[rulesKey, 'list']}
        load={(query) => got(api.GET('/api/v1/rules', { params: { query } }))}
        empty={
          <EmptyState
            icon="rule"
            title={words.none}
            text={mayChange ? words.noneText : words.noneToSee}
          />
        }
        row={(rule) => <Row rule={rule} />}
      />
    </Frame>
  );
};

const Row = ({ rule }: { rule: Rule }) => (
  <Stack gap={2}>
    <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
      <Anchor component={Link} to={`/rules/${rule.id}`} fw={600}>
        {rule.name}
      </Anchor>
      <StateBadge state={rule.state} />
    </Group>
    <Text size="sm">
      <Sentence rule={rule} />
    </Text>
    {rule.state === 'resting' && (
      <Text size="sm" c="dimmed">
        {rule.stateText}
      </Text>
    )}
  </Stack>
);
