/** Days on which somebody is not there at all, both ends included. */
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../hub/client.ts';
import { Icon } from './icon.tsx';
import { words } from './words.ts';

export type DayOff = Required<Schemas['Person']['daysOff'][number]>;

export const DaysOffField = ({
  label,
  description,
  path,
  value,
  errors,
  onChange,
}: {
  label: string;
  description: string;
  /** The form's name of it: refusals stand at `path.0`. */
  path: string;
  value: readonly DayOff[];
  errors: Record<string, ReactNode>;
  onChange: (days: DayOff[]) => void;
}) => (
  <Stack component="fieldset" bd={0} p={0} m={0} gap="xs">
    <Input.Label component="legend" p={0}>
      {label}
    </Input.Label>
    <Input.Description>{description}</Input.Description>
    {value.map((one, index) => {
      const at = `${path}.${String(index)}`;
      const error = one.from > one.to ? words.daysOff.turned : errors[at];
      const set = (change: Partial<DayOff>): void => {
        onChange(value.with(index, { ...one, ...change }));
      };
      return (
        <div key={index}>
          <Group gap={6} align="end">
            <TextInput
              type="date"
              label={words.daysOff.from}
              value={one.from}
              data-path={at}
              error={Boolean(error)}
              onChange={(event) => {
                const from = event.currentTarget.value;
                set({ from, to: one.to < from ? from : one.to });
              }}
            />
            <TextInput
              type="date"
              label={words.daysOff.to}
              value={one.to}
              min={one.from}
              error={Boolean(error)}
              onChange={(event) => {
                set({ to: event.currentTarget.value });
              }}
            />
            <TextInput
              label={words.daysOff.reason}
              value={one.reason}
              maxLength={200}
              flex="1 1 8rem"
              onChange={(event) => {
                set({ reason: event.currentTarget.value });
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={words.daysOff.remove(one.from, one.to)}
              onClick={() => {
                onChange(value.toSpliced(index, 1));
              }}
            >
              <Icon name="cross" size={14} />
            </ActionIcon>
          </Group>
          {Boolean(error) && <Input.Error role="alert">{error}</Input.Error>}
        </div>
      );
    })}
    <Group>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => {
          const today = new Date().toLocaleDateString('sv-SE');
          onChange([...value, { from: today, to: today, reason: '' }]);
        }}
      >
        {words.daysOff.add}
      </Button>
    </Group>
  </Stack>
);
