/** Since when a calendar feed is on, and when a calendar last asked for it. */
import { Text } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { Age } from '../time.tsx';
import { words } from './words.ts';

export const FeedState = ({
  feed: { on, createdAt, readAt },
}: {
  feed: Schemas['CalendarFeed'];
}) => (
  <Text size="sm" c="dimmed">
    {!on && words.off}
    {createdAt !== null && (
      <>
        {words.since} <Age at={createdAt} />.{' '}
        {readAt === null ? (
          words.neverRead
        ) : (
          <>
            {words.read} <Age at={readAt} />.
          </>
        )}
      </>
    )}
  </Text>
);
