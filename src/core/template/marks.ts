/**
 * Where in a rendered text the variables' values stand, for whoever looks at it before it is sent.
 * Values carry their marks through the rendering as private characters, which are taken out again.
 */
import { isEmpty, type Piece, type Value, type Variable } from './value.ts';
import type { Registry } from './variables.ts';

/** Characters `from` up to `to` stand for the variable. */
export interface Mark {
  from: number;
  to: number;
  /** With its dollar sign. */
  variable: string;
}

const open = '\ue000';
const named = '\ue001';
const close = '\ue002';
/** With the names that stand between them. */
const marks = /\ue000[^\ue000-\ue002]*\ue001|[\ue000-\ue002]/g;

/** An itinerary is a value of values: the outermost counts, and the names within go with their marks. */
const withoutMarks = (piece: Piece): Piece =>
  typeof piece === 'string'
    ? piece.replaceAll(/\ue000\$[\w.]+\ue001/g, '').replaceAll(marks, '')
    : piece;

const marked = ({ name }: Variable, value: Value): Value => {
  if (isEmpty(value)) return value;
  const lines = value.map((line) => line.map(withoutMarks));
  return lines.map((line, index) => [
    ...(index === 0 ? [`${open}$${name}${named}`] : []),
    ...line,
    ...(index === lines.length - 1 ? [close] : []),
  ]);
};

/** The same variables; what they stand for is marked. Such texts are looked at, never sent. */
export const marking = (registry: Registry): Registry => {
  const withMarks = (one: Variable): Variable => ({
    ...one,
    read: (facts, context) => marked(one, one.read(facts, context)),
  });
  return {
    all: registry.all.map(withMarks),
    find(name) {
      const found = registry.find(name);
      return found && withMarks(found);
    },
  };
};

/** The text as it would be sent, and its marks. */
export const unmark = (text: string): { text: string; marks: Mark[] } => {
  const found: Mark[] = [];
  let plain = '';
  let done = 0;
  for (const match of text.matchAll(/\ue000([^\ue000-\ue002]*)\ue001([^\ue000-\ue002]*)\ue002/g)) {
    const [whole, variable = '', value = ''] = match;
    plain += text.slice(done, match.index);
    if (value !== '') found.push({ from: plain.length, to: plain.length + value.length, variable });
    plain += value;
    done = match.index + whole.length;
  }
  return { text: plain + text.slice(done), marks: found };
};
