/** One person of the list. Among a thousand, a selection draws anew the one that it is about. */
import { Anchor, Badge, Checkbox, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { Icon } from '../../parts/icon.tsx';
import type { Person } from './queries.ts';
import { words } from './words.ts';

/** More would hide the name. */
const mostTags = 6;

export const Row = memo(function Row({
  person: { id, name, email, title, zone, kind, tags, active, bounced },
  isSelected,
  onSelect,
}: {
  person: Person;
  isSelected: boolean;
  /** Null: nothing may be done with a selection. */
  onSelect: ((id: string, isSelected: boolean) => void) | null;
}) {
  return (
    <Group wrap="nowrap" align="start" gap="sm">
      {onSelect !== null && (
        <Checkbox
          checked={isSelected}
          aria-label={words.many.select(name)}
          onChange={(event) => {
            onSelect(id, event.currentTarget.checked);
          }}
        />
      )}
      <Stack gap={4} flex={1} miw={0}>
        <Group gap="xs">
          <Anchor component={Link} to={`/people/${id}`} fw={600} size="sm">
            {name}
          </Anchor>
          {kind === 'room' && (
            <Badge variant="light" color="blue">
              {words.room}
            </Badge>
          )}
          {!active && (
            <Badge variant="light" color="gray" leftSection={<Icon name="pause" size={12} />}>
              {words.inactive}
            </Badge>
          )}
          {bounced !== null && (
            <Badge variant="light" color="red" leftSection={<Icon name="alert" size={12} />}>
              {words.bounces}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {[title, email, zone].filter((text) => text !== '').join(' · ')}
        </Text>
        {tags.length > 0 && (
          <Group gap={4}>
            {tags.slice(0, mostTags).map((tag) => (
              <Badge key={tag} size="sm" variant="default">
                {tag}
              </Badge>
            ))}
            {tags.length > mostTags && (
              <Text size="xs" c="dimmed" title={tags.slice(mostTags).join(', ')}>
                {words.moreTags(tags.length - mostTags)}
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Group>
  );
});
