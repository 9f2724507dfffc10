/** What is used at the coding platforms: what a room begins with, or the test that is sent. */
import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Account, choiceQuery, listOf, usePlatforms } from '../choices.ts';
import type { CodingChoice } from './layers.ts';
import { PlatformChoice } from './platform-choice.tsx';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { coding } = words;

export const Coding = () => (
  <Section title={coding.title} hint={coding.hint}>
    {usePlatforms()?.length === 0 ? (
      <Text size="sm" mt="xs">
        {coding.none}
      </Text>
    ) : (
      <CodingChoices />
    )}
  </Section>
);

/** The same without a frame; nothing where no platform is known. */
export const CodingChoices = () => {
  const platforms = usePlatforms() ?? [];
  if (platforms.length === 0) return null;
  return (
    <Setting
      name="coding"
      label={coding.label}
      show={(choices) => <Told choices={choices} platforms={platforms} />}
    >
      {({ value, onChange }) => (
        <Stack gap="sm">
          {platforms.map((platform) => (
            <PlatformChoice
              key={platform.id}
              platform={platform}
              value={value}
              onChange={onChange}
            />
          ))}
        </Stack>
      )}
    </Setting>
  );
};

const Told = ({
  choices,
  platforms,
}: {
  choices: readonly CodingChoice[];
  platforms: readonly Account[];
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
          {platform.name}: <ChoiceName platform={platform} choice={choice} />
        </List.Item>
      ))}
    </List>
  );
};

const ChoiceName = ({ platform, choice }: { platform: Account; choice: CodingChoice }) => {
  const found = useQuery(choiceQuery(platform.id, listOf(choice.kind), choice.id ?? '')).data;
  return <>{found === undefined ? coding.reading : (found?.name ?? choice.name ?? choice.id)}</>;
};
