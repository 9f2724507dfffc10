/** Whether a connection works, in colour, sign and word. */
import { Badge } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import { words } from './words.ts';

export const StateBadge = ({
  state,
  attention,
}: {
  state: 'active' | 'paused';
  attention: boolean;
}) => {
  const [label, color, icon] =
    state === 'paused'
      ? ([words.states.paused, 'yellow', 'pause'] as const)
      : attention
        ? ([words.states.attention, 'red', 'alert'] as const)
        : ([words.states.active, 'teal', 'check'] as const);
  return (
    <Badge color={color} variant="light" leftSection={<Icon name={icon} size={12} />}>
      {label}
    </Badge>
  );
};
