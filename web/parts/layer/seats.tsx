/** Who sits in an event: named people, the first of several who is free, or people of a pool. */
import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { optionsOf, useChoices, usePeople, usePools } from '../choices.ts';
import { Icon } from '../icon.tsx';
import type { Seat } from './layers.ts';
import classes from './layer.module.css';
import { errorAt, useScope } from './scope.ts';
import { WhoPicker } from './who-picker.tsx';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { seats } = words;

const newSeat: Seat = {
  from: { kind: 'people', personIds: [] },
  required: true,
  feedbackFormId: null,
};

interface Props {
  /** Its name, for who cannot see where a seat stands. */
  event: string;
  path: string;
  value: readonly Seat[];
  /** Who sits there already. */
  seated?: ReactNode;
  onChange: (seats: Seat[]) => void;
}

export const Seats = memo(({ event, path, value, seated, onChange }: Props) => (
  <Stack gap="xs">
    <Text size="sm" fw={500}>
      {seats.title}
    </Text>
    {seated}
    {value.length === 0 && seated === undefined && (
      <Text size="sm" c="dimmed">
        {seats.none}
      </Text>
    )}
    {value.map((seat, index) => (
      <OneSeat
        key={index}
        label={seats.remove(event, index)}
        title={seats.position(index)}
        path={`${path}.${String(index)}`}
        value={seat}
        onChange={(changed) => {
          onChange(value.with(index, changed));
        }}
        onRemove={() => {
          onChange(value.toSpliced(index, 1));
        }}
      />
    ))}
    <div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => {
          onChange([...value, newSeat]);
        }}
      >
        {seats.add}
      </Button>
    </div>
  </Stack>
));

const OneSeat = ({
  title,
  label,
  path,
  value,
  onChange,
  onRemove,
}: {
  title: string;
  /** What the button says that removes it. */
  label: string;
  path: string;
  value: Seat;
  onChange: (seat: Seat) => void;
  onRemove: () => void;
}) => {
  const scope = useScope();
  const { from } = value;
  return (
    <Stack gap="xs" className={classes.seat ?? ''} role="group" aria-label={title}>
      <Group gap="sm" align="end">
        <WhoPicker
          label={title}
          from={from}
          error={errorAt(scope, path)}
          onChange={(who) => {
            onChange({ ...value, from: who });
          }}
        />
        {from.kind === 'pool' && (
          <WholeInput
            label={seats.count}
            w="5.5rem"
            min={1}
            max={20}
            value={from.count}
            onChange={(count) => {
              onChange({ ...value, from: { ...from, count: count ?? 1 } });
            }}
          />
        )}
        <ActionIcon mb={4} variant="subtle" color="gray" aria-label={label} onClick={onRemove}>
          <Icon name="cross" size={16} />
        </ActionIcon>
      </Group>
      <SeatTerms
        value={value}
        onChange={(terms) => {
          onChange({ ...value, ...terms });
        }}
      />
    </Stack>
  );
};

type Terms = Pick<Seat, 'required' | 'feedbackFormId'>;

/** Whether somebody has to be there, and the form that they fill in. */
export const SeatTerms = ({
  value,
  onChange,
}: {
  value: Terms;
  onChange: (terms: Partial<Terms>) => void;
}) => {
  const forms = useChoices(useScope().atsId, 'feedback-forms');
  return (
    <Group justify="space-between" gap="sm">
      <Checkbox
        label={seats.optional}
        description={seats.optionalHint}
        checked={!value.required}
        onChange={({ currentTarget }) => {
          onChange({ required: !currentTarget.checked });
        }}
      />
      {forms.length > 0 && (
        <Select
          label={seats.form}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': words.none }}
          placeholder={words.events.formOfEvent}
          data={optionsOf(forms, value.feedbackFormId)}
          value={value.feedbackFormId}
          onChange={(feedbackFormId) => {
            onChange({ feedbackFormId });
          }}
        />
      )}
    </Group>
  );
};

/** Seats for reading. */
export const useSeatTexts = (of: readonly Seat[]): string[] => {
  const poolIds = of.flatMap(({ from }) => (from.kind === 'pool' ? [from.poolId] : []));
  const pools = usePools([...new Set(poolIds)]);
  const ids = of.flatMap(({ from }) => (from.kind === 'people' ? from.personIds : []));
  const people = usePeople([...new Set(ids)]);
  const nameOf = (among: ReadonlyArray<{ id: string; name: string }>, id: string): string =>
    among.find((one) => one.id === id)?.name ?? seats.unknown;
  return of.map(({ from, required }) => {
    const who =
      from.kind === 'pool'
        ? seats.ofPool(from.count, nameOf(pools, from.poolId))
        : seats.anyOf(from.personIds.map((id) => nameOf(people, id)));
    return required ? who : seats.optionally(who);
  });
};
