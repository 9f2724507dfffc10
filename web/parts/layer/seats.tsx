/** Who sits in an event: named people, the first of several who is free, or people of a pool. */
import { Button, Group, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { Icon } from '../icon.tsx';
import { optionsOf, useChoices, usePeople, usePools } from './choices.ts';
import type { Seat } from './layers.ts';
import classes from './layer.module.css';
import { PeoplePicker } from './people-picker.tsx';
import { errorAt, useScope } from './scope.ts';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { seats } = words;

const newSeat: Seat = {
  from: { kind: 'people', personIds: [] },
  required: true,
  feedbackFormId: null,
};

export const Seats = ({
  event,
  path,
  value,
  onChange,
}: {
  /** Its name, for who cannot see where a seat stands. */
  event: string;
  path: string;
  value: readonly Seat[];
  onChange: (seats: Seat[]) => void;
}) => (
  <Stack gap="xs">
    <Text size="sm" fw={500}>
      {seats.title}
    </Text>
    {value.length === 0 && (
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
);

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
  const pools = usePools();
  const forms = useChoices(scope.atsId, 'feedback-forms');
  const { from } = value;
  const error = errorAt(scope, path);
  return (
    <div className={classes.seat} role="group" aria-label={title}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={seats.kind}
          allowDeselect={false}
          data={Object.entries(seats.kinds).map(([kind, name]) => ({ value: kind, label: name }))}
          value={from.kind}
          onChange={(kind) => {
            if (kind === from.kind) return;
            onChange({
              ...value,
              from:
                kind === 'pool'
                  ? { kind: 'pool', poolId: pools[0]?.id ?? '', count: 1 }
                  : { kind: 'people', personIds: [] },
            });
          }}
        />
        {from.kind === 'people' ? (
          <PeoplePicker
            label={seats.people}
            value={from.personIds}
            error={error}
            onChange={(personIds) => {
              onChange({ ...value, from: { ...from, personIds } });
            }}
          />
        ) : (
          <Group grow align="start" wrap="nowrap" gap="sm">
            <Select
              label={seats.pool}
              allowDeselect={false}
              searchable
              placeholder={pools.length === 0 ? seats.noPools : seats.choose}
              data={pools.map(({ id, name }) => ({ value: id, label: name }))}
              value={from.poolId === '' ? null : from.poolId}
              error={error}
              onChange={(poolId) => {
                if (poolId !== null) onChange({ ...value, from: { ...from, poolId } });
              }}
            />
            <WholeInput
              label={seats.count}
              min={1}
              max={20}
              value={from.count}
              onChange={(count) => {
                onChange({ ...value, from: { ...from, count: count ?? 1 } });
              }}
            />
          </Group>
        )}
      </SimpleGrid>
      <Group mt="sm" justify="space-between" align="end">
        <Switch
          label={seats.required}
          description={seats.requiredHint}
          checked={value.required}
          onChange={({ currentTarget }) => {
            onChange({ ...value, required: currentTarget.checked });
          }}
        />
        {forms.length > 0 && (
          <Select
            label={words.events.form}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': words.none }}
            placeholder={words.events.formOfEvent}
            data={optionsOf(forms, value.feedbackFormId)}
            value={value.feedbackFormId}
            onChange={(feedbackFormId) => {
              onChange({ ...value, feedbackFormId });
            }}
          />
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={label}
          leftSection={<Icon name="cross" size={14} />}
          onClick={onRemove}
        >
          {words.remove}
        </Button>
      </Group>
    </div>
  );
};

/** A seat for reading. */
export const SeatText = ({ seat }: { seat: Seat }) => {
  const pools = usePools();
  const people = usePeople(seat.from.kind === 'people' ? seat.from.personIds : []);
  const { from } = seat;
  const names = people.map(({ name }) => name).join(', ');
  const who =
    from.kind === 'pool'
      ? seats.ofPool(from.count, pools.find(({ id }) => id === from.poolId)?.name ?? from.poolId)
      : from.personIds.length > 1
        ? seats.oneOf(names)
        : names;
  return <>{seat.required ? who : `${who} (${seats.optional})`}</>;
};
