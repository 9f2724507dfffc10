/** What became of a message. */
import { Badge } from '@mantine/core';
import { words } from './words.ts';

const colors = { composed: 'gray', kept: 'yellow', sent: 'teal', bounced: 'red' } as const;

export const StateBadge = ({ state }: { state: keyof typeof colors }) => (
  <Badge variant="light" color={colors[state]}>
    {words.states[state]}
  </Badge>
);
