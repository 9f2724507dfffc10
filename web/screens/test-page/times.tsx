/** When the test was sent, begun and handed in, in the reader's zone. */
import { Text } from '@mantine/core';
import { Time } from '../../parts/time.tsx';
import type { Test } from './result.tsx';
import { words } from './words.ts';

export const Times = ({
  test: { createdAt, expiresAt, startedAt, finishedAt },
}: {
  test: Test;
}) => {
  const rows = [
    [words.sentAt, createdAt],
    [words.startBy, expiresAt],
    [words.startedAt, startedAt],
    [words.finishedAt, finishedAt],
  ] as const;
  return (
    <Text component="div" size="sm" c="dimmed">
      {rows.map(([term, at]) =>
        at === null ? null : (
          <div key={term}>
            {term}: <Time at={at} />
          </div>
        ),
      )}
    </Text>
  );
};
