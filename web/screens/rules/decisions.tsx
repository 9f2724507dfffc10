/** What the rule decided for whom, newest first, and how far that has come. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { choicesQuery, nameOf } from '../../parts/choices.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagedList } from '../../parts/paged-list.tsx';
import { Time } from '../../parts/time.tsx';
import type { Rule } from './queries.ts';
import { words } from './words.ts';

type Decision = Schemas['RuleDecision'];

const colors = {
  owed: 'blue',
  waiting: 'yellow',
  started: 'blue',
  done: 'teal',
  failed: 'red',
  unknown: 'red',
  skipped: 'gray',
} as const;

export const Decisions = ({ rule: { id, connectionId } }: { rule: Rule }) => {
  const stages = useQuery(choicesQuery(connectionId, 'stages')).data;
  return (
    <PagedList
      label={words.decisions.list}
      queryKey={['rules effects', id]}
      load={(query) =>
        got(
          api.GET('/api/v1/rules/{id}/decisions', {
            params: { path: { id }, query: { ...query, limit: 20 } },
          }),
        )
      }
      empty={
        <EmptyState icon="pulse" title={words.decisions.none} text={words.decisions.noneText} />
      }
      row={(decision) => <Row decision={decision} stage={nameOf(decision.stageId, stages)} />}
    />
  );
};

const Row = ({ decision, stage }: { decision: Decision; stage: string }) => {
  const { candidateName, effectState, reason, enteredAt } = decision;
  return (
    <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          {candidateName}
        </Text>
        {reason !== null && <Text size="sm">{reason}</Text>}
        <Text size="xs" c="dimmed">
          {words.decisions.entered(stage)} · <Time at={enteredAt} />
        </Text>
      </Stack>
      <Badge variant="light" color={effectState === null ? 'gray' : colors[effectState]}>
        {effectState === null ? words.decisions.left : words.decisions.states[effectState]}
      </Badge>
    </Group>
  );
};
