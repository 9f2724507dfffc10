/**
 * Pools by tags: `backend AND (senior OR "tech lead") AND NOT trainee`. NOT binds closest, then AND,
 * then OR. Tags are compared without regard to case.
 */
import { invalid } from '../errors.ts';

export type Expression =
  | { kind: 'tag'; tag: string }
  | { kind: 'not'; of: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression };

const words = /\s*(?:(\()|(\))|"([^"]+)"|([^\s()"]+))/y;

interface Word {
  text: string;
  /** A tag in quotes is never an operator. */
  quoted: boolean;
}

const longest = 1_000;

const split = (text: string): Word[] => {
  const found: Word[] = [];
  words.lastIndex = 0;
  const source = text.trim();
  while (words.lastIndex < source.length) {
    const match = words.exec(source);
    if (!match) throw refused(text, 'a quotation mark is not closed');
    const [, open, close, quoted, plain] = match;
    found.push({ text: open ?? close ?? quoted ?? plain ?? '', quoted: quoted !== undefined });
  }
  return found;
};

const refused = (text: string, why: string): Error =>
  invalid(
    'pool_expression_invalid',
    `pool: the expression cannot be read, for ${why} (${text.slice(0, 80)}). Write tags joined by AND, OR and NOT, with brackets where needed.`,
    'expression',
  );

/** Throws `pool_expression_invalid` with what is wrong. */
export const parsePool = (text: string): Expression => {
  if (text.length > longest) throw refused(text, `it is longer than ${String(longest)} characters`);
  const left = split(text);
  const next = (): string | undefined => (left[0]?.quoted ? '"' : left[0]?.text.toUpperCase());

  const any = (): Expression => {
    let found = all();
    while (next() === 'OR') {
      left.shift();
      found = { kind: 'or', left: found, right: all() };
    }
    return found;
  };
  const all = (): Expression => {
    let found = one();
    while (next() === 'AND') {
      left.shift();
      found = { kind: 'and', left: found, right: one() };
    }
    return found;
  };
  const one = (): Expression => {
    const operator = next();
    const word = left.shift();
    if (!word) throw refused(text, 'it ends too early');
    if (operator === 'NOT') return { kind: 'not', of: one() };
    if (operator === '(') {
      const found = any();
      if (next() !== ')') throw refused(text, 'a bracket is not closed');
      left.shift();
      return found;
    }
    if (operator === 'AND' || operator === 'OR' || operator === ')')
      throw refused(text, `${word.text} stands where a tag belongs`);
    return { kind: 'tag', tag: word.text };
  };

  const found = any();
  if (left.length > 0) throw refused(text, `nothing joins what follows from ${left[0]?.text ?? ''} on`);
  return found;
}; // prettier-ignore

export const matches = (expression: Expression, tags: readonly string[]): boolean => {
  switch (expression.kind) {
    case 'tag':
      return tags.some((tag) => tag.toLowerCase() === expression.tag.toLowerCase());
    case 'not':
      return !matches(expression.of, tags);
    case 'and':
      return matches(expression.left, tags) && matches(expression.right, tags);
    case 'or':
      return matches(expression.left, tags) || matches(expression.right, tags);
  }
};

/** The tags that an expression names, each once. */
export const tagsIn = (expression: Expression): string[] => {
  switch (expression.kind) {
    case 'tag':
      return [expression.tag];
    case 'not':
      return tagsIn(expression.of);
    case 'and':
    case 'or':
      return [...new Set([...tagsIn(expression.left), ...tagsIn(expression.right)])];
  }
};
