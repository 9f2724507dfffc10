/** Plan, options and day side by side: whatever changes in one shows in the others at once. */
import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { useStable } from '../../parts/use-stable.ts';
import { Already } from './already.tsx';
import { ByHand } from './by-hand.tsx';
import { DayGrid } from './day-grid.tsx';
import { Options } from './options.tsx';
import {
  arrange,
  type ChangePlan,
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
  onPlan: ChangePlan;
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
  /** What follows from the plan comes after what a person does to it: typing waits for no list. */
  const seen = useDeferredValue(plan);
  const gap = gapOf(seen);
  const [search, isSettled] = useSettled(gap === null ? searchOf(draft, seen) : null);
  const options = useQuery(optionsQuery(search));
  const shown = useDeferredValue(options.data);
  const [chosen, setChosen] = useState<string | null>(null);
  const [own, setOwn] = useState<Times | null>(null);
  /** What is under review stays as it was looked at, whatever the options become meanwhile. */
  const [looked, setLooked] = useState<Looked | null>(null);
  const [sent, setSent] = useState<SentAway | null>(null);
  /** What is shown answers to another plan, so nothing is taken from it. */
  const isOld = !isSettled || options.isPlaceholderData || shown !== options.data;
  const isStale = isOld || options.isFetching;

  const found = useMemo(() => (gap === null ? (shown?.schedules ?? []) : []), [gap, shown]);
  const starts = useMemo(() => found.map((one) => spanOf(one.events).start), [found]);
  const picked = useMemo(
    () => found.find((one) => keyOf(one) === chosen) ?? found[0] ?? null,
    [found, chosen],
  );
  const times = useMemo(
    () => own ?? (picked === null ? null : timesOf(picked.events)),
    [own, picked],
  );
  const events = useMemo(() => (times === null ? null : arrange(seen, times)), [seen, times]);
  const day = useDeferredValue(events);
  const given = own === null ? (shown?.override ?? []) : [];
  const pick = useStable((key: string) => {
    setOwn(null);
    setChosen(key);
  });
  const beginAt = useStable((start: string) => {
    if (times !== null && events !== null) setOwn(movedTo(times, spanOf(events).start, start));
  });
  if (step !== 'review' && looked !== null) setLooked(null);
  if (step === 'review' && looked === null && times !== null) setLooked({ times, given });

  if (sent !== null)
    return (
      <Sent
        {...sent}
        zone={plan.zone}
        notify={plan.notify}
        onUndone={() => {
          setSent(null);
        }}
      />
    );
  const reviewed = looked === null ? null : arrange(plan, looked.times);
  if (step === 'review' && looked !== null && reviewed !== null)
    return (
      <Stack gap="md">
        <Already candidateId={draft.candidate.id} />
        <Review
          draft={draft}
          plan={plan}
          onPlan={(changed) => {
            onPlan(() => changed);
          }}
          events={reviewed}
          given={looked.given}
          onTimes={(other, keeps) => {
            setOwn(other);
            setLooked({ times: other, given: keeps === 'given' ? looked.given : [] });
          }}
          onBack={() => {
            go(undefined);
          }}
          onSent={(interview, undoSeconds) => {
            setSent({ interview, undoSeconds });
          }}
        />
      </Stack>
    );
  return (
    <Stack gap="lg">
      <Already candidateId={draft.candidate.id} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <PlanFields draft={draft} plan={plan} onPlan={onPlan} onTemplate={onTemplate} />
        <Stack gap="lg">
          <Options
            gap={gap}
            search={search}
            options={options}
            solution={shown}
            isStale={isStale}
            plan={seen}
            onPlan={onPlan}
            picked={own !== null || picked === null ? null : keyOf(picked)}
            onPick={pick}
          />
          {gap === null && (
            <ByHand draft={draft} plan={seen} times={times} own={own} onOwn={setOwn} />
          )}
        </Stack>
      </SimpleGrid>
      {gap === null && day !== null && (
        <DayGrid plan={seen} events={day} starts={starts} onStart={beginAt} />
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
              loading={(isOld || seen !== plan) && own === null}
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
