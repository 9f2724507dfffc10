/** Pools, templates and interviews that count on a person. */
import { List, Stack, Text } from '@mantine/core';
import { Part } from '../../parts/part.tsx';
import { Time } from '../../parts/time.tsx';
import type { Ties } from './queries.ts';
import { words } from './words.ts';

/** What is more is told as a number. */
const most = 20;

export const TiesPart = ({ ties: { pools, templates, interviews } }: { ties: Ties }) => {
  const isNothing = pools.length + templates.length + interviews.length === 0;
  return (
    <Part title={words.ties.title}>
      {isNothing && <Text size="sm">{words.ties.none}</Text>}
      <Named title={words.ties.pools} of={pools} />
      <Named title={words.ties.templates} of={templates} />
      {interviews[0] && (
        <div>
          <Text size="sm" fw={600}>
            {words.ties.interviews}
          </Text>
          <Text size="sm">
            {interviews.length}, {words.ties.next} <Time at={interviews[0].start} />
          </Text>
        </div>
      )}
    </Part>
  );
};

const Named = ({ title, of }: { title: string; of: Ties['pools'] }) =>
  of.length > 0 && (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm">
        {of.slice(0, most).map(({ id, name }) => (
          <List.Item key={id}>{name}</List.Item>
        ))}
        {of.length > most && <List.Item>{words.ties.more(of.length - most)}</List.Item>}
      </List>
    </Stack>
  );
