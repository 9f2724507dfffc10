/** Who is told of the interview now. */
import { Checkbox, Group, Text } from '@mantine/core';
import type { Plan } from './plan.ts';
import { words } from './words.ts';

export const audiences = ['candidate', 'interviewers'] as const;

export const Notify = ({
  value,
  onChange,
}: {
  value: Plan['notify'];
  onChange: (notify: Plan['notify']) => void;
}) => (
  <Checkbox.Group
    label={words.notify.label}
    description={words.notify.hint}
    value={[...value]}
    onChange={(chosen) => {
      onChange(audiences.filter((one) => chosen.includes(one)));
    }}
  >
    <Group gap="lg" pt="xs">
      {audiences.map((audience) => (
        <Checkbox key={audience} value={audience} label={words.notify.audiences[audience]} />
      ))}
    </Group>
  </Checkbox.Group>
);

/** Where somebody is left out, it is seen without opening anything. */
export const LeftOut = ({ notify }: Pick<Plan, 'notify'>) =>
  notify.length === audiences.length ? null : (
    <Text size="sm" px="xs">
      {words.notify.leftOut(audiences.filter((one) => !notify.includes(one)))}
    </Text>
  );
