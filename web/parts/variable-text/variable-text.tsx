/**
 * A text with variables, as chips that are offered on `$` and checked while typing. `value` is the
 * text as it is saved; `audience` says where it stands. The editor itself is loaded on demand.
 */
import { Input } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ProblemNote } from '../problem-note.tsx';
import type { VariableTextProps } from './editor.tsx';
import { variablesQuery } from './variables.ts';
import classes from './variable-text.module.css';

const VariableEditor = lazy(async () => ({
  default: (await import('./editor.tsx')).VariableEditor,
}));

export const VariableText = (props: VariableTextProps) => {
  const variables = useQuery(variablesQuery);
  if (variables.isError && !variables.data)
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
  <Input.Wrapper label={label} labelElement="div" description={description} aria-busy>
    <div className={classes.editor} data-multiline={multiline || undefined}>
      <div className={classes.text}>{value}</div>
    </div>
  </Input.Wrapper>
);
