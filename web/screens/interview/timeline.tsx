/** What happened to an interview and is happening now, the newest first: changes and their effects. */
import { Badge, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { EffectDecisions } from '../../parts/effect-decisions/effect-decisions.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Age, Time } from '../../parts/time.tsx';
import { aboutChange } from './change-text.ts';
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
  // What stopped stands at the head of the page, as long as the interview does.
  const isOver = interview.state === 'cancelled' || interview.state === 'completed';
  const needsSomebody =
    state === 'waiting' || (isOver && (state === 'failed' || state === 'unknown'));
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
          <Text size="xs" c="dimmed">
            <Age at={updatedAt} />
          </Text>
        </Group>
        {error !== null && state !== 'done' && <Text size="sm">{error.text}</Text>}
        {nextTryAt !== null && state === 'owed' && (
          <Text size="xs" c="dimmed">
            {words.timeline.again} <Time at={nextTryAt} />
          </Text>
        )}
        {needsSomebody && decisions.length > 0 && may('candidates.act') && (
          <EffectDecisions effect={effect} what={what} vendor={vendorOf(interview, effect)} />
        )}
      </Stack>
    </li>
  );
};

/** What a coordinator took on knowingly, and why. */
const overriddenText = ({ detail }: Change): string | null => {
  const { overridden, reason } = detail as {
    overridden?: Array<{ code: string }>;
    reason?: string;
  };
  if (overridden === undefined) return null;
  return words.timeline.overridden([...new Set(overridden.map(({ code }) => code))], reason ?? '');
};

const ChangeEntry = ({ change }: { change: Change }) => (
  <li className={classes.entry}>
    <ThemeIcon size={26} radius="xl" variant="light" color="gray">
      <Icon name="person" size={14} />
    </ThemeIcon>
    <Stack gap={2} flex={1} miw={0}>
      <Group gap="xs" wrap="wrap">
        <Text size="sm">
          <strong>{change.actor}</strong> {words.actOf(change.act)}
        </Text>
        {aboutChange(change) !== '' && <Text size="sm">{aboutChange(change)}</Text>}
        <Text size="xs" c="dimmed">
          <Age at={change.at} />
        </Text>
      </Group>
      {overriddenText(change) !== null && <Text size="sm">{overriddenText(change)}</Text>}
    </Stack>
  </li>
);
