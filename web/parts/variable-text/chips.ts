/**
 * Keeps chips and text in step with the grammar: what reads like a known variable becomes a chip once
 * the caret has left it, and a chip that no longer reads like one becomes text. A letter right after
 * a chip would make it another word, so a blank comes between.
 */
import { type Editor, Extension } from '@tiptap/core';
import type { Node as PMNode } from '@tiptap/pm/model';
import {
  type EditorState,
  NodeSelection,
  Plugin,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import { type Piece, pastedSlice, piecesOf, placeOf, printed } from './document.ts';
import { read, respelled, type Segment, type SpellingOf } from './grammar.ts';

interface Change {
  from: number;
  to: number;
  /** Of the chip or the text. */
  source: string;
  becomes: 'chip' | 'text';
}

interface Variable {
  start: number;
  end: number;
  segment: Extract<Segment, { kind: 'variable' }>;
}

const variablesIn = (line: string, spellingOf: SpellingOf): Variable[] => {
  let start = 0;
  return read(line, spellingOf).flatMap((segment) => {
    const from = start;
    start += segment.source.length;
    return segment.kind === 'variable' ? [{ start: from, end: start, segment }] : [];
  });
};

const changesIn = (
  paragraph: PMNode,
  inside: number,
  caret: number | null,
  spellingOf: SpellingOf,
): Change[] => {
  const pieces = piecesOf(paragraph, inside);
  const variables = variablesIn(pieces.map(({ source }) => source).join(''), spellingOf);
  const isChip = ({ node }: Piece): boolean => node.type.name === 'chip';
  const broken = pieces.filter(
    (piece) =>
      isChip(piece) &&
      !variables.some(({ start, end }) => start <= piece.start && end >= piece.end),
  );
  // First those: what they leave is read again.
  const joined = pieces.filter((piece, index) => {
    const isAlone = variables.some(({ start, end }) => start === piece.start && end === piece.end);
    return isChip(piece) && !isAlone && /^[A-Za-z0-9]/.test(pieces[index + 1]?.source ?? '');
  });
  if (joined.length > 0)
    return joined.map(({ pos }) => ({ from: pos + 1, to: pos + 1, source: ' ', becomes: 'text' }));
  if (broken.length > 0)
    return broken.map(({ pos, source }) => ({ from: pos, to: pos + 1, source, becomes: 'text' }));
  return variables.flatMap(({ start, end, segment }): Change[] => {
    if (pieces.some((piece) => isChip(piece) && piece.start === start && piece.end === end))
      return [];
    const from = placeOf(pieces, start, inside);
    const to = placeOf(pieces, end, inside);
    if (from === null || to === null) return [];
    const isWithin = caret !== null && caret > from && caret <= to;
    return isWithin ? [] : [{ from, to, source: respelled(segment), becomes: 'chip' }];
  });
};

const settled = (state: EditorState, spellingOf: SpellingOf, hasFocus: boolean) => {
  const { doc, selection, schema, tr } = state;
  const caret = hasFocus && selection.empty ? selection.head : null;
  const changes: Change[] = [];
  doc.forEach((paragraph, offset) => {
    changes.push(...changesIn(paragraph, offset + 1, caret, spellingOf));
  });
  if (changes.length === 0) return null;
  for (const { from, to, source, becomes } of changes.toReversed())
    tr.replaceWith(from, to, becomes === 'text' ? schema.text(source) : schema.node('chip', { source })); // prettier-ignore
  return tr;
};

/** The text of a chip, to be typed on. */
const opened = (state: EditorState): Transaction | null => {
  const { selection, schema, tr } = state;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'chip') return null;
  const source = String(selection.node.attrs['source']);
  tr.replaceWith(selection.from, selection.to, schema.text(source));
  return tr.setSelection(TextSelection.create(tr.doc, selection.from + source.length));
};

const blurred = 'variable-text-blurred';

export const createChips = (spellingOf: SpellingOf, multiline: boolean) => {
  const newLine = ({ editor }: { editor: Editor }): boolean => {
    const text = opened(editor.state);
    if (text) editor.view.dispatch(text);
    else if (multiline) editor.commands.splitBlock();
    return true;
  };
  const plugin = new Plugin({
    appendTransaction: (transactions, before, state) => {
      const isLeft = transactions.some((one) => one.getMeta(blurred) === true);
      const isDue = isLeft || transactions.some(({ docChanged }) => docChanged);
      const hasMoved = !before.selection.eq(state.selection);
      return isDue || hasMoved ? settled(state, spellingOf, !isLeft) : null;
    },
    props: {
      handleDOMEvents: {
        blur(view) {
          view.dispatch(view.state.tr.setMeta(blurred, true));
          return false;
        },
      },
      handlePaste(view, event) {
        const text = event.clipboardData?.getData('text/plain') ?? '';
        const { schema } = view.state;
        const slice = pastedSlice(text, { schema, spellingOf, multiline });
        view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
        return true;
      },
      clipboardTextSerializer: ({ content }) => printed(content),
    },
  });
  return Extension.create({
    name: 'chips',
    addKeyboardShortcuts: () => ({
      Enter: newLine,
      'Shift-Enter': newLine,
      'Mod-Enter': newLine,
    }),
    addProseMirrorPlugins: () => [plugin],
  });
};
