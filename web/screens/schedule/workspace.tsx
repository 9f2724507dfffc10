/** Plan, options and day side by side: whatever changes in one shows in the others at once. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Options } from './options.tsx';
import { type Draft, gapOf, keyOf, type Plan, searchOf } from './plan.ts';
import { PlanFields } from './plan-fields.tsx';
import { optionsQuery } from './queries.ts';

/** Milliseconds without a change before options are asked for. */
const pause = 250;

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
  const [settledPlan] = useDebouncedValue(plan, pause);
  const gap = gapOf(settledPlan);
  const search = gap === null ? searchOf(draft, settledPlan) : null;
  const options = useQuery(optionsQuery(search));
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = useDeferredValue(options.data);
  const picked = shown?.schedules.find((one) => keyOf(one) === chosen) ?? shown?.schedules[0];
  const isStale = options.isPlaceholderData || options.isFetching || plan !== settledPlan;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <PlanFields draft={draft} plan={plan} onPlan={onPlan} onTemplate={onTemplate} />
      <Stack gap="md">
        <Options
          gap={gap}
          search={search}
          options={options}
          isStale={isStale}
          plan={plan}
          onPlan={onPlan}
          picked={picked === undefined ? null : keyOf(picked)}
          onPick={setChosen}
        />
      </Stack>
    </SimpleGrid>
  );
};
