/** How the events may lie: their order, breaks, lunch and days. */
import {
  Collapse,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Icon } from '../../parts/icon.tsx';
import type { Layer, Settings } from './plan.ts';
import { words } from './words.ts';

const noon = { from: '12:00', to: '14:00', minutes: 45 };

type Rules = Pick<Settings, 'order' | 'gapMinutes' | 'maxDays' | 'lunch'>;

export const RulesFields = ({
  rules,
  onRules,
}: {
  rules: Rules;
  onRules: (change: Partial<Pick<Layer, keyof Rules>>) => void;
}) => {
  const [isOpen, { toggle }] = useDisclosure(false);
  const { order, gapMinutes, maxDays, lunch } = rules;
  return (
    <Stack gap="xs">
      <UnstyledButton onClick={toggle} aria-expanded={isOpen}>
        <Group gap="xs" wrap="nowrap">
          <Icon name={isOpen ? 'down' : 'right'} size={14} />
          <Input.Label component="span">{words.rules.title}</Input.Label>
        </Group>
        <Input.Description component="span">{words.rules.told(rules)}</Input.Description>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <Stack gap="sm">
            <SegmentedControl
              aria-label={words.rules.order}
              data={Object.entries(words.rules.orders).map(([value, label]) => ({ value, label }))}
              value={order}
              onChange={(value) => {
                onRules({ order: value === 'any' ? 'any' : 'fixed' });
              }}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Count label={words.rules.gap} suffix={words.event.min} value={gapMinutes} min={0} max={600} step={5} onCount={(count) => { onRules({ gapMinutes: count }); }} />
              <Count label={words.rules.days} value={maxDays} min={1} max={5} onCount={(count) => { onRules({ maxDays: count }); }} />
            </SimpleGrid>
            <Switch
              label={words.rules.lunch}
              checked={lunch !== null}
              onChange={({ currentTarget }) => {
                onRules({ lunch: currentTarget.checked ? noon : null });
              }}
            />
            {lunch !== null && (
              <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
                <Count label={words.rules.lunchMinutes} suffix={words.event.min} value={lunch.minutes} min={5} max={240} step={15} onCount={(minutes) => { onRules({ lunch: { ...lunch, minutes } }); }} />
                {(['from', 'to'] as const).map((end) => (
                  <TextInput
                    key={end}
                    type="time"
                    label={words.rules.lunchEnds[end]}
                    value={lunch[end]}
                    onChange={({ currentTarget }) => {
                      if (currentTarget.value !== '') onRules({ lunch: { ...lunch, [end]: currentTarget.value } });
                    }}
                  />
                ))}
              </SimpleGrid>
            )}
          </Stack>
        )}
      </Collapse>
    </Stack>
  );
}; // prettier-ignore

const Count = ({
  onCount,
  min,
  ...field
}: {
  label: string;
  suffix?: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onCount: (count: number) => void;
}) => (
  <NumberInput
    {...field}
    min={min}
    onChange={(value) => {
      if (typeof value === 'number' && value >= min) onCount(Math.round(value));
    }}
  />
);
