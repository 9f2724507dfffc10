/** What failed, and what to do about it. */
import { Alert, Button, Group, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { problemOf, wordsOf } from '../hub/problem.ts';
import { Icon } from './icon.tsx';
import { words } from './words.ts';

export const ProblemNote = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const problem = problemOf(error);
  return (
    <Alert role="alert" color="red" icon={<Icon name="alert" />} title={words.failed}>
      <Text size="sm">{wordsOf(problem)}</Text>
      <Group gap="md" mt={6}>
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={retry}>
            {words.tryAgain}
          </Button>
        )}
        {problem.requestId !== undefined && (
          <Text size="xs" c="dimmed">
            {words.requestId(problem.requestId)}
          </Text>
        )}
      </Group>
    </Alert>
  );
};

/** In place of a screen that could not be shown. */
export const ScreenProblem = ({ error, reset }: ErrorComponentProps) => (
  <ProblemNote error={error} retry={reset} />
);
