/** Says that the hub is out of reach, for as long as it is. */
import { Alert } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { useIsAway } from './connection-state.ts';
import { words } from './words.ts';

export const NoConnection = () => {
  const isAway = useIsAway();
  return (
    <div role="status">
      {isAway && (
        <Alert color="yellow" icon={<Icon name="alert" />} mb="md" title={words.away.title}>
          {words.away.text}
        </Alert>
      )}
    </div>
  );
};
