/** Somebody took the time meanwhile: what changed, who else can, and the next best times, one click away. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { type Problem, wordsOf } from '../../hub/problem.ts';
import { Icon } from '../../parts/icon.tsx';
import { OtherInterview } from '../../parts/other-interview.tsx';
import { Others } from './others.tsx';
import { type Arrangement, keyOf, type Option, spanOf } from './plan.ts';
import { spanText } from './span.tsx';
import { words } from './words.ts';

const alternativesOf = (problem: Problem): Option[] =>
  'alternatives' in problem && Array.isArray(problem.alternatives)
    ? (problem.alternatives as Option[])
    : [];

export const Taken = ({
  problem,
  zone,
  onOthers,
  onEvents,
}: {
  problem: Problem;
  zone: string;
  /** Others at the same times. */
  onOthers: (events: Arrangement) => void;
  onEvents: (events: Arrangement) => void;
}) => {
  const alternatives = alternativesOf(problem);
  return (
    <Alert
      role="alert"
      color="red"
      icon={<Icon name="alert" />}
      title={problem.code === 'candidate_busy' ? words.taken.candidate : words.taken.title}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">{wordsOf(problem)}</Text>
        {problem.interview && <OtherInterview interview={problem.interview} />}
        {problem.instead && <Others instead={problem.instead} onEvents={onOthers} />}
        {alternatives.length > 0 && (
          <>
            <Text size="sm" fw={600}>
              {words.taken.instead}
            </Text>
            {alternatives.map((option) => {
              const { start, end } = spanOf(option.events);
              return (
                <Button
                  key={keyOf(option)}
                  variant="default"
                  size="sm"
                  onClick={() => {
                    onEvents(option.events);
                  }}
                >
                  {spanText(start, end, zone)}
                </Button>
              );
            })}
          </>
        )}
      </Stack>
    </Alert>
  );
};
