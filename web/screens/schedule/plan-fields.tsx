/** The plan: template, the candidate's days and zone, the events, and how they may lie. */
import { Button, Card, Group, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../parts/icon.tsx';
import { EventCard } from './event-card.tsx';
import { type Draft, emptyEvent, type Plan, type PlannedEvent, settledOf } from './plan.ts';
import { templatesQuery } from './queries.ts';
import { RulesFields } from './rules-fields.tsx';
import { words } from './words.ts';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export const PlanFields = ({
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
  const change = (part: Partial<Plan>): void => {
    onPlan({ ...plan, ...part });
  };
  return (
    <Card component="section" withBorder radius="lg" aria-labelledby="plan-title">
      <Stack gap="md">
        <Title order={2} size="h4" id="plan-title">
          {words.plan.title}
        </Title>
        <Template draft={draft} chosen={plan.templateId} onTemplate={onTemplate} />
        <Events plan={plan} onEvents={(events) => { change({ events }); }} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            type="date"
            label={words.plan.from}
            value={plan.from}
            onChange={({ currentTarget }) => {
              change({ from: currentTarget.value });
            }}
          />
          <TextInput
            type="date"
            label={words.plan.to}
            value={plan.to}
            error={plan.to < plan.from ? words.plan.backwards : undefined}
            onChange={({ currentTarget }) => {
              change({ to: currentTarget.value });
            }}
          />
        </SimpleGrid>
        <Select
          label={words.plan.zone}
          description={words.plan.zoneHint}
          searchable
          allowDeselect={false}
          data={zones.includes(plan.zone) ? zones : [plan.zone, ...zones]}
          limit={60}
          value={plan.zone}
          onChange={(zone) => {
            if (zone !== null) change({ zone });
          }}
        />
        <RulesFields
          rules={settledOf(draft.settings, plan)}
          onRules={(rules) => {
            change({ layer: { ...plan.layer, ...rules } });
          }}
        />
      </Stack>
    </Card>
  );
}; // prettier-ignore

const Template = ({
  draft,
  chosen,
  onTemplate,
}: {
  draft: Draft;
  chosen: string | null;
  onTemplate: (id: string) => void;
}) => {
  const templates = useQuery(templatesQuery).data ?? [];
  const { template } = draft;
  const isListed = template === null || templates.some(({ id }) => id === template.id);
  const all = isListed ? templates : [template, ...templates];
  return (
    <Select
      label={words.plan.template}
      description={template === null ? words.plan.noTemplate : undefined}
      placeholder={words.plan.choose}
      searchable
      allowDeselect={false}
      nothingFoundMessage={words.plan.noTemplates}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onChange={(id) => {
        if (id !== null) onTemplate(id);
      }}
    />
  );
};

const Events = ({
  plan: { events },
  onEvents,
}: {
  plan: Plan;
  onEvents: (events: PlannedEvent[]) => void;
}) => {
  const swap = (index: number, by: -1 | 1): void => {
    const [moved] = events.slice(index, index + 1);
    if (!moved) return;
    onEvents(events.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };
  return (
    <Stack gap="xs">
      <Title order={3} size="h6" id="events-title">
        {words.plan.events}
      </Title>
      <Stack component="ol" gap="xs" m={0} p={0} aria-labelledby="events-title">
        {events.map((event, index) => (
          <EventCard
            key={event.key}
            event={event}
            place={index}
            isLast={index === events.length - 1}
            onChange={(changed) => {
              onEvents(events.with(index, changed));
            }}
            onMove={(by) => {
              swap(index, by);
            }}
            onRemove={() => {
              onEvents(events.toSpliced(index, 1));
            }}
          />
        ))}
      </Stack>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            onEvents([...events, emptyEvent()]);
          }}
        >
          {words.plan.add}
        </Button>
      </Group>
    </Stack>
  );
};
