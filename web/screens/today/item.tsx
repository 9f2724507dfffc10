/** One row of Today: what it is, about whom, since when, and what can be done. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useMay } from '../../app/session.ts';
import type { Schemas } from '../../hub/client.ts';
import { Age, Time } from '../../parts/time.tsx';
import { Acts } from './acts.tsx';
import { words } from './words.ts';

export type Row = Schemas['TodayRow'];

const colors: Record<Row['kind'], string> = {
  connection_paused: 'red',
  flagged: 'red',
  candidate_declined: 'red',
  interviewer_declined: 'red',
  conflict: 'red',
  effect_unknown: 'yellow',
  effect_failed: 'red',
  effect_waiting: 'yellow',
  hold: 'blue',
  interview: 'teal',
  effect_under_way: 'gray',
  test_out: 'gray',
};

const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names);

/** What the row is about, beside the candidate. */
const subjectOf = ({ kind, candidate, effect, interview, text }: Row): string => {
  const made = effect === null ? null : words.effects[effect.kind];
  const what = kind === 'test_out' ? text : made;
  const parts = [candidate?.job, what, interview?.name];
  return parts.filter((one) => typeof one === 'string' && one !== '').join(' · ');
};

const reasonOf = ({ kind, people, text }: Row): string | null => {
  switch (kind) {
    case 'interviewer_declined':
      return words.declined(listed(people));
    case 'conflict':
      return words.cannotCome(listed(people));
    case 'candidate_declined':
      return words.candidateDeclined;
    case 'flagged':
      return words.flagged;
    case 'test_out':
      return null;
    default:
      return text;
  }
};

export const titleOf = ({ candidate, connection }: Row): string =>
  candidate === null ? (connection?.name ?? '') : candidate.name || words.nobody;

export const TodayItem = ({ row }: { row: Row }) => {
  const may = useMay();
  const { kind, at, candidate, connection, interview } = row;
  const subject = subjectOf(row);
  const reason = reasonOf(row);
  const startsAt = interview?.startsAt ?? null;
  const isHelpless = kind === 'connection_paused' && !may('connections.manage');
  return (
    <Group justify="space-between" align="start" wrap="wrap" gap="sm">
      <Stack gap={3} flex="1 1 12rem" miw={0}>
        <Group gap="xs" wrap="wrap">
          <Text fw={600}>{titleOf(row)}</Text>
          <Badge size="sm" variant="light" color={colors[kind]}>
            {words.kinds[kind]}
          </Badge>
        </Group>
        {subject !== '' && (
          <Text size="sm" c="dimmed">
            {subject}
          </Text>
        )}
        {reason !== null && <Text size="sm">{reason}</Text>}
        {isHelpless && <Text size="sm">{words.notYours}</Text>}
        <Text size="xs" c="dimmed">
          <Age at={at} />
          {startsAt !== null && (
            <>
              {' · '}
              <Time at={startsAt} />
            </>
          )}
          {candidate !== null && connection !== null && ` · ${connection.name}`}
        </Text>
      </Stack>
      <Acts row={row} />
    </Group>
  );
};
