/** What the vendor told about an account and its rights. Never more than it told. */
import { Alert, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import { timeText } from '../../parts/time.tsx';
import type { Verification as Told } from './queries.ts';
import { words } from './words.ts';

const look = {
  granted: { icon: 'check', color: 'teal' },
  missing: { icon: 'cross', color: 'red' },
  not_checked: { icon: 'question', color: 'gray' },
} as const;

/** Vendors tell instants among the rest. */
const readable = (value: string): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? timeText(value) : value;

export const Verification = ({ told }: { told: Told }) => (
  <Stack gap="sm">
    {told.warnings.map((warning) => (
      <Alert key={warning} color="yellow" icon={<Icon name="alert" />}>
        {warning}
      </Alert>
    ))}
    {told.account.length > 0 && (
      <Text size="sm">
        {told.account.map(({ label, value }) => `${label}: ${readable(value)}`).join(' · ')}
      </Text>
    )}
    {told.account.length + told.permissions.length === 0 && <Text size="sm">{words.may.fine}</Text>}
    <List listStyleType="none" spacing="xs" aria-label={words.may.title}>
      {told.permissions.map(({ name, state, neededFor, where }) => (
        <List.Item key={name}>
          <Group gap="sm" wrap="nowrap" align="start">
            <ThemeIcon size={22} radius="xl" variant="light" color={look[state].color}>
              <Icon name={look[state].icon} size={13} />
            </ThemeIcon>
            <div>
              <Text size="sm">
                <Text span fw={600} inherit>
                  {name}
                </Text>
                {' · '}
                {words.may.states[state]}
              </Text>
              <Text size="xs" c="dimmed">
                {words.may.neededFor(neededFor)}
                {state === 'missing' && where !== undefined && ` ${words.may.where(where)}`}
              </Text>
            </div>
          </Group>
        </List.Item>
      ))}
    </List>
  </Stack>
);
