/**
 * What others save while a form is open: shown at once while nothing was typed, taken in where it
 * touches nothing that was, and else the person at the form chooses.
 */
import { Alert, Button } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { UseMutationResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemOf } from '../../hub/problem.ts';
import { Icon } from '../icon.tsx';
import { tell } from '../tell.ts';
import { Choose } from './choose.tsx';
import { type Held, isChangedMeanwhile } from './held.ts';
import { same, weigh } from './weigh.ts';
import { words } from './words.ts';

export const Meanwhile = <
  Values extends Record<string, unknown>,
  Stored extends { version: number },
  Answer,
>({
  form,
  save,
  held,
}: {
  form: UseFormReturnType<Values>;
  save: UseMutationResult<Answer, Error, Values>;
  held: Held<Stored, Values>;
}) => {
  const { stored, refetch, split = (values) => values, join = (parts) => parts as Values } = held;
  // What was given up for theirs, so that it can be brought back.
  const [dropped, setDropped] = useState<{ mine: Values; version: number } | null>(null);
  const theirs = held.valuesOf(stored);
  const began = form.getInitialValues();
  const parts = { theirs: split(theirs), mine: split(form.getValues()) };
  const { merged, taken, both } = weigh(split(began), parts.theirs, parts.mine);
  const isNewer = stored.version > held.base().version;
  const isDirty = form.isDirty();
  const isBusy = save.isPending;
  const isOpen = isNewer && isDirty && !isBusy && both.length > 0;
  const isRefused = isChangedMeanwhile(save.error);
  const fill = (values: Values): void => {
    form.resetDirty(theirs);
    form.setValues(values);
    form.clearErrors();
    held.hold(stored);
  };
  const labelOf = (part: string): string => held.labels[part] ?? part;
  const isBehind = isNewer || (!isDirty && !same(theirs, began));
  useEffect(() => {
    if (isBusy || isOpen || !isBehind) return;
    const wanted = isDirty ? join(merged) : theirs;
    const isSaved = same(wanted, theirs);
    fill(wanted);
    // As where the answer to the same wish had been lost.
    if (isRefused && isSaved) tell.done(words.already);
    else if (isDirty && (isRefused || taken.length > 0)) tell.news(words.taken(taken.map(labelOf)));
    if (isRefused) save.reset();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when something else is stored, or typed
  }, [isBusy, isOpen, isBehind, isDirty, stored.version]);
  useEffect(() => {
    if (isOpen && !isRefused) tell.news(words.news);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each change
  }, [isOpen, stored.version]);
  useEffect(() => {
    if (isRefused) void refetch();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each answer
  }, [isRefused, save.submittedAt]);
  if (isOpen)
    return (
      <Choose
        changed={isRefused ? problemOf(save.error).changed : undefined}
        differences={both.map((part) => ({
          label: labelOf(part),
          texts: held.texts.includes(part)
            ? { theirs: parts.theirs[part], mine: parts.mine[part] }
            : null,
        }))}
        onTake={() => {
          setDropped({ mine: join(merged), version: stored.version });
          fill(theirs);
          save.reset();
        }}
        onSave={() => {
          fill(join(merged));
          if (!form.validate().hasErrors) save.mutate(form.getValues());
        }}
      />
    );
  if (dropped?.version !== held.base().version || isDirty) return null;
  return (
    <Alert color="blue" role="status" icon={<Icon name="check" />} title={words.took}>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          form.setValues(dropped.mine);
        }}
      >
        {words.bringBack}
      </Button>
    </Alert>
  );
};
