/** What is to be set up before the hub does anything by itself; gone once all of it is done. */
import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { words } from './words.ts';

const steps = ['ats', 'coding', 'mail'] as const;

export const FirstSteps = () => {
  const connections = useQuery({
    queryKey: ['connections', 'roles'],
    queryFn: () => got(api.GET('/api/v1/connections', { params: { query: { limit: 100 } } })),
  });
  if (!connections.data) return null;
  const have = new Set<string>(connections.data.items.map(({ role }) => role));
  if (steps.every((step) => have.has(step))) return null;
  return (
    <Card withBorder radius="lg" padding="lg">
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4">
            {words.start.title}
          </Title>
          <Text size="sm" c="dimmed">
            {words.start.text}
          </Text>
        </div>
        <Stack component="ol" gap="md" m={0} p={0}>
          {steps.map((step, index) => (
            <Step key={step} step={step} number={index + 1} isDone={have.has(step)} />
          ))}
        </Stack>
      </Stack>
    </Card>
  );
};

const Step = ({
  step,
  number,
  isDone,
}: {
  step: (typeof steps)[number];
  number: number;
  isDone: boolean;
}) => {
  const { title, text, act } = words.start.steps[step];
  return (
    <Group component="li" justify="space-between" wrap="wrap" gap="sm">
      <Group gap="md" wrap="nowrap" flex="1 1 16rem">
        <ThemeIcon radius="xl" size={32} variant={isDone ? 'filled' : 'light'}>
          {isDone ? <Icon name="check" /> : number}
        </ThemeIcon>
        <div>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </Group>
      {isDone ? (
        <Text size="sm" c="dimmed">
          {words.start.done}
        </Text>
      ) : (
        <Button component={Link} to="/settings/company" hash={step} variant="light" size="sm">
          {act}
        </Button>
      )}
    </Group>
  );
};
