/** Who else can at the same times, one click away. */
import { Button, Text } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import type { Arrangement } from './plan.ts';
import { words } from './words.ts';

export const Others = ({
  instead,
  onEvents,
}: {
  instead: Schemas['Instead'];
  onEvents: (events: Arrangement) => void;
}) => (
  <>
    <Text size="sm" fw={600}>
      {words.taken.others}
    </Text>
    <Button
      size="sm"
      h="auto"
      py={8}
      styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
      onClick={() => {
        onEvents(instead.events as unknown as Arrangement);
      }}
    >
      {words.taken.take(instead.swaps)}
    </Button>
  </>
);
