/** What the hub would refuse in a text, asked while it is typed, and its marks in the editor. */
import { Extension } from '@tiptap/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type { Node as PMNode } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { useMemo } from 'react';
import { api, got } from '../../hub/client.ts';
import { rangeIn } from './document.ts';
import type { Audience } from './variables.ts';
import classes from './variable-text.module.css';

/** Milliseconds without a key before the hub is asked. */
const pause = 150;

export interface TextProblem {
  variable: string;
  /** Characters before it. */
  at: number;
  message: string;
  suggestion: string | null;
}

const none: readonly TextProblem[] = [];

/** Where a problem of this text, or of the one before the last key, stands now; null: nowhere. */
const moved = (text: string, problem: TextProblem): TextProblem | null => {
  const { at, variable } = problem;
  if (text.startsWith(variable, at)) return problem;
  const now = text.indexOf(variable);
  return now < 0 ? null : { ...problem, at: now };
};

export const useTextProblems = (text: string, audience: Audience): readonly TextProblem[] => {
  const [asked] = useDebouncedValue(text, pause);
  const isWorthwhile = asked.includes('$');
  const answer = useQuery({
    queryKey: ['connections', 'variables', 'check', audience, asked],
    queryFn: ({ signal }) =>
      got(
        api.POST('/api/v1/templates/check', { body: { text: asked, context: audience }, signal }),
      ),
    enabled: isWorthwhile,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const told = isWorthwhile ? answer.data?.problems : undefined;
  return useMemo(() => (told ?? none).flatMap((one) => moved(text, one) ?? []), [told, text]);
};

/** Hands problems over to the marks. */
export const problemsKey = new PluginKey<DecorationSet>('variable-text-problems');

const marksOf = (doc: PMNode, problems: readonly TextProblem[]): DecorationSet =>
  DecorationSet.create(
    doc,
    problems.flatMap(({ at, variable }) => {
      const range = rangeIn(doc, at, variable.length);
      return range ? [Decoration.inline(...range, { class: classes.wrong ?? '' })] : [];
    }),
  );

export const Marks = Extension.create({
  name: 'problems',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: problemsKey,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, marks) => {
          const told = tr.getMeta(problemsKey) as readonly TextProblem[] | undefined;
          return told ? marksOf(tr.doc, told) : marks.map(tr.mapping, tr.doc);
        },
      },
      props: { decorations: (state) => problemsKey.getState(state) },
    }),
  ],
});
