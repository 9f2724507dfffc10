/** All templates, each base with what builds upon it. */
import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { Age } from '../../parts/time.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const mayChange = useMay()('templates.manage');
  const add = (label: string) => (
    <Button component={Link} to="/templates/new" leftSection={<Icon name="plus" size={16} />}>
      {label}
    </Button>
  );
  return (
    <Frame title={words.title} lead={words.lead} actions={mayChange && add(words.add)}>
      <SearchedList
        label={words.list}
        queryKey={['templates', 'list']}
        load={(query) => got(api.GET('/api/v1/templates', { params: { query } }))}
        empty={
          <EmptyState icon="text" title={words.empty.title} text={words.empty.text}>
            {mayChange ? add(words.empty.first) : <Text size="sm">{words.empty.seeOnly}</Text>}
          </EmptyState>
        }
        row={(template) => <Row template={template} />}
      />
    </Frame>
  );
};

const Row = ({ template }: { template: Schemas['ListedTemplate'] }) => {
  const { id, name, parentName, jobId, stageId, layer, updatedAt } = template;
  const events = layer?.events;
  return (
    <Group justify="space-between" gap="xs" pl={parentName === null ? 0 : 'xl'}>
      <div>
        <Group gap="xs">
          <Anchor component={Link} to={`/templates/${id}`} fw={600} aria-label={words.open(name)}>
            {name}
          </Anchor>
          {jobId !== null && <Badge variant="light">{words.forJob}</Badge>}
          {stageId !== null && <Badge variant="light">{words.forStage}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {[
            ...(parentName === null ? [] : [words.buildsUpon(parentName)]),
            ...(events === undefined ? [] : [words.eventCount(events.length)]),
          ].join(' · ')}
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {words.changed} <Age at={updatedAt} />
      </Text>
    </Group>
  );
};
