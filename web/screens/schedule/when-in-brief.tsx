/** When the candidate can, where events may start and who may sit in several: in a line, or to be changed. */
import { Select, Stack } from '@mantine/core';
import { memo } from 'react';
import { Brief } from './brief.tsx';
import { startEveries, type When } from './when.ts';
import { WindowsField } from './windows-field.tsx';
import { words } from './words.ts';

interface Props {
  when: When;
  from: string;
  to: string;
  onChange: (part: { when: When }) => void;
}

const repeats = { alone: null, anybody: true, nobody: false } as const;
type Repeat = keyof typeof repeats;
const repeatNames = Object.keys(repeats) as Repeat[];

export const WhenInBrief = memo(({ when, from, to, onChange }: Props) => {
  const change = (part: Partial<When>): void => {
    onChange({ when: { ...when, ...part } });
  };
  return (
    <Brief title={words.when.title} told={words.when.told(when)}>
      <Stack gap="md">
        <WindowsField
          value={when.windows}
          days={{ from, to }}
          onChange={(windows) => {
            change({ windows });
          }}
        />
        <Select
          label={words.when.startEvery}
          description={words.when.startEveryHint}
          allowDeselect={false}
          data={startEveries.map((count) => ({
            value: String(count),
            label: words.when.every(count),
          }))}
          value={String(when.startEvery)}
          onChange={(chosen) => {
            const startEvery = startEveries.find((count) => String(count) === chosen);
            if (startEvery !== undefined) change({ startEvery });
          }}
        />
        <Select
          label={words.when.repeat}
          description={words.when.repeatHint}
          allowDeselect={false}
          data={repeatNames.map((name) => ({ value: name, label: words.when.repeats[name] }))}
          value={repeatNames.find((name) => repeats[name] === when.repeat) ?? 'alone'}
          onChange={(chosen) => {
            const name = repeatNames.find((one) => one === chosen);
            if (name !== undefined) change({ repeat: repeats[name] });
          }}
        />
      </Stack>
    </Brief>
  );
});
