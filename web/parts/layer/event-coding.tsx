/** What an event's own rooms begin with, where that is not what the interview uses. */
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { type Account, choiceQuery, fittingQuery, usePlatforms } from '../choices.ts';
import { type CodingChoice, type EventTemplate, settled } from './layers.ts';
import { PlatformChoice } from './platform-choice.tsx';
import { useScope } from './scope.ts';
import { words } from './words.ts';

const { coding } = words;

type Rooms = NonNullable<EventTemplate['coding']>;

const none: Rooms = [];

export const EventCoding = memo(
  ({
    path,
    value = none,
    onChange,
  }: {
    path: string;
    value: EventTemplate['coding'];
    onChange: (part: Pick<EventTemplate, 'coding'>) => void;
  }) => {
    const platforms = (usePlatforms() ?? []).filter(({ capabilities }) =>
      capabilities.includes('live_links'),
    );
    if (platforms.length === 0) return null;
    return (
      <Stack gap="xs">
        {platforms.map((platform) => (
          <RoomChoice
            key={platform.id}
            platform={platform}
            path={path}
            value={value}
            onChange={(rooms) => {
              onChange({ coding: rooms });
            }}
          />
        ))}
        <Text size="xs" c="dimmed">
          {coding.ofEvent}
        </Text>
      </Stack>
    );
  },
);

const RoomChoice = ({
  platform,
  path,
  value,
  onChange,
}: {
  platform: Account;
  path: string;
  value: Rooms;
  onChange: (rooms: Rooms) => void;
}) => {
  const usual = useUsual(platform.id);
  const isChosen = value.some(({ connectionId }) => connectionId === platform.id);
  const offers = useQuery(fittingQuery(platform.id, 'templates', '')).data;
  // Where the vendor has no templates, every room is a plain one.
  if (!isChosen && offers?.items.length === 0) return null;
  return (
    <PlatformChoice
      platform={platform}
      value={value}
      path={path}
      beneath={coding.beneath(usual)}
      onChange={(choices) => {
        onChange(roomsOf(choices));
      }}
    />
  );
};

/** The name of the template that the interview uses at a platform; null: none. */
const useUsual = (connectionId: string): string | null => {
  const { below, layer } = useScope();
  const { coding: all } = settled([...below.map((one) => one.layer), layer]);
  const choice = all.find((one) => one.connectionId === connectionId);
  const id = choice?.kind === 'template' ? choice.id : null;
  const found = useQuery(choiceQuery(id === null ? null : connectionId, 'templates', id ?? ''));
  return id === null ? null : (found.data?.name ?? choice?.name ?? id);
};

/** By their ids alone. */
export const roomsOf = (choices: readonly CodingChoice[] = []): Rooms =>
  choices.map(({ connectionId, id }) => ({
    connectionId,
    kind: id === null ? null : 'template',
    id,
  }));
