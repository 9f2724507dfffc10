/** The candidate's own times, each a stretch of a day in the candidate's zone. */
import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { faultOf, nextWindow, type Window } from './when.ts';
import { words } from './words.ts';

const ends = ['from', 'to'] as const;

interface Days {
  from: string;
  to: string;
}

export const WindowsField = ({
  value,
  days,
  onChange,
}: {
  value: readonly Window[];
  /** Between which is searched. */
  days: Days;
  onChange: (windows: Window[]) => void;
}) => {
  const box = useRef<HTMLDivElement>(null);
  return (
    <Stack component="fieldset" bd={0} p={0} m={0} gap="xs" ref={box}>
      <Input.Label component="legend" p={0}>
        {words.when.windows}
      </Input.Label>
      <Input.Description>
        {value.length === 0 ? words.when.noWindows : words.when.windowsHint}
      </Input.Description>
      {value.map((window, index) => (
        <Row
          key={index}
          index={index}
          value={window}
          days={days}
          onChange={(changed) => {
            onChange(value.with(index, changed));
          }}
          onRemove={() => {
            onChange(value.toSpliced(index, 1));
          }}
        />
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            onChange([...value, nextWindow(value, days)]);
            requestAnimationFrame(() => {
              [...(box.current?.querySelectorAll<HTMLElement>('[type=date]') ?? [])]
                .at(-1)
                ?.focus();
            });
          }}
        >
          {words.when.add}
        </Button>
      </Group>
    </Stack>
  );
};

const Row = ({
  index,
  value,
  days,
  onChange,
  onRemove,
}: {
  index: number;
  value: Window;
  days: Days;
  onChange: (window: Window) => void;
  onRemove: () => void;
}) => {
  const fault = faultOf(value, days);
  return (
    <div role="group" aria-label={words.when.nth(index)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" aria-hidden>
          {words.when.nth(index)}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.when.remove(index)}
          onClick={onRemove}
        >
          <Icon name="cross" size={14} />
        </ActionIcon>
      </Group>
      <Group gap={6} align="end">
        <TextInput
          type="date"
          label={words.when.day}
          flex="1 1 9rem"
          value={value.day}
          error={fault === 'outside' || (fault === 'open' && value.day === '')}
          onChange={({ currentTarget }) => {
            onChange({ ...value, day: currentTarget.value });
          }}
        />
        {ends.map((end) => (
          <TextInput
            key={end}
            type="time"
            label={words.when.ends[end]}
            flex="1 1 7rem"
            value={value[end]}
            error={fault === 'turned' || (fault === 'open' && value[end] === '')}
            onChange={({ currentTarget }) => {
              onChange({ ...value, [end]: currentTarget.value });
            }}
          />
        ))}
      </Group>
      {fault !== null && <Input.Error role="alert">{words.when.faults[fault]}</Input.Error>}
    </div>
  );
};
