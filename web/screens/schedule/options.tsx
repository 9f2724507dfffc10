/** The ranked options with their reasons; where there is none, why not and what would help. */
import { Badge, Button, Card, Group, Loader, Pill, Radio, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { memo, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { isSignedOut } from '../../hub/problem.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import {
  type ChangePlan,
  type gapOf,
  keyOf,
  type Option,
  type Plan,
  type Search,
  spanOf,
} from './plan.ts';
import classes from './schedule.module.css';
import { Span } from './span.tsx';
import { WhyNot } from './why-not.tsx';
import { words } from './words.ts';

/** How many stand there before *Show more*. */
const first = 6;

interface Props {
  gap: ReturnType<typeof gapOf>;
  search: Search | null;
  options: UseQueryResult<Schemas['LoopSolution']>;
  /** Of the options, what is shown: it comes after what a person does. */
  solution: Schemas['LoopSolution'] | undefined;
  /** The options are those of a moment ago. */
  isStale: boolean;
  plan: Plan;
  onPlan: ChangePlan;
  picked: string | null;
  onPick: (key: string) => void;
}

export const Options = memo(
  ({ gap, search, options, solution, isStale, plan, onPlan, picked, onPick }: Props) => (
    <Card component="section" withBorder radius="lg" aria-labelledby="options-title">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="options-title">
            {words.options.title}
          </Title>
          <div role="status">
            {gap === null && isStale && (
              <Group gap="xs">
                <Loader size="xs" aria-hidden />
                <Text size="sm" c="dimmed">
                  {words.options.looking}
                </Text>
              </Group>
            )}
          </div>
        </Group>
        <GivenUp plan={plan} onPlan={onPlan} />
        {gap !== null && <Text size="sm">{words.options.gaps[gap]}</Text>}
        {gap === null && options.isError && !isSignedOut(options.error) && (
          <ProblemNote error={options.error} retry={() => void options.refetch()} />
        )}
        {gap === null && solution && (
          <div className={isStale ? classes.stale : undefined}>
            {solution.schedules.length === 0 ? (
              <WhyNot search={search} isStale={isStale} onPlan={onPlan} />
            ) : (
              <Ranked solution={solution} zone={plan.zone} picked={picked} onPick={onPick} />
            )}
            <Remarks remarks={solution.remarks} />
          </div>
        )}
      </Stack>
    </Card>
  ),
);

const GivenUp = ({ plan, onPlan }: { plan: Plan; onPlan: ChangePlan }) => {
  if (plan.relax.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {words.options.givenUp}
      </Text>
      <Group gap={6}>
        {plan.relax.map((one) => (
          <Pill
            key={one.text}
            withRemoveButton
            removeButtonProps={{ 'aria-label': words.options.takeBack(one.text), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => {
              onPlan((now) => ({ ...now, relax: now.relax.filter((other) => other !== one) }));
            }}
          >
            {one.text}
          </Pill>
        ))}
      </Group>
    </Stack>
  );
}; // prettier-ignore

const Remarks = ({ remarks }: { remarks: readonly string[] }) =>
  remarks.length === 0 ? null : (
    <Stack gap={2} mt="sm">
      {remarks.map((remark) => (
        <Text key={remark} size="xs" c="dimmed">
          {remark}
        </Text>
      ))}
    </Stack>
  );

const Ranked = ({
  solution: { schedules, people, proof },
  zone,
  picked,
  onPick,
}: {
  solution: Schemas['LoopSolution'];
  zone: string;
  picked: string | null;
  onPick: (key: string) => void;
}) => {
  const [isWhole, setWhole] = useState(false);
  const shown = schedules.slice(0, isWhole ? undefined : first);
  return (
    <Stack gap="xs">
      <Radio.Group value={picked} onChange={onPick} aria-label={words.options.title}>
        <Stack gap="xs">
          {shown.map((option, index) => (
            <Row
              key={keyOf(option)}
              option={option}
              people={people}
              zone={zone}
              isProven={index === 0 && proof === 'optimal'}
            />
          ))}
        </Stack>
      </Radio.Group>
      {shown.length < schedules.length && (
        <Group>
          <Button size="xs" variant="subtle" onClick={() => { setWhole(true); }}>
            {words.options.more(schedules.length - shown.length)}
          </Button>
        </Group>
      )}
    </Stack>
  );
}; // prettier-ignore

const Row = memo(
  ({
    option,
    people,
    zone,
    isProven,
  }: {
    option: Option;
    people: Readonly<Record<string, string>>;
    zone: string;
    isProven: boolean;
  }) => (
    <Radio.Card value={keyOf(option)} radius="md" p="sm" className={classes.option ?? ''}>
      <Group wrap="nowrap" align="start" gap="sm">
        <Radio.Indicator mt={2} />
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <Text fw={600} size="sm" component="span">
              <Span {...spanOf(option.events)} zone={zone} />
            </Text>
            {isProven && (
              <Badge size="sm">
                {words.options.best}
              </Badge>
            )}
          </Group>
          <Text size="sm" component="span">
            {option.events.map((event) => words.options.event(event.name ?? '', namesIn(event, people))).join(' · ')}
          </Text>
          {option.compromises.length === 0 ? (
            <Text size="xs" c="dimmed" component="span">
              {words.options.noCompromise}
            </Text>
          ) : (
            option.compromises.map(({ text }) => (
              <Text key={text} size="xs" component="span" className={classes.compromise ?? ''}>
                {text}
              </Text>
            ))
          )}
        </Stack>
      </Group>
    </Radio.Card>
  ),
); // prettier-ignore

const namesIn = (
  { seats = [] }: Option['events'][number],
  people: Readonly<Record<string, string>>,
): string[] => seats.flatMap(({ chosen = [] }) => chosen.map((id) => people[id] ?? id));
