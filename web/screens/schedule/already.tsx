/** The candidate's other interviews: whoever plans beside another coordinator is told at once. */
import { Alert, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../parts/icon.tsx';
import { OtherInterview } from '../../parts/other-interview.tsx';
import { comingQuery } from './queries.ts';
import { words } from './words.ts';

export const Already = ({ candidateId }: { candidateId: string }) => {
  const coming = useQuery(comingQuery(candidateId)).data ?? [];
  if (coming.length === 0) return null;
  return (
    <Alert color="yellow" icon={<Icon name="calendar" />} title={words.already} role="status">
      <List size="sm">
        {coming.map(({ id, name, events: [first] }) => (
          <List.Item key={id}>
            <OtherInterview interview={{ id, name, start: first?.start ?? null }} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
