/** The editor's document: a paragraph for each line, in it text as it stands and chips. */
import { type JSONContent, Node } from '@tiptap/core';
import { Document } from '@tiptap/extension-document';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { Fragment, type Node as PMNode, type Schema, Slice } from '@tiptap/pm/model';
import { read, respelled, type Segment, type SpellingOf, withoutInvisible } from './grammar.ts';
import classes from './variable-text.module.css';

/** A variable: one thing for the caret, `source` for whoever prints it. */
const createChip = (meaningOf: (source: string) => string) =>
  Node.create({
    name: 'chip',
    group: 'inline',
    inline: true,
    atom: true,
    addAttributes: () => ({ source: { default: '', rendered: false } }),
    renderHTML({ node }) {
      const source = String(node.attrs['source']);
      return ['span', { class: classes.chip, title: meaningOf(source) }, source];
    },
    renderText: ({ node }) => String(node.attrs['source']),
  });

export const nodesOf = (multiline: boolean, meaningOf: (source: string) => string) => [
  Document.extend({ content: multiline ? 'paragraph+' : 'paragraph' }),
  Paragraph,
  Text,
  createChip(meaningOf),
];

const sourceOf = (node: PMNode): string =>
  node.type.name === 'chip' ? String(node.attrs['source']) : (node.text ?? '');

/** One line of the document, with where each piece of it stands in the text and in the document. */
export interface Piece {
  node: PMNode;
  source: string;
  /** Characters from the beginning of the line. */
  start: number;
  end: number;
  /** In the document. */
  pos: number;
}

export const piecesOf = (paragraph: PMNode, inside: number): Piece[] => {
  const pieces: Piece[] = [];
  let start = 0;
  paragraph.forEach((node, offset) => {
    const source = sourceOf(node);
    pieces.push({ node, source, start, end: start + source.length, pos: inside + offset });
    start += source.length;
  });
  return pieces;
};

const printedLine = (paragraph: PMNode): string =>
  piecesOf(paragraph, 0)
    .map(({ source }) => source)
    .join('');

/** The text, to the character. */
export const printed = (doc: PMNode | Fragment): string => {
  const lines: string[] = [];
  doc.forEach((paragraph) => {
    lines.push(printedLine(paragraph));
  });
  return lines.join('\n');
};

/** Where a range of the text stands in the document; null where it begins or ends within a chip. */
export const rangeIn = (doc: PMNode, at: number, length: number): [number, number] | null => {
  let before = 0;
  let found: [number, number] | null = null;
  doc.forEach((paragraph, offset) => {
    const pieces = piecesOf(paragraph, offset + 1);
    const from = placeOf(pieces, at - before, offset + 1);
    const to = placeOf(pieces, at + length - before, offset + 1);
    if (found === null && from !== null && to !== null) found = [from, to];
    before += printedLine(paragraph).length + 1;
  });
  return found;
};

/** The place in the document of a character of a line. */
export const placeOf = (pieces: readonly Piece[], at: number, inside: number): number | null => {
  if (at === 0) return inside;
  const piece = pieces.find(({ start, end }) => at > start && at <= end);
  if (!piece) return null;
  if (at === piece.end) return piece.pos + piece.node.nodeSize;
  return piece.node.isText ? piece.pos + at - piece.start : null;
};

const contentOf = (segments: readonly Segment[]): JSONContent[] =>
  segments.map((segment) =>
    segment.kind === 'variable'
      ? { type: 'chip', attrs: { source: segment.source } }
      : { type: 'text', text: segment.source },
  );

/** Exactly this text. */
export const documentOf = (text: string, spellingOf: SpellingOf): JSONContent => ({
  type: 'doc',
  content: text
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: contentOf(read(line, spellingOf)) })),
});

/** What comes from elsewhere: names get their own spelling, and nothing invisible comes along. */
export const pastedSlice = (
  text: string,
  { schema, spellingOf, multiline }: { schema: Schema; spellingOf: SpellingOf; multiline: boolean },
): Slice => {
  const clean = withoutInvisible(text);
  const lines = multiline ? clean.split('\n') : [clean.trim().replaceAll(/\s*\n\s*/g, ' ')];
  const paragraphs = lines.map((line) => {
    const segments = read(line, spellingOf).map((one) =>
      one.kind === 'variable' ? { ...one, source: respelled(one) } : one,
    );
    return schema.nodeFromJSON({ type: 'paragraph', content: contentOf(segments) });
  });
  return new Slice(Fragment.from(paragraphs), 1, 1);
};
