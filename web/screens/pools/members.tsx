/** Who is in a pool now. */
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { problemOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { previewQuery } from './queries.ts';
import { words } from './words.ts';

export const Members = ({ expression }: { expression: string }) => {
  const preview = useQuery({ ...previewQuery(expression), placeholderData: keepPreviousData });
  // What is wrong with the expression stands at its field.
  const isBroken = preview.isError && problemOf(preview.error).field !== 'expression';
  return (
    <Part title={words.members.title}>
      {expression === '' && (
        <Text size="sm" c="dimmed">
          {words.members.type}
        </Text>
      )}
      {isBroken && <ProblemNote error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && expression !== '' && <Found {...preview.data} />}
    </Part>
  );
};

/** The list follows when the hub has read the expression: what is half typed is not asked for twice. */
const Found = ({
  count,
  unusedTags,
  expression,
}: {
  count: number;
  unusedTags: string[];
  expression: string;
}) => (
  <Stack gap="sm">
    {unusedTags.length > 0 && (
      <Alert color="yellow" icon={<Icon name="alert" />}>
        {words.members.unused(unusedTags.join(', '))}
      </Alert>
    )}
    {count > 0 && (
      <Text size="sm" fw={600} aria-live="polite">
        {words.members.count(count)}
      </Text>
    )}
    <SearchedList
      label={words.members.list}
      queryKey={['people', 'members', expression]}
      load={(page) =>
        got(api.GET('/api/v1/pools/members', { params: { query: { ...page, expression } } }))
      }
      empty={<EmptyState icon="people" title={words.members.none} text={words.members.noneText} />}
      row={({ id, name, tags }) => (
        <>
          <Anchor component={Link} to={`/people/${id}`} size="sm" fw={600}>
            {name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {tags.join(', ')}
          </Text>
        </>
      )}
    />
  </Stack>
);
