/** Conflicts that a coordinator may take on knowingly: each ticked, all with one reason. */
import { Alert, Checkbox, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { OtherInterview } from '../../parts/other-interview.tsx';
import { words } from './words.ts';

type Problem = Schemas['InterviewPreview']['problems'][number];
export type OverrideCode = Schemas['InterviewInput']['override'][number];

const codes: readonly string[] = [
  'double_booked',
  'busy',
  'outside_hours',
  'day_off',
  'over_day_limit',
  'over_week_limit',
  'candidate_busy',
] satisfies OverrideCode[];

const isCode = (code: string): code is OverrideCode => codes.includes(code);

/** `given`: what was given up already when the time was looked for. */
export const overridableOf = (problems: readonly Problem[], given: readonly string[]) => {
  const open = problems.filter(({ code, blocks }) => !(blocks && given.includes(code)));
  const isAsked = ({ code, blocks }: Problem): boolean => blocks && isCode(code);
  return { asked: open.filter(isAsked), rest: open.filter((one) => !isAsked(one)) };
};

export const useOverrides = (given: readonly string[]) => {
  const [ticked, setTicked] = useState<readonly OverrideCode[]>([]);
  const [reason, setReason] = useState('');
  const override = [...new Set([...given.filter(isCode), ...ticked])];
  return {
    reason,
    setReason,
    isTicked: (code: string): boolean => isCode(code) && ticked.includes(code),
    /** Taken on, and said why. */
    has: (code: string): boolean => isCode(code) && ticked.includes(code) && reason.trim() !== '',
    tick: (code: string, isOn: boolean): void => {
      if (!isCode(code)) return;
      setTicked((before) => (isOn ? [...before, code] : before.filter((one) => one !== code)));
    },
    taken: { override, overrideReason: ticked.length === 0 ? '' : reason.trim() },
  };
};

const othersOf = (problems: readonly Problem[]) => [
  ...new Map(
    problems.flatMap(({ interview }) => (interview ? [[interview.id, interview] as const] : [])),
  ).values(),
];

export const Overrides = ({
  asked,
  overrides,
  children,
}: {
  asked: readonly Problem[];
  overrides: ReturnType<typeof useOverrides>;
  /** What can be done instead. */
  children?: ReactNode;
}) => {
  if (asked.length === 0) return null;
  const byCode = Map.groupBy(asked, ({ code }) => code);
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={words.overrides.title} role="alert">
      <Stack gap="sm" align="start">
        {children}
        {[...byCode].map(([code, alike]) => (
          <Stack gap={4} key={code}>
            <Checkbox
              label={words.overrides.label(code)}
              description={[...new Set(alike.map(({ text }) => text))].join(' ')}
              checked={overrides.isTicked(code)}
              onChange={({ currentTarget }) => {
                overrides.tick(code, currentTarget.checked);
              }}
            />
            {othersOf(alike).map((interview) => (
              <OtherInterview key={interview.id} interview={interview} />
            ))}
          </Stack>
        ))}
        <TextInput
          w="100%"
          label={words.overrides.reason}
          description={words.overrides.reasonHint}
          required
          maxLength={500}
          value={overrides.reason}
          onChange={({ currentTarget }) => {
            overrides.setReason(currentTarget.value);
          }}
        />
      </Stack>
    </Alert>
  );
};
