/**
 * A text with its variables looked up: once, never again in what they stand for. Values are escaped
 * for where they go, so a candidate's name can be no markup, no header and no variable.
 */
import type { Context, Facts, LinkFact } from './facts.ts';
import { holdsVariable, parse, type Node } from './parse.ts';
import { isEmpty, textValue, type Piece, type Value } from './value.ts';
import type { Registry } from './variables.ts';

export type Format = 'plain' | 'html' | 'title';

export interface Rendered {
  text: string;
  /** Known variables without a value, each with the sentence that it leaves behind; none: its line is left out. */
  empty: Array<{ variable: string; sentence: string }>;
  /** Variables whose link is still to come. */
  pending: string[];
  /** Written like variables, and none: such a text must not be sent. */
  unknown: string[];
}

export const linkFollows = '(link follows)';

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

// Control characters but tab and line feed, and what turns the direction of all that follows it; a
// value may hold anything.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A value without them, its line ends as line feeds. */
export const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '');

/** A text as part of a page. */
export const escapedLines = (text: string): string =>
  escapeHtml(clean(text)).replaceAll('\n', '<br>\n');

const showText = (text: string, format: Format): string => {
  if (format === 'html') return escapedLines(text);
  if (format === 'title') return clean(text).replace(/\s+/g, ' ');
  return clean(text);
};

const showLink = (link: LinkFact, format: Format): string => {
  if (link.state === 'pending') return linkFollows;
  if (format !== 'html') return clean(link.url);
  const url = escapeHtml(clean(link.url));
  return /^https?:\/\//i.test(link.url) ? `<a href="${url}">${url}</a>` : url;
};

const showPiece = (piece: Piece, format: Format): string =>
  typeof piece === 'string' ? showText(piece, format) : showLink(piece.to, format);

const lineBreak: Record<Format, string> = { plain: '\n', html: '<br>\n', title: ', ' };

const showValue = (value: Value, format: Format): string =>
  value
    .map((line) => line.map((piece) => showPiece(piece, format)).join(''))
    .join(lineBreak[format]);

/** Nodes of each line of the source, so that a line left without content can go. */
const linesOf = (nodes: readonly Node[]): Node[][] => {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    if (node.kind !== 'text') {
      lines.at(-1)?.push(node);
      continue;
    }
    const [head = '', ...rest] = node.text.split('\n');
    if (head !== '') lines.at(-1)?.push({ kind: 'text', text: head });
    for (const text of rest) lines.push(text === '' ? [] : [{ kind: 'text', text }]);
  }
  return lines;
};

/** Nothing but variables and a label in front of them: `Pronouns: $Candidate.CustomFields.Pronouns` */
const isBare = (line: readonly Node[]): boolean => {
  const text = line.flatMap((node) => (node.kind === 'text' ? [node.text.trim()] : [])).join('');
  return text === '' || /^[^.!?]*:$/.test(text);
};

export const render = (
  text: string,
  facts: Facts,
  context: Context,
  format: Format,
  registry: Registry,
): Rendered => {
  const empty: Rendered['empty'] = [];
  const pending = new Set<string>();
  const unknown: string[] = [];
  const shown: string[] = [];

  for (const line of linesOf(parse(text, registry))) {
    const values = line.map((node): { value: Value; missing: boolean } => {
      if (node.kind === 'text') return { value: textValue(node.text), missing: false };
      if (node.kind === 'unknown') {
        unknown.push(node.source);
        return { value: [], missing: true };
      }
      const value = node.variable.read(facts, context);
      for (const piece of value.flat())
        if (typeof piece !== 'string' && piece.to.state === 'pending')
          pending.add(`$${node.variable.name}`);
      if (!isEmpty(value)) return { value, missing: false };
      if (node.fallback !== null && holdsVariable(node.fallback)) {
        unknown.push(node.source);
        return { value: [], missing: true };
      }
      return node.fallback === null
        ? { value: [], missing: true }
        : { value: textValue(node.fallback), missing: false };
    });
    const variables = line.filter((node) => node.kind !== 'text').length;
    const allMissing =
      variables > 0 && values.filter(({ missing }) => missing).length === variables;
    const isGone = allMissing && isBare(line);
    const sentence = isGone ? '' : values.map(({ value }) => showValue(value, 'plain')).join('').trim(); // prettier-ignore
    line.forEach((node, index) => {
      if (node.kind === 'variable' && values[index]?.missing)
        empty.push({ variable: `$${node.variable.name}`, sentence });
    });
    if (isGone) continue;
    shown.push(values.map(({ value }) => showValue(value, format)).join(''));
  }
  const joined = format === 'title' ? shown.join(' ').trim() : shown.join(lineBreak[format]);
  return { text: joined, empty, pending: [...pending], unknown };
};

/** Which of these stand in a text that must hold none of them, as a last check before it is sent. */
export const leaks = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((one) => one !== '' && (text.includes(one) || text.includes(escapeHtml(one))));
