/** Why there is no time at which everybody can, and what one could give up, each by one click. */
import { Button, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import type { ChangePlan, Search } from './plan.ts';
import { whyNotQuery } from './queries.ts';
import { words } from './words.ts';

export const WhyNot = ({
  search,
  isStale,
  onPlan,
}: {
  search: Search | null;
  isStale: boolean;
  onPlan: ChangePlan;
}) => {
  const why = useQuery(whyNotQuery(isStale ? null : search));
  if (why.isError) return <ProblemNote error={why.error} retry={() => void why.refetch()} />;
  if (!why.data) return <Loading />;
  const { causes, relaxations } = why.data;
  const [reasons = []] = causes;
  return (
    <Stack gap="sm">
      <div role="status">
        <Text fw={600}>{words.whyNot.title}</Text>
        {reasons.length > 0 && (
          <>
            <Text size="sm">{words.whyNot.together}</Text>
            <List size="sm">
              {reasons.map(({ text }) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
          </>
        )}
      </div>
      {relaxations.length === 0 ? (
        <Text size="sm">{words.whyNot.nothing}</Text>
      ) : (
        <Stack gap={6} align="start">
          <Text size="sm" fw={600}>
            {words.whyNot.help}
          </Text>
          {relaxations.map(({ opens, ...relaxation }) => (
            <Button
              key={relaxation.text}
              variant="light"
              size="sm"
              h="auto"
              py={6}
              justify="start"
              ta="start"
              styles={{ label: { whiteSpace: 'normal' } }}
              onClick={() => {
                onPlan((now) => ({ ...now, relax: [...now.relax, relaxation] }));
              }}
            >
              {words.whyNot.opens(relaxation.text, opens)}
            </Button>
          ))}
        </Stack>
      )}
    </Stack>
  );
};
