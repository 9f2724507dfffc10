/** Hours of a week: for each day none, one or several spans of wall time. */
import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../hub/client.ts';
import classes from './hours-field.module.css';
import { Icon } from './icon.tsx';
import { words } from './words.ts';

export type Hours = Schemas['Person']['hours'];
type Day = keyof Hours;
type Span = Hours[Day][number];

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Monday, 1 January 2024, and the days after it. */
export const dayName = (day: Day): string =>
  new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + days.indexOf(day)),
  );

const office: Span = { from: '09:00', to: '17:00' };

/** Fields for times know no 24:00. */
const midnight = { written: '24:00', shown: '00:00' };
const shownEnd = (to: string): string => (to === midnight.written ? midnight.shown : to);
const writtenEnd = (to: string): string => (to === midnight.shown ? midnight.written : to);

export const HoursField = ({
  label,
  description,
  path,
  value,
  errors,
  nothing,
  onChange,
}: {
  label: string;
  description?: string;
  /** The form's name of it: refusals stand at `path.mon.0`. */
  path: string;
  value: Hours;
  errors: Record<string, ReactNode>;
  /** What a day without hours is called. */
  nothing: string;
  onChange: (hours: Hours) => void;
}) => {
  const set = (day: Day, spans: Span[]): void => {
    onChange({ ...value, [day]: spans });
  };
  const likeMonday = (): void => {
    const { mon } = value;
    onChange({ ...value, tue: [...mon], wed: [...mon], thu: [...mon], fri: [...mon] });
  };
  return (
    <Stack component="fieldset" bd={0} p={0} m={0} gap="xs">
      <Input.Label component="legend" p={0}>
        {label}
      </Input.Label>
      {description !== undefined && <Input.Description>{description}</Input.Description>}
      {days.map((day) => (
        <div key={day} className={classes.day}>
          <Text size="sm" className={classes.name ?? ''}>
            {dayName(day)}
          </Text>
          <ActionIcon
            variant="subtle"
            size={34}
            aria-label={words.hours.add(dayName(day))}
            onClick={() => {
              const { from, to } = value[day].at(-1) ?? { from: '', to: '' };
              set(day, [...value[day], from === '' ? office : { from: to, to: '24:00' }]);
            }}
          >
            <Icon name="plus" size={16} />
          </ActionIcon>
          <Stack gap={6}>
            {value[day].length === 0 && (
              <Text size="sm" c="dimmed" className={classes.name ?? ''}>
                {nothing}
              </Text>
            )}
            {value[day].map((span, index) => (
              <SpanFields
                key={index}
                day={day}
                span={span}
                path={`${path}.${day}.${String(index)}`}
                error={errors[`${path}.${day}.${String(index)}`]}
                onChange={(changed) => {
                  set(day, value[day].with(index, changed));
                }}
                onRemove={() => {
                  set(day, value[day].toSpliced(index, 1));
                }}
              />
            ))}
          </Stack>
        </div>
      ))}
      <Group>
        <Button size="compact-sm" variant="subtle" onClick={likeMonday}>
          {words.hours.likeMonday}
        </Button>
      </Group>
    </Stack>
  );
};

const SpanFields = ({
  day,
  span: { from, to },
  path,
  error,
  onChange,
  onRemove,
}: {
  day: Day;
  span: Span;
  path: string;
  error: ReactNode;
  onChange: (span: Span) => void;
  onRemove: () => void;
}) => {
  const isTurned = from !== '' && to !== '' && from >= to;
  const fault = isTurned ? words.hours.turned : error;
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <TextInput
          type="time"
          flex={1}
          miw={0}
          classNames={{ input: classes.time ?? '' }}
          value={from}
          data-path={path}
          aria-label={words.hours.from(dayName(day))}
          error={Boolean(fault)}
          onChange={(event) => {
            onChange({ from: event.currentTarget.value, to });
          }}
        />
        <span aria-hidden="true">–</span>
        <TextInput
          type="time"
          flex={1}
          miw={0}
          classNames={{ input: classes.time ?? '' }}
          value={shownEnd(to)}
          aria-label={words.hours.to(dayName(day))}
          error={Boolean(fault)}
          onChange={(event) => {
            onChange({ from, to: writtenEnd(event.currentTarget.value) });
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={words.hours.remove(dayName(day), from, to)}
          onClick={onRemove}
        >
          <Icon name="cross" size={14} />
        </ActionIcon>
      </Group>
      {fault !== undefined && fault !== null && fault !== '' && (
        <Input.Error role="alert">{fault}</Input.Error>
      )}
    </div>
  );
};
