/** What is used at the coding platforms: what a room begins with, or the test that is sent. */
import { List, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { type Connection, connectionsQuery, useChoices } from './choices.ts';
import type { CodingChoice } from './layers.ts';
import { Section } from './section.tsx';
import { errorAt, useScope } from './scope.ts';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { coding } = words;

export const Coding = () => {
  const may = useMay();
  const connections = useQuery({ ...connectionsQuery, enabled: may('rules.see') });
  const platforms = (connections.data ?? []).filter(({ role }) => role === 'coding');
  return (
    <Section title={coding.title} hint={coding.hint}>
      {platforms.length === 0 ? (
        <Text size="sm" mt="xs">
          {coding.none}
        </Text>
      ) : (
        <Setting
          name="coding"
          label={coding.label}
          show={(choices) => <Told choices={choices} platforms={platforms} />}
        >
          {({ value, onChange }) => (
            <Stack gap="sm">
              {platforms.map((platform) => (
                <AtPlatform
                  key={platform.id}
                  platform={platform}
                  value={value}
                  onChange={onChange}
                />
              ))}
            </Stack>
          )}
        </Setting>
      )}
    </Section>
  );
};

const useOffers = ({ id, capabilities }: Connection) => {
  const templates = useChoices(capabilities.includes('live_links') ? id : null, 'templates');
  const tests = useChoices(capabilities.includes('assessments') ? id : null, 'tests');
  return { template: templates, test: tests };
};

const AtPlatform = ({
  platform,
  value,
  onChange,
}: {
  platform: Connection;
  value: readonly CodingChoice[];
  onChange: (choices: CodingChoice[]) => void;
}) => {
  const scope = useScope();
  const offers = useOffers(platform);
  const index = value.findIndex(({ connectionId }) => connectionId === platform.id);
  const chosen = value[index];
  const key = chosen?.kind && chosen.id !== null ? `${chosen.kind}:${chosen.id}` : null;
  const groups = (['template', 'test'] as const)
    .map((kind) => ({
      group: coding[kind],
      items: offers[kind].map(({ id, name }) => ({ value: `${kind}:${id}`, label: name })),
    }))
    .filter(({ items }) => items.length > 0);
  const isListed = groups.some(({ items }) => items.some((one) => one.value === key));
  const data =
    key === null || isListed
      ? groups
      : [...groups, { group: coding.gone, items: [{ value: key, label: chosen?.id ?? key }] }];
  return (
    <Select
      label={coding.at(platform.name)}
      placeholder={coding.nothing}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.none }}
      nothingFoundMessage={coding.noChoices}
      data={data}
      value={key}
      error={index < 0 ? undefined : errorAt(scope, `layer.coding.${String(index)}`)}
      onChange={(next) => {
        const others = value.filter(({ connectionId }) => connectionId !== platform.id);
        const [kind, ...id] = next?.split(':') ?? [];
        onChange(
          kind === 'template' || kind === 'test'
            ? [...others, { connectionId: platform.id, kind, id: id.join(':') }]
            : others,
        );
      }}
    />
  );
};

const Told = ({
  choices,
  platforms,
}: {
  choices: readonly CodingChoice[];
  platforms: readonly Connection[];
}) => {
  const made = choices.flatMap((choice) => {
    const platform = platforms.find(({ id }) => id === choice.connectionId);
    return platform && choice.id !== null ? [{ platform, choice }] : [];
  });
  if (made.length === 0) return coding.nothing;
  return (
    <List size="sm">
      {made.map(({ platform, choice }) => (
        <List.Item key={platform.id}>
          {coding.at(platform.name)}: <ChoiceName platform={platform} choice={choice} />
        </List.Item>
      ))}
    </List>
  );
};

const ChoiceName = ({ platform, choice }: { platform: Connection; choice: CodingChoice }) => {
  const offers = useOffers(platform);
  const list = choice.kind === null ? [] : offers[choice.kind];
  return <>{list.find(({ id }) => id === choice.id)?.name ?? choice.id}</>;
};
