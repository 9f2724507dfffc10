/** How the events of an interview lie: order, days, breaks, lunch and what is kept free around. */
import { Group, Input, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { Settled } from './layers.ts';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { rules, minutes } = words;

export const Rules = () => (
  <Section title={rules.title}>
    <RuleSettings />
  </Section>
);

/** The same without a frame. */
export const RuleSettings = () => (
  <>
    <Setting
      name="order"
      label={rules.order}
      hint={rules.orderHint}
      show={(order) => rules.orders[order]}
    >
      {({ value, onChange, error }) => (
        <Input.Wrapper
          label={rules.order}
          labelElement="div"
          description={rules.orderHint}
          error={error}
        >
          <div>
            <SegmentedControl
              aria-label={rules.order}
              data={Object.entries(rules.orders).map(([key, label]) => ({ value: key, label }))}
              value={value}
              onChange={(order) => {
                onChange(order === 'any' ? 'any' : 'fixed');
              }}
            />
          </div>
        </Input.Wrapper>
      )}
    </Setting>
    <Setting name="maxDays" label={rules.days} hint={rules.daysHint} show={rules.dayCount}>
      {({ onChange, ...field }) => (
        <WholeInput
          label={rules.days}
          description={rules.daysHint}
          min={1}
          max={5}
          {...field}
          onChange={(days) => {
            onChange(days ?? 1);
          }}
        />
      )}
    </Setting>
    <Setting name="gapMinutes" label={rules.gap} show={minutes}>
      {({ onChange, ...field }) => (
        <WholeInput
          label={rules.gap}
          description={rules.inMinutes}
          max={600}
          step={5}
          {...field}
          onChange={(count) => {
            onChange(count ?? 0);
          }}
        />
      )}
    </Setting>
    <Setting
      name="maxGapMinutes"
      label={rules.maxGap}
      show={(count) => (count === null ? rules.any : minutes(count))}
    >
      {(field) => (
        <WholeInput
          label={rules.maxGap}
          description={`${rules.inMinutes}. ${rules.maxGapHint}`}
          placeholder={rules.any}
          max={1_440}
          step={5}
          {...field}
        />
      )}
    </Setting>
    <Setting name="lunch" label={rules.lunch} show={lunchText}>
      {({ value, onChange, error }) => <Lunch value={value} onChange={onChange} error={error} />}
    </Setting>
    <Setting name="bufferMinutes" label={rules.buffer} hint={rules.bufferHint} show={minutes}>
      {({ onChange, ...field }) => (
        <WholeInput
          label={rules.buffer}
          description={rules.bufferHint}
          max={240}
          step={5}
          {...field}
          onChange={(count) => {
            onChange(count ?? 0);
          }}
        />
      )}
    </Setting>
  </>
);

type LunchTime = Settled['lunch'];

const usual = { from: '11:30', to: '14:00', minutes: 45 };

const lunchText = (lunch: LunchTime): string =>
  lunch === null ? rules.noLunch : rules.lunchText(lunch.from, lunch.to, lunch.minutes);

const Lunch = ({
  value,
  onChange,
  error,
}: {
  value: LunchTime;
  onChange: (value: LunchTime) => void;
  error: React.ReactNode;
}) => (
  <Input.Wrapper label={rules.lunch} labelElement="div" description={rules.lunchHint} error={error}>
    <Switch
      mt={6}
      label={rules.lunchSwitch}
      checked={value !== null}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.checked ? usual : null);
      }}
    />
    {value !== null && (
      <Group mt="xs" align="end">
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="time"
            label={end === 'from' ? rules.lunchFrom : rules.lunchTo}
            value={value[end]}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') onChange({ ...value, [end]: currentTarget.value });
            }}
          />
        ))}
        <WholeInput
          label={rules.lunchMinutes}
          value={value.minutes}
          max={240}
          step={5}
          onChange={(count) => {
            onChange({ ...value, minutes: count ?? 0 });
          }}
        />
      </Group>
    )}
  </Input.Wrapper>
);
