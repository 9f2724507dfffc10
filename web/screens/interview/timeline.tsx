/** What happened to an interview and is happening now, the newest first: changes and their effects. */
import { Badge, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { EffectDecisions } from '../../parts/effect-decisions/effect-decisions.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Age, Time } from '../../parts/time.tsx';
import { effectState, effectText, vendorOf } from './effect.ts';
import { type Change, changesQuery, type Effect, type Interview } from './queries.ts';
import classes from './interview.module.css';
import { words } from './words.ts';

const looks = {
  owed: { color: 'gray', icon: 'again' },
  waiting: { color: 'yellow', icon: 'pause' },
  started: { color: 'gray', icon: 'again' },
  done: { color: 'teal', icon: 'check' },
  failed: { color: 'red', icon: 'cross' },
  unknown: { color: 'yellow', icon: 'question' },
  skipped: { color: 'gray', icon: 'right' },
} as const;

type Entry = { at: string; effect: Effect } | { at: string; change: Change };

export const Timeline = ({ interview }: { interview: Interview }) => {
  const changes = useQuery(changesQuery(interview.id));
  if (changes.isPending) return <Loading />;
  if (!changes.data)
    return <ProblemNote error={changes.error} retry={() => void changes.refetch()} />;
  const entries: Entry[] = [
    ...interview.effects.map((effect) => ({ at: effect.updatedAt, effect })),
    ...changes.data.items.map((change) => ({ at: change.at, change })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2} size="h4">
          {words.timeline.title}
        </Title>
        <Text size="sm" c="dimmed">
          {interview.mail}
        </Text>
      </div>
      <ol className={classes.timeline} aria-label={words.timeline.title}>
        {entries.map((entry) =>
          'effect' in entry ? (
            <EffectEntry key={entry.effect.id} interview={interview} effect={entry.effect} />
          ) : (
            <ChangeEntry key={`change ${String(entry.change.revision)}`} change={entry.change} />
          ),
        )}
      </ol>
    </Stack>
  );
};

const EffectEntry = ({ interview, effect }: { interview: Interview; effect: Effect }) => {
  const may = useMay();
  const { state, error, nextTryAt, updatedAt, decisions } = effect;
  const { color, icon } = looks[state];
  const what = effectText(interview, effect);
  const needsSomebody = ['failed', 'unknown', 'waiting'].includes(state);
  return (
    <li className={classes.entry}>
      <ThemeIcon size={26} radius="xl" variant="light" color={color}>
        <Icon name={icon} size={14} />
      </ThemeIcon>
      <Stack gap={2} flex={1} miw={0}>
        <Group gap="xs" wrap="wrap">
          <Text size="sm" fw={500}>
            {what}
          </Text>
          <Badge size="sm" variant="light" color={color}>
            {effectState(effect)}
          </Badge>
        </Group>
        {error !== null && state !== 'done' && <Text size="sm">{error.text}</Text>}
        <Text size="xs" c="dimmed">
          <Age at={updatedAt} />
          {nextTryAt !== null && state === 'owed' && (
            <>
              {' · '}
              {words.timeline.again} <Time at={nextTryAt} />
            </>
          )}
        </Text>
        {needsSomebody && decisions.length > 0 && may('candidates.act') && (
          <EffectDecisions effect={effect} what={what} vendor={vendorOf(interview, effect)} />
        )}
      </Stack>
    </li>
  );
};

const ChangeEntry = ({ change: { actor, act, at } }: { change: Change }) => (
  <li className={classes.entry}>
    <ThemeIcon size={26} radius="xl" variant="light" color="gray">
      <Icon name="person" size={14} />
    </ThemeIcon>
    <Stack gap={2} flex={1} miw={0}>
      <Text size="sm">
        <strong>{actor}</strong> {words.actOf(act)}
      </Text>
      <Text size="xs" c="dimmed">
        <Age at={at} />
      </Text>
    </Stack>
  </li>
);
