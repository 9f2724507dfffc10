/** What is to be set up before candidates get anything by themselves; gone once all of it is done. */
import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { words } from './words.ts';

const steps = ['ats', 'coding', 'mail', 'rule', 'people', 'template'] as const;
type Step = (typeof steps)[number];

const places: Record<Step, { to: string; hash?: string }> = {
  ats: { to: '/settings/company', hash: 'ats' },
  coding: { to: '/settings/company', hash: 'coding' },
  mail: { to: '/settings/company', hash: 'mail' },
  rule: { to: '/rules/new' },
  people: { to: '/people' },
  template: { to: '/templates' },
};

/** Which steps are done, as the hub has it. */
const look = async (): Promise<ReadonlySet<Step>> => {
  const one = { params: { query: { limit: 1 } } };
  const [connections, rules, people, templates] = await Promise.all([
    got(api.GET('/api/v1/connections', { params: { query: { limit: 100 } } })),
    got(api.GET('/api/v1/rules', one)),
    got(api.GET('/api/v1/people', one)),
    got(api.GET('/api/v1/templates', one)),
  ]);
  const roles = new Set(connections.items.map(({ role }) => role));
  const isDone: Record<Step, boolean> = {
    ats: roles.has('ats'),
    coding: roles.has('coding'),
    mail: roles.has('mail'),
    rule: rules.items.length > 0,
    people: people.items.length > 0,
    template: templates.items.length > 0,
  };
  return new Set(steps.filter((step) => isDone[step]));
};

export const FirstSteps = () => {
  const { data: done } = useQuery({
    queryKey: ['connections rules people templates', 'first-steps'],
    queryFn: look,
  });
  if (!done || done.size === steps.length) return null;
  return (
    <Card withBorder radius="lg" padding="lg">
      <Stack gap="lg">
        <div>
          <Group justify="space-between" gap="sm">
            <Title order={2} size="h4">
              {words.start.title}
            </Title>
            <Text size="sm" c="dimmed">
              {words.start.count(done.size, steps.length)}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {words.start.text}
          </Text>
        </div>
        <Stack component="ol" gap="md" m={0} p={0}>
          {steps.map((step, index) => (
            <OneStep key={step} step={step} number={index + 1} isDone={done.has(step)} />
          ))}
        </Stack>
      </Stack>
    </Card>
  );
};

const OneStep = ({ step, number, isDone }: { step: Step; number: number; isDone: boolean }) => {
  const { title, text, act } = words.start.steps[step];
  return (
    <Group component="li" justify="space-between" wrap="wrap" gap="sm">
      <Group gap="md" wrap="nowrap" flex="1 1 16rem">
        <ThemeIcon radius="xl" size={32} variant={isDone ? 'filled' : 'light'}>
          {isDone ? <Icon name="check" /> : number}
        </ThemeIcon>
        <div>
          <Text fw={600}>{title}</Text>
          {!isDone && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
      </Group>
      {isDone ? (
        <Text size="sm" c="dimmed">
          {words.start.done}
        </Text>
      ) : (
        <Button component={Link} {...places[step]} variant="light" size="sm">
          {act}
        </Button>
      )}
    </Group>
  );
};
