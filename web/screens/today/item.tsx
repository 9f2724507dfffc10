/** One row of Today: what it is, about whom, since when, and what can be done. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useMay } from '../../app/session.ts';
import { Age, Time } from '../../parts/time.tsx';
import { Acts } from './acts.tsx';
import { labelOf, reasonOf, type Row, subjectOf, titleOf } from './row.ts';
import { words } from './words.ts';

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
          <Text fw={600} miw={0}>
            {titleOf(row)}
          </Text>
          <Badge size="sm" variant="light" color={colors[kind]}>
            {labelOf(row)}
          </Badge>
        </Group>
        {subject.length > 0 && (
          <Text size="sm" c="dimmed">
            {subject.map((one, index) => (
              <Fragment key={index}>
                {index > 0 && ' · '}
                <bdi>{one}</bdi>
              </Fragment>
            ))}
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
