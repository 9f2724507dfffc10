/** The plan: template, the candidate's days and zone, the events, and how they may lie. */
import { Card, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { memo, useMemo } from 'react';
import { api, got } from '../../hub/client.ts';
import { EventList } from '../../parts/layer/event-list.tsx';
import { SearchedSelect } from '../../parts/searched-select.tsx';
import { useStable } from '../../parts/use-stable.ts';
import { ZoneField } from '../../parts/zone-field.tsx';
import { type ChangePlan, type Draft, type Plan, settledOf } from './plan.ts';
import { RulesInBrief } from './rules-in-brief.tsx';
import { WhenInBrief } from './when-in-brief.tsx';
import { words } from './words.ts';

interface Props {
  draft: Draft;
  plan: Plan;
  onPlan: ChangePlan;
  onTemplate: (id: string) => void;
}

export const PlanFields = memo(({ draft, plan, onPlan, onTemplate }: Props) => {
  const change = useStable((part: Partial<Plan>) => {
    onPlan((now) => ({ ...now, ...part }));
  });
  const rules = useMemo(() => settledOf(draft.settings, plan.layer), [draft, plan.layer]);
  return (
    <Card component="section" withBorder radius="lg" aria-labelledby="plan-title">
      <Stack gap="md">
        <Title order={2} size="h4" id="plan-title">
          {words.plan.title}
        </Title>
        <Template chosen={draft.template} onTemplate={onTemplate} />
        <Stack gap="xs">
          <Title order={3} size="h6">
            {words.plan.events}
          </Title>
          <EventList
            key={plan.templateId}
            path="events"
            value={plan.events}
            onChange={(events) => {
              change({ events });
            }}
          />
        </Stack>
        <Days from={plan.from} to={plan.to} onChange={change} />
        <Zone zone={plan.zone} onChange={change} />
        <WhenInBrief when={plan.when} from={plan.from} to={plan.to} onChange={change} />
        <RulesInBrief rules={rules} />
      </Stack>
    </Card>
  );
});

type Change = (part: Partial<Plan>) => void;

const Days = memo(({ from, to, onChange }: { from: string; to: string; onChange: Change }) => (
  <SimpleGrid cols={{ base: 1, xs: 2 }}>
    <TextInput
      type="date"
      label={words.plan.from}
      value={from}
      onChange={({ currentTarget }) => {
        onChange({ from: currentTarget.value });
      }}
    />
    <TextInput
      type="date"
      label={words.plan.to}
      value={to}
      error={to < from ? words.plan.backwards : undefined}
      onChange={({ currentTarget }) => {
        onChange({ to: currentTarget.value });
      }}
    />
  </SimpleGrid>
));

const Zone = memo(({ zone, onChange }: { zone: string; onChange: Change }) => (
  <ZoneField
    label={words.plan.zone}
    description={words.plan.zoneHint}
    value={zone}
    onChange={(other) => {
      if (other !== null) onChange({ zone: other });
    }}
  />
));

interface TemplateProps {
  chosen: Draft['template'];
  onTemplate: (id: string) => void;
}

const Template = memo(({ chosen, onTemplate }: TemplateProps) => (
  <SearchedSelect
    label={words.plan.template}
    description={chosen === null ? words.plan.noTemplate : undefined}
    placeholder={words.plan.choose}
    allowDeselect={false}
    nothingFoundMessage={words.plan.noTemplates}
    chosen={chosen}
    queryKey={['templates', 'fitting']}
    load={(query) => got(api.GET('/api/v1/templates', { params: { query } }))}
    onChange={(id) => {
      if (id !== null) onTemplate(id);
    }}
  />
));
