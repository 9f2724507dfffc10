/** What else is said for this interview alone: a note, the itinerary's rows, and what platforms open. */
import { Button, Card, Collapse, Select, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { accountsQuery, type Account, choicesQuery } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import { VariableText } from '../../parts/variable-text/variable-text.tsx';
import { type Draft, type Plan, settledOf } from './plan.ts';
import { words } from './words.ts';

export const Settings = (props: { draft: Draft; plan: Plan; onPlan: (plan: Plan) => void }) => {
  const { draft, plan, onPlan } = props;
  const [isOpen, { toggle }] = useDisclosure(false);
  const { texts } = settledOf(draft.settings, plan);
  return (
    <Card withBorder radius="lg" padding="sm">
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        aria-expanded={isOpen}
        leftSection={<Icon name={isOpen ? 'down' : 'right'} size={14} />}
        onClick={toggle}
      >
        {words.settings.title}
      </Button>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <SimpleGrid cols={{ base: 1, md: 2 }} p="xs">
            <Platforms {...props} />
            <Stack gap="sm">
              <VariableText
                label={words.settings.itinerary}
                description={words.settings.itineraryHint}
                audience="itinerary"
                value={texts.itinerary ?? ''}
                onChange={(itinerary) => {
                  onPlan({
                    ...plan,
                    layer: { ...plan.layer, texts: { ...plan.layer.texts, itinerary } },
                  });
                }}
              />
              <Textarea
                label={words.settings.note}
                description={words.settings.noteHint}
                autosize
                minRows={2}
                maxLength={5_000}
                value={plan.note}
                onChange={({ currentTarget }) => {
                  onPlan({ ...plan, note: currentTarget.value });
                }}
              />
            </Stack>
          </SimpleGrid>
        )}
      </Collapse>
    </Card>
  );
};

const Platforms = (props: { draft: Draft; plan: Plan; onPlan: (plan: Plan) => void }) => {
  const mayName = useMay()('rules.see');
  const accounts = useQuery({ ...accountsQuery, enabled: mayName }).data ?? [];
  const platforms = accounts.filter(({ role }) => role === 'coding');
  if (platforms.length === 0) return null;
  return (
    <Stack gap="sm">
      {platforms.map((account) => (
        <Platform key={account.id} account={account} {...props} />
      ))}
    </Stack>
  );
};

/** A list of hundreds is searched, not scrolled. */
const shown = 100;
const plain = 'plain';

const Platform = ({
  account: { id, name, capabilities },
  draft,
  plan,
  onPlan,
}: {
  account: Account;
  draft: Draft;
  plan: Plan;
  onPlan: (plan: Plan) => void;
}) => {
  const templates = useQuery(choicesQuery(id, 'templates')).data ?? [];
  const tests = useQuery(choicesQuery(id, 'tests')).data ?? [];
  const { coding } = settledOf(draft.settings, plan);
  const chosen = coding.find(({ connectionId }) => connectionId === id);
  const options = (kind: 'template' | 'test', among: typeof tests) =>
    among.map((one) => ({ value: `${kind} ${one.id}`, label: one.name }));
  const take = (value: string): void => {
    const [kind, ...rest] = value.split(' ');
    const choice =
      kind === 'template' || kind === 'test'
        ? ({ connectionId: id, kind, id: rest.join(' ') } as const)
        : ({ connectionId: id, kind: null, id: null } as const);
    const others = coding
      .filter(({ connectionId }) => connectionId !== id)
      .map(({ connectionId, kind: other, id: its }) => ({ connectionId, kind: other, id: its }));
    onPlan({ ...plan, layer: { ...plan.layer, coding: [...others, choice] } });
  };
  return (
    <Select
      label={words.settings.platform(name)}
      description={words.settings.platformHint}
      searchable
      allowDeselect={false}
      limit={shown}
      nothingFoundMessage={words.settings.nothing}
      data={[
        { value: plain, label: words.settings.plain },
        { group: words.settings.templates, items: capabilities.includes('live_links') ? options('template', templates) : [] },
        { group: words.settings.tests, items: capabilities.includes('assessments') ? options('test', tests) : [] },
      ]}
      value={chosen?.kind ? `${chosen.kind} ${chosen.id ?? ''}` : plain}
      onChange={(value) => {
        if (value !== null) take(value);
      }}
    />
  );
}; // prettier-ignore
