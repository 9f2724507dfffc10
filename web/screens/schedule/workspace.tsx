/** Plan, options and day side by side: whatever changes in one shows in the others at once. */
import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { ByHand } from './by-hand.tsx';
import { DayGrid } from './day-grid.tsx';
import { Options } from './options.tsx';
import {
  arrange,
  type Draft,
  gapOf,
  keyOf,
  type Plan,
  searchOf,
  spanOf,
  type Times,
  timesOf,
} from './plan.ts';
import { PlanFields } from './plan-fields.tsx';
import { optionsQuery } from './queries.ts';
import { Review } from './review.tsx';
import classes from './schedule.module.css';
import { Sent } from './sent.tsx';
import { spanText } from './span.tsx';
import { useSettled } from './use-settled.ts';
import { words } from './words.ts';

interface SentAway {
  interview: Schemas['InterviewWithEffects'];
  undoSeconds: number;
}

interface Looked {
  times: Times;
  given: Schemas['LoopSolution']['override'];
}

export const Workspace = ({
  draft,
  plan,
  onPlan,
  onTemplate,
}: {
  draft: Draft;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onTemplate: (id: string) => void;
}) => {
  const { step } = useSearch({ from: '/shell/schedule' });
  const navigate = useNavigate({ from: '/schedule' });
  const go = (to: 'review' | undefined): void => {
    void navigate({
      search: ({ step: _step, ...rest }: Record<string, string>) =>
        to === undefined ? rest : { ...rest, step: to },
    });
  };
  const gap = gapOf(plan);
  const [search, isSettled] = useSettled(gap === null ? searchOf(draft, plan) : null);
  const options = useQuery(optionsQuery(search));
  const shown = useDeferredValue(options.data);
  const [chosen, setChosen] = useState<string | null>(null);
  const [own, setOwn] = useState<Times | null>(null);
  /** What is under review stays as it was looked at, whatever the options become meanwhile. */
  const [looked, setLooked] = useState<Looked | null>(null);
  const [sent, setSent] = useState<SentAway | null>(null);
  const isStale = !isSettled || options.isFetching || shown !== options.data;

  const found = gap === null ? (shown?.schedules ?? []) : [];
  const picked = found.find((one) => keyOf(one) === chosen) ?? found[0] ?? null;
  const times = own ?? (picked === null ? null : timesOf(picked.events));
  const events = times === null ? null : arrange(plan, times);
  const given = own === null ? (shown?.override ?? []) : [];
  if (step !== 'review' && looked !== null) setLooked(null);
  if (step === 'review' && looked === null && times !== null) setLooked({ times, given });

  if (sent !== null)
    return (
      <Sent
        {...sent}
        zone={plan.zone}
        onUndone={() => {
          setSent(null);
        }}
      />
    );
  const reviewed = looked === null ? null : arrange(plan, looked.times);
  if (step === 'review' && looked !== null && reviewed !== null)
    return (
      <Review
        draft={draft}
        plan={plan}
        onPlan={onPlan}
        events={reviewed}
        given={looked.given}
        onTimes={(other) => {
          setOwn(other);
          setLooked({ times: other, given: [] });
        }}
        onBack={() => {
          go(undefined);
        }}
        onSent={(interview, undoSeconds) => {
          setSent({ interview, undoSeconds });
        }}
      />
    );
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <PlanFields draft={draft} plan={plan} onPlan={onPlan} onTemplate={onTemplate} />
        <Stack gap="lg">
          <Options
            gap={gap}
            search={search}
            options={options}
            solution={shown}
            isStale={isStale}
            plan={plan}
            onPlan={onPlan}
            picked={own !== null || picked === null ? null : keyOf(picked)}
            onPick={(key) => {
              setOwn(null);
              setChosen(key);
            }}
          />
          {gap === null && (
            <ByHand draft={draft} plan={plan} times={times} own={own} onOwn={setOwn} />
          )}
        </Stack>
      </SimpleGrid>
      {gap === null && events !== null && times !== null && (
        <DayGrid
          plan={plan}
          events={events}
          starts={found.map((one) => spanOf(one.events).start)}
          onStart={(start) => {
            setOwn(movedTo(times, spanOf(events).start, start));
          }}
        />
      )}
      <Card withBorder radius="lg" className={classes.bar ?? ''}>
        <Group justify="space-between" gap="sm">
          <Text size="sm">
            {events === null
              ? words.bar.nothing
              : words.bar.chosen(spanText(...spanEnds(events), plan.zone))}
          </Text>
          {events !== null && (
            <Button
              loading={isStale && own === null}
              onClick={() => {
                go('review');
              }}
            >
              {words.bar.review}
            </Button>
          )}
        </Group>
      </Card>
    </Stack>
  );
};

/** All of it, so that what began at one instant begins at another. */
const movedTo = (times: Times, from: string, to: string): Times => {
  const by = Date.parse(to) - Date.parse(from);
  return times.map(({ start, chosen }) => ({
    chosen,
    start: new Date(Date.parse(start) + by).toISOString(),
  }));
};

const spanEnds = (events: Parameters<typeof spanOf>[0]): [string, string] => {
  const { start, end } = spanOf(events);
  return [start, end];
};
