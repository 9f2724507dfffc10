/** Both changed the same: what differs, and the two ways on. */
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import type { Problem } from '../../hub/problem.ts';
import { Icon } from '../icon.tsx';
import { Time } from '../time.tsx';
import { words } from './words.ts';

export interface Difference {
  label: string;
  /** Null: it is not read in a line. */
  texts: { theirs: unknown; mine: unknown } | null;
}

export const Choose = ({
  changed,
  differences,
  onTake,
  onSave,
}: {
  /** By whom and when; undefined: the hub has not been asked to save yet. */
  changed: Problem['changed'];
  differences: readonly Difference[];
  onTake: () => void;
  onSave: () => void;
}) => (
  <Alert
    color="yellow"
    role="alert"
    icon={<Icon name="alert" />}
    title={words.title(changed?.by ?? words.somebody)}
  >
    <Stack gap="xs">
      {changed && (
        <Text size="sm">
          <Time at={changed.at} />
        </Text>
      )}
      <Text size="sm">{words.both}</Text>
      <List size="sm">
        {differences.map(({ label, texts }) => (
          <List.Item key={label}>
            {label}
            {texts && <Line whose={words.theirs} value={texts.theirs} />}
            {texts && <Line whose={words.yours} value={texts.mine} />}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{words.text}</Text>
      <Group gap="sm">
        <Button size="xs" variant="default" onClick={onTake}>
          {words.takeTheirs}
        </Button>
        <Button size="xs" variant="default" onClick={onSave}>
          {words.saveMine}
        </Button>
      </Group>
    </Stack>
  </Alert>
);

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const Line = ({ whose, value }: { whose: string; value: unknown }) => {
  const text = textOf(value);
  return (
    <Text size="sm" lineClamp={4}>
      <Text span size="sm" c="dimmed">
        {whose}
      </Text>{' '}
      {text === '' ? words.empty : text}
    </Text>
  );
};
