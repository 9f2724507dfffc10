/**
 * Texts with variables. `$Candidate.FirstName`, with a fallback `$Candidate.PreferredName|there` or
 * `$Job.Location|"our office"`; `$$` is a dollar sign. A sentence's full stop is no part of a
 * variable, and "$50,000" is none. One pass: what a variable stands for is never parsed again.
 */
import type { Registry } from './variables.ts';
import type { Variable } from './value.ts';

export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; variable: Variable; fallback: string | null; source: string; at: number }
  /** Written like a variable, and none. */
  | { kind: 'unknown'; name: string; source: string; at: number };

/** What editors put into a word that was half formatted. */
const junk =
  /<\/?(?:span|font|b|i|u|em|strong)\b[^<>]*>|&nbsp;|[\u00a0\u200b-\u200d\u2060\ufeff]/gi;
const withJunk =
  /\$(?:[A-Za-z0-9.]|<\/?(?:span|font|b|i|u|em|strong)\b[^<>]*>|&nbsp;|[\u00a0\u200b-\u200d\u2060\ufeff])+(?=[A-Za-z0-9.])[A-Za-z0-9.]/g;

/** Takes what editors leave behind out of variables, and invisible characters out of everything. */
export const normalise = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(withJunk, (found) => found.replace(junk, ''))
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '');

const token = /\$\$|\$([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)+)/g;
const fallbackAfter =
  /^\|(?:"([^"\n]*)"|(\$[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)+|[^\s|.,;:!?<>()"]+))/;
/** A fallback is printed as it is, so a variable in it would reach its reader unresolved. */
export const holdsVariable = (fallback: string): boolean =>
  /\$[A-Za-z][A-Za-z0-9]*\.[A-Za-z]/.test(fallback);
/** Only what begins like a variable is worth a complaint: `$example.com` is a text. */
const looksMeant = /^[A-Z][A-Za-z]*(\.[A-Z][A-Za-z0-9]*)+/;

/** The longest known beginning of a dotted name: `Job.Name.Thanks` is `Job.Name`. */
const longestKnown = (name: string, registry: Registry): [string, Variable] | null => {
  const parts = name.split('.');
  for (let count = parts.length; count > 1; count -= 1) {
    const head = parts.slice(0, count).join('.');
    const found = registry.find(head);
    if (found) return [head, found];
  }
  return null;
};

export const parse = (input: string, registry: Registry): Node[] => {
  const text = normalise(input);
  const nodes: Node[] = [];
  let plain = '';
  let position = 0;
  const flush = (): void => {
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
  };
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    plain += text.slice(position, match.index);
    position = match.index + match[0].length;
    const name = match[1];
    if (name === undefined) {
      plain += '$';
      continue;
    }
    const at = match.index;
    const known = longestKnown(name, registry);
    if (known) {
      const [head, variable] = known;
      const end = at + 1 + head.length;
      const fallback = fallbackAfter.exec(text.slice(end));
      position = end + (fallback?.[0].length ?? 0);
      flush();
      nodes.push({
        kind: 'variable',
        variable,
        fallback: fallback ? (fallback[1] ?? fallback[2] ?? '') : null,
        source: text.slice(at, position),
        at,
      });
    } else if (looksMeant.test(name)) {
      flush();
      nodes.push({ kind: 'unknown', name, source: match[0], at });
    } else plain += match[0];
    token.lastIndex = position;
  }
  plain += text.slice(position);
  flush();
  return nodes;
};

/** A dollar sign that would begin something when the text is read again. */
const dollar = /\$(?=\$|[A-Za-z][A-Za-z0-9]*\.[A-Za-z])/g;

/** The text as it is saved: names in their own spelling, nothing invisible in them. */
export const canonical = (input: string, registry: Registry): string => {
  const nodes = parse(input, registry);
  return nodes
    .map((node, index) => {
      if (node.kind === 'unknown') return node.source;
      if (node.kind === 'text') {
        const text = node.text.replaceAll(dollar, '$$$$');
        return index < nodes.length - 1 ? text.replace(/\$$/, '$$$$') : text;
      }
      const { variable, fallback } = node;
      if (fallback === null) return `$${variable.name}`;
      const bare = /^[^\s|.,;:!?<>()"]+$/.test(fallback);
      return `$${variable.name}|${bare ? fallback : `"${fallback}"`}`;
    })
    .join('');
};
