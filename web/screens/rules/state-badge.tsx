/** Whether a rule works, in colour, sign and word. */
import { Badge } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import type { Rule } from './queries.ts';
import { words } from './words.ts';

const looks = {
  on: { color: 'teal', icon: 'check' },
  off: { color: 'gray', icon: 'pause' },
  resting: { color: 'yellow', icon: 'alert' },
} as const;

export const StateBadge = ({ state }: Pick<Rule, 'state'>) => (
  <Badge
    color={looks[state].color}
    variant="light"
    leftSection={<Icon name={looks[state].icon} size={12} />}
  >
    {words.states[state]}
  </Badge>
);
