/**
 * One candidate's interview: the plan, the options that follow from it and the day; then what everybody
 * gets; then the seconds in which all of it can be taken back.
 */
import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { type Draft, type Plan, planOf, replan } from './plan.ts';
import { PlanScope } from './plan-scope.tsx';
import { draftQuery } from './queries.ts';
import { words } from './words.ts';
import { Workspace } from './workspace.tsx';

export const Schedule = ({ connection, candidate }: { connection: string; candidate: string }) => {
  const [template, setTemplate] = useState<string | null>(null);
  const draft = useQuery(draftQuery(connection, candidate, template));
  if (draft.isPending) return <Loading />;
  if (draft.data === undefined)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={draft.error} retry={() => void draft.refetch()} />
      </Frame>
    );
  return (
    <Planned
      draft={draft.data}
      isChanging={draft.isPlaceholderData}
      problem={draft.error}
      onTemplate={setTemplate}
    />
  );
};

const back = { to: '/schedule', label: words.back };

const Planned = ({
  draft,
  isChanging,
  problem,
  onTemplate,
}: {
  draft: Draft;
  isChanging: boolean;
  problem: Error | null;
  onTemplate: (id: string) => void;
}) => {
  const [from, setFrom] = useState(draft);
  const [plan, setPlan] = useState<Plan>(() => planOf(draft, Date.now()));
  if (from !== draft && !isChanging) {
    setFrom(draft);
    setPlan(replan(draft, plan));
  }
  const { candidate, remarks } = draft;
  return (
    <Frame
      title={words.titleOf(candidate.name)}
      back={back}
      lead={
        /^https?:/.test(candidate.url) && (
          <Anchor href={candidate.url} target="_blank" rel="noreferrer">
            {words.inAts}
          </Anchor>
        )
      }
    >
      <Stack gap="md">
        {problem !== null && <ProblemNote error={problem} />}
        {remarks.length > 0 && <Remarks remarks={remarks} />}
        <PlanScope draft={from} plan={plan} onPlan={setPlan}>
          <Workspace draft={from} plan={plan} onPlan={setPlan} onTemplate={onTemplate} />
        </PlanScope>
      </Stack>
    </Frame>
  );
};

const Remarks = ({ remarks }: { remarks: readonly string[] }) => (
  <Alert color="yellow" icon={<Icon name="alert" />} title={words.remarks} role="status">
    {remarks.length === 1 ? (
      <Text size="sm">{remarks[0]}</Text>
    ) : (
      <List size="sm">
        {remarks.map((remark) => (
          <List.Item key={remark}>{remark}</List.Item>
        ))}
      </List>
    )}
  </Alert>
);
