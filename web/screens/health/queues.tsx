/** How much work waits, runs and was given up. */
import { Table } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { Age } from '../../parts/time.tsx';
import { words } from './words.ts';

export const Queues = ({ queues }: { queues: Schemas['Health']['queues'] }) => (
  <Table.ScrollContainer
    minWidth={480}
    type="native"
    tabIndex={0}
    role="region"
    aria-label={words.queues}
  >
    <Table verticalSpacing="xs" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          {(['name', 'waiting', 'running', 'failed', 'oldest'] as const).map((column) => (
            <Table.Th key={column} scope="col">
              {words.queue[column]}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {queues.map(({ queue, waiting, running, failed, oldestDue }) => (
          <Table.Tr key={queue}>
            <Table.Td>{queue}</Table.Td>
            <Table.Td>{waiting}</Table.Td>
            <Table.Td>{running}</Table.Td>
            <Table.Td>{failed}</Table.Td>
            <Table.Td>{oldestDue === null ? words.queue.none : <Age at={oldestDue} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);
