/** What speaks against a change: others and the next best times, and what may be taken on knowingly, with the reason. */
import { Alert, Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { type Problem, wordsOf } from '../../../hub/problem.ts';
import { Icon } from '../../../parts/icon.tsx';
import { OtherInterview } from '../../../parts/other-interview.tsx';
import { words } from '../words.ts';
import type { Override } from './send.ts';
import type { Option } from './times.tsx';

/** Others at the same times first. */
const optionsOf = (problem: Problem | null): Option[] => {
  const instead = problem?.instead;
  const alternatives = problem?.alternatives ?? [];
  const found = instead === undefined ? [] : [{ ...instead, compromises: [] }];
  return [...found, ...alternatives] as unknown as Option[];
};

export const Conflict = ({
  problem,
  codes,
  taken,
  reason,
  textOf,
  onTake,
  onReason,
  onOption,
}: {
  /** Null: all of it is taken on. */
  problem: Problem | null;
  codes: readonly Override[];
  taken: readonly Override[];
  reason: string;
  /** An option in words. */
  textOf: (option: Option) => string;
  onTake: (code: Override, isOn: boolean) => void;
  onReason: (reason: string) => void;
  /** Takes another time; left out: it cannot be chosen here. */
  onOption?: ((option: Option) => void) | undefined;
}) => {
  const options = onOption === undefined ? [] : optionsOf(problem);
  return (
    <Alert color="yellow" role="alert" icon={<Icon name="alert" />} title={words.change.conflict}>
      <Stack gap="sm">
        <Text size="sm">{problem === null ? words.change.overridden : wordsOf(problem)}</Text>
        {problem?.interview && <OtherInterview interview={problem.interview} />}
        {options.length > 0 && (
          <Stack gap={6} align="start" role="group" aria-label={words.change.instead}>
            <Text size="sm" fw={600}>
              {words.change.instead}
            </Text>
            {options.map((option) => (
              <Button
                key={textOf(option)}
                size="xs"
                variant="default"
                h="auto"
                py={6}
                styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
                onClick={() => onOption?.(option)}
              >
                {textOf(option)}
              </Button>
            ))}
          </Stack>
        )}
        {codes.map((code) => (
          <Checkbox
            key={code}
            label={words.change.override(code)}
            checked={taken.includes(code)}
            onChange={({ currentTarget }) => {
              onTake(code, currentTarget.checked);
            }}
          />
        ))}
        {taken.length > 0 && (
          <TextInput
            label={words.change.why}
            description={words.change.whyHint}
            required
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => {
              onReason(currentTarget.value);
            }}
          />
        )}
      </Stack>
    </Alert>
  );
};
