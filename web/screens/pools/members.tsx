/** Who is in a pool now. */
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { problemOf } from '../../hub/problem.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import classes from '../../parts/paged-list.module.css';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { membersQuery } from './queries.ts';
import { words } from './words.ts';

export const Members = ({ expression }: { expression: string }) => {
  const members = useQuery({ ...membersQuery(expression), placeholderData: keepPreviousData });
  // What is wrong with the expression stands at its field.
  const isBroken = members.isError && problemOf(members.error).field !== 'expression';
  return (
    <Part title={words.members.title}>
      {expression === '' && (
        <Text size="sm" c="dimmed">
          {words.members.type}
        </Text>
      )}
      {isBroken && <ProblemNote error={members.error} retry={() => void members.refetch()} />}
      {members.data && expression !== '' && <Found {...members.data} />}
    </Part>
  );
};

const Found = ({
  count,
  members,
  unusedTags,
}: {
  count: number;
  members: Array<{ id: string; name: string; tags: string[] }>;
  unusedTags: string[];
}) => (
  <Stack gap="sm">
    {unusedTags.length > 0 && (
      <Alert color="yellow" icon={<Icon name="alert" />}>
        {words.members.unused(unusedTags.join(', '))}
      </Alert>
    )}
    {count === 0 ? (
      <EmptyState icon="people" title={words.members.none} text={words.members.noneText} />
    ) : (
      <>
        <Text size="sm" fw={600} aria-live="polite">
          {words.members.count(count)}
          {count > members.length && `. ${words.members.first(members.length)}`}
        </Text>
        <ul className={classes.list} aria-label={words.members.list}>
          {members.map(({ id, name, tags }) => (
            <li key={id} className={classes.row}>
              <Anchor component={Link} to={`/people/${id}`} size="sm" fw={600}>
                {name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {tags.join(', ')}
              </Text>
            </li>
          ))}
        </ul>
      </>
    )}
  </Stack>
);
