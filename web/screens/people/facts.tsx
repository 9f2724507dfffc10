/** A person, for those who may not change it. */
import { Badge, Group, Table, Text } from '@mantine/core';
import { Part } from '../../parts/part.tsx';
import { days, dayName } from '../../parts/hours-field.tsx';
import type { Person } from './queries.ts';
import { words } from './words.ts';

export const Facts = ({ person: { zone, hours, tags } }: { person: Person }) => (
  <Part title={words.facts.hours}>
    <Text size="sm" c="dimmed">
      {words.facts.zone}: {zone}
    </Text>
    <Table aria-label={words.facts.hours}>
      <Table.Tbody>
        {days.map((day) => (
          <Table.Tr key={day}>
            <Table.Th scope="row">{dayName(day)}</Table.Th>
            <Table.Td>
              {hours[day].map(({ from, to }) => `${from}–${to}`).join(', ') ||
                words.form.notWorking}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
    <Group gap={4}>
      <Text size="sm">{words.facts.tags}:</Text>
      {tags.length === 0 && <Text size="sm">{words.facts.none}</Text>}
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="default">
          {tag}
        </Badge>
      ))}
    </Group>
  </Part>
);
