/** The time set by hand: each event has its start, and whatever speaks against it stands below. */
import { Alert, Button, Card, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { arrange, bookingOf, type Draft, type Plan, type Times, timesByHand } from './plan.ts';
import { previewQuery } from './queries.ts';
import { useSettled } from './use-settled.ts';
import { words } from './words.ts';
import { instantOf, wallOf } from './zoned.ts';

interface Props {
  draft: Draft;
  plan: Plan;
  /** What is chosen now; null: nothing can be. */
  times: Times | null;
  own: Times | null;
  onOwn: (own: Times | null) => void;
}

export const ByHand = memo(({ draft, plan, times, own, onOwn }: Props) => (
  <Card component="section" withBorder radius="lg" aria-labelledby="hand-title">
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h5" id="hand-title">
          {words.hand.title}
        </Title>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onOwn(own === null ? (times ?? timesByHand(plan)) : null);
          }}
        >
          {own === null ? words.hand.begin : words.hand.end}
        </Button>
      </Group>
      {own === null ? (
        <Text size="sm" c="dimmed">
          {words.hand.hint}
        </Text>
      ) : (
        <Fields draft={draft} plan={plan} own={own} onOwn={onOwn} />
      )}
    </Stack>
  </Card>
));

const Fields = ({
  draft,
  plan,
  own,
  onOwn,
}: {
  draft: Draft;
  plan: Plan;
  own: Times;
  onOwn: (own: Times) => void;
}) => {
  const events = arrange(plan, own);
  const booking = events && bookingOf(draft, plan, events, { state: 'confirmed', override: [], overrideReason: '' }); // prettier-ignore
  const [asked] = useSettled(booking);
  const problems = useQuery(previewQuery(asked)).data?.problems ?? [];
  const against = [...new Set(problems.map(({ text }) => text))];
  return (
    <>
      {plan.events.map((event, index) => (
        <TextInput
          key={index}
          type="datetime-local"
          label={words.hand.start(event.name)}
          description={words.hand.zone(plan.zone)}
          value={wallOf(Date.parse(own[index]?.start ?? ''), plan.zone)}
          onChange={({ currentTarget }) => {
            if (currentTarget.value === '') return;
            const start = new Date(instantOf(currentTarget.value, plan.zone)).toISOString();
            onOwn(own.map((one, at) => (at === index ? { ...one, start } : one)));
          }}
        />
      ))}
      <div role="status">
        {against.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.hand.nothingAgainst}
          </Text>
        ) : (
          <Alert color="yellow" icon={<Icon name="alert" />} title={words.hand.against}>
            <List size="sm">
              {against.map((text) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
            <Text size="sm" mt={4}>
              {words.hand.takeOn}
            </Text>
          </Alert>
        )}
      </div>
    </>
  );
};
