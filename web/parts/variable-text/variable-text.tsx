/**
 * A text with variables, as chips that are offered on `$` and checked while typing. `value` is the
 * text as it is saved; `audience` says where it stands. The editor itself is loaded on demand.
 */
import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ProblemNote } from '../problem-note.tsx';
import type { VariableTextProps } from './editor.tsx';
import { variablesQuery } from './variables.ts';

const VariableEditor = lazy(async () => ({
  default: (await import('./editor.tsx')).VariableEditor,
}));

export const VariableText = (props: VariableTextProps) => {
  const variables = useQuery(variablesQuery);
  if (variables.isError)
    return <ProblemNote error={variables.error} retry={() => void variables.refetch()} />;
  const waiting = <Waiting {...props} />;
  if (!variables.data) return waiting;
  return (
    <Suspense fallback={waiting}>
      <VariableEditor {...props} variables={variables.data} />
    </Suspense>
  );
};

/** The same text in the same room, so that nothing jumps. */
const Waiting = ({ label, value, description, multiline = false }: VariableTextProps) => (
  <Textarea
    label={label}
    description={description}
    value={value}
    readOnly
    aria-busy
    minRows={multiline ? 4 : 1}
    autosize
    maxRows={multiline ? 16 : 1}
  />
);
