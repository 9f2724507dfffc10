/** A page that is read by a link alone, where there is nothing to show: its link has ended, or the hub is away. */
import { Text } from '@mantine/core';
import { problemOf } from '../hub/problem.ts';
import { Leaf } from './leaf.tsx';
import { ProblemNote } from './problem-note.tsx';

export const NoLeaf = ({
  error,
  retry,
  title,
  gone,
}: {
  error: Error;
  retry: () => void;
  title: string;
  /** What is said where the link leads nowhere. */
  gone: { title: string; text: string };
}) => {
  const isGone = problemOf(error).status === 404;
  return (
    <Leaf title={isGone ? gone.title : title} company="">
      {isGone ? <Text>{gone.text}</Text> : <ProblemNote error={error} retry={retry} />}
    </Leaf>
  );
};
