/**
 * Forms whose answers come from the hub: a refusal stands at its field, or above the button where it
 * names none, and whatever was typed stays.
 */
import { Button, Group, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { isOpen, isSignedOut, problemOf, wordsOf } from '../hub/problem.ts';
import { type Held, isChangedMeanwhile } from './meanwhile/held.ts';
import { Meanwhile } from './meanwhile/meanwhile.tsx';
import { createKeys, type Once } from './once.ts';
import { ProblemNote } from './problem-note.tsx';

export type { Once };

type Values = Record<string, unknown>;
type AnyForm<V extends Values> = UseFormReturnType<V>;
/**
 * Sends the values of a form. `fieldOf` leads from the API's name of a field to the form's, where
 * they differ; null: it stands in no field.
 */
export const useSave = <V extends Values, Answer>(
  form: AnyForm<V>,
  wish: {
    send: (values: V, once: Once) => Promise<Answer>;
    saved: (answer: Answer) => unknown;
    fieldOf?: (field: string) => string | null;
  },
): UseMutationResult<Answer, Error, V> => {
  const keys = useRef<ReturnType<typeof createKeys>>(null);
  keys.current ??= createKeys();
  const { keyFor, end } = keys.current;
  return useMutation({
    mutationFn: (values: V) =>
      wish.send(values, { 'Idempotency-Key': keyFor(JSON.stringify(values)) }),
    onSuccess: async (answer) => {
      end();
      await wish.saved(answer);
    },
    onError: (thrown) => {
      const problem = problemOf(thrown);
      if (!isOpen(problem)) end();
      const field = atField(form, problem.field, wish.fieldOf);
      if (field === null) return;
      form.setFieldError(field, wordsOf(problem));
      form.getInputNode(field)?.focus();
    },
  });
};

/** The form's field that a problem names; null: none of them. */
const atField = <V extends Values>(
  form: AnyForm<V>,
  named: string | undefined,
  fieldOf: (field: string) => string | null = (field) => field,
): string | null => {
  const field = named === undefined ? null : fieldOf(named);
  if (field === null) return null;
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Values | undefined)?.[name], form.getValues());
  return value === undefined ? null : field;
};

export const Form = <V extends Values, Answer, Stored extends { version: number }>({
  form,
  save,
  held,
  submit,
  actions,
  children,
}: {
  form: AnyForm<V>;
  save: UseMutationResult<Answer, Error, V>;
  /** What it was filled from, where others may change it meanwhile. */
  held?: Held<Stored, V>;
  /** What its button says. */
  submit: string;
  /** Beside the button. */
  actions?: ReactNode;
  children: ReactNode;
}) => {
  const isAtField = Object.keys(form.errors).length > 0;
  // A refusal is of what was sent; once something else is typed, it says nothing more.
  const isOfThis = JSON.stringify(save.variables) === JSON.stringify(form.getValues());
  const isToldBelow = held !== undefined && isChangedMeanwhile(save.error);
  const isShown =
    save.isError && !isAtField && isOfThis && !isToldBelow && !isSignedOut(save.error);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => {
          save.mutate(values);
        },
        (_errors, _values, event) => {
          const { currentTarget } = event ?? {};
          // After they are marked, the first that is wrong is where one goes on.
          requestAnimationFrame(() => {
            currentTarget?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
          });
        },
      )}
    >
      <Stack>
        {children}
        {isShown && <ProblemNote error={save.error} />}
        {held && <Meanwhile form={form} save={save} held={held} />}
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {submit}
          </Button>
          {actions}
        </Group>
      </Stack>
    </form>
  );
};
