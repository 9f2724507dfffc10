/** The editor of texts with variables. It is loaded where a text is edited, not before. */
import { Button, Group, Input, Text } from '@mantine/core';
import { UndoRedo } from '@tiptap/extensions';
import {
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { createChips } from './chips.ts';
import { documentOf, nodesOf, printed, rangeIn } from './document.ts';
import { OfferList, optionId } from './offer-list.tsx';
import { createOffering, createOffers } from './offers.ts';
import { useAttributes, useEditor } from './use-editor.ts';
import { Marks, problemsKey, type TextProblem, useTextProblems } from './problems.ts';
import { type Audience, spellingsOf, type Variable } from './variables.ts';
import classes from './variable-text.module.css';
import { words } from './words.ts';

export interface VariableTextProps {
  label: ReactNode;
  /** The text as it is saved, variables spelled out. */
  value: string;
  onChange: (value: string) => void;
  /** Where it stands, and so who reads it. */
  audience: Audience;
  error?: ReactNode;
  description?: ReactNode;
  /** Left out: one line. */
  multiline?: boolean | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  /** How a form finds it. */
  'data-path'?: string;
}

export const VariableEditor = ({
  label,
  value,
  onChange,
  audience,
  error,
  description,
  multiline = false,
  required = false,
  disabled = false,
  variables,
  'data-path': path,
}: VariableTextProps & { variables: readonly Variable[] }) => {
  const id = useId();
  const ids = { label: `${id}-label`, description: `${id}-description`, problems: `${id}-problems`, error: `${id}-error`, list: `${id}-list` }; // prettier-ignore
  const spellingOf = useMemo(() => spellingsOf(variables), [variables]);
  const offers = useMemo(() => createOffers(variables, audience), [variables, audience]);
  const offer = useSyncExternalStore(offers.subscribe, offers.now);
  const found = useTextProblems(value, audience);

  const [editor, mount] = useEditor(
    useMemo(
      () => [
        ...nodesOf(multiline, meaningsOf(variables)),
        createChips(spellingOf, multiline),
        createOffering(offers),
        Marks,
        UndoRedo,
      ],
      [multiline, variables, spellingOf, offers],
    ),
  );

  useEffect(() => {
    const tell = (): void => {
      if (editor) onChange(printed(editor.state.doc));
    };
    editor?.on('update', tell);
    return () => {
      editor?.off('update', tell);
    };
  }, [editor, onChange]);

  useLayoutEffect(() => {
    if (!editor || editor.isDestroyed || printed(editor.state.doc) === value) return;
    const content = documentOf(value, spellingOf);
    const quiet = { emitUpdate: false };
    editor.chain().setMeta('addToHistory', false).setContent(content, quiet).run();
  }, [editor, value, spellingOf]);

  useEffect(() => {
    editor?.setEditable(!disabled, false);
  }, [editor, disabled]);

  // What may still become a variable is no mistake yet.
  const typedFrom = offer && offer.variables.length > 0 ? offer.from : null;
  const problems = useMemo(
    () =>
      found.filter(
        ({ at, variable }) =>
          !editor ||
          typedFrom === null ||
          rangeIn(editor.state.doc, at, variable.length)?.[0] !== typedFrom,
      ),
    [editor, found, typedFrom],
  );
  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    editor.view.dispatch(editor.state.tr.setMeta(problemsKey, problems));
  }, [editor, problems]);

  const isWrong = Boolean(error) || problems.length > 0;
  const described = [
    ...(description === undefined ? [] : [ids.description]),
    ...(problems.length > 0 ? [ids.problems] : []),
    ...(error ? [ids.error] : []),
  ];
  useAttributes(editor, {
    role: 'textbox',
    'aria-multiline': String(multiline),
    'aria-labelledby': ids.label,
    'aria-describedby': described.length > 0 ? described.join(' ') : null,
    'aria-invalid': isWrong ? 'true' : null,
    'aria-required': required ? 'true' : null,
    'aria-readonly': disabled ? 'true' : null,
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': typedFrom === null ? null : ids.list,
    'aria-activedescendant': offer && typedFrom !== null ? optionId(ids.list, offer.active) : null,
    'data-path': path ?? null,
  });

  const use = ({ at, variable, suggestion }: TextProblem): void => {
    const range = editor && rangeIn(editor.state.doc, at, variable.length);
    if (!range || suggestion === null) return;
    const [from, to] = range;
    editor
      .chain()
      .focus()
      .insertContentAt({ from, to }, { type: 'chip', attrs: { source: suggestion } })
      .run();
  };

  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id: ids.label, onClick: () => editor?.commands.focus() }}
      description={description}
      descriptionProps={{ id: ids.description }}
      error={error}
      errorProps={{ id: ids.error }}
      withAsterisk={required}
    >
      <div className={classes.frame}>
        <div
          ref={mount}
          className={classes.editor}
          data-multiline={multiline || undefined}
          data-wrong={isWrong || undefined}
          data-disabled={disabled || undefined}
        />
        {offer && editor && (
          <OfferList id={ids.list} editor={editor} offer={offer} offers={offers} />
        )}
      </div>
      <div id={ids.problems} aria-live="polite">
        {problems.map((problem) => (
          <Problem key={`${String(problem.at)} ${problem.variable}`} problem={problem} use={use} />
        ))}
      </div>
    </Input.Wrapper>
  );
};

/** What a chip says when it is pointed at. */
const meaningsOf =
  (variables: readonly Variable[]) =>
  (source: string): string => {
    const name = source.split('|')[0]?.toLowerCase();
    const found = variables.find((one) =>
      [one.name, ...one.aliases].some((spelling) => spelling.toLowerCase() === name),
    );
    return found ? `${found.describes}, ${words.example(found.sample)}` : '';
  };

const Problem = ({
  problem,
  use,
}: {
  problem: TextProblem;
  use: (problem: TextProblem) => void;
}) => (
  <Group gap="xs" mt={4} align="center">
    <Text size="sm" c="var(--mantine-color-error)">
      {problem.message}
    </Text>
    {problem.suggestion !== null && (
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          use(problem);
        }}
      >
        {words.use(problem.suggestion)}
      </Button>
    )}
  </Group>
);
