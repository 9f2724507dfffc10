/**
 * A text with variables, read into what the editor shows as chips and printed as it was: the hub's
 * own grammar (`core/template/parse.ts`), which a test holds this one against.
 */

export type Segment =
  /** As it stands, `$$` included. */
  | { kind: 'text'; source: string }
  | { kind: 'variable'; name: string; fallback: string | null; source: string }
  /** Written like a variable, and none. */
  | { kind: 'unknown'; source: string };

/** The name in its own spelling, without `$`, of a name or alias in any case. */
export type SpellingOf = (name: string) => string | undefined;

const token = /\$\$|\$([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)+)/g;
const fallbackAfter =
  /^\|(?:"([^"\n]*)"|(\$[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)+|[^\s|.,;:!?<>()"]+))/;
/** `$example.com` is a text. */
const looksMeant = /^[A-Z][A-Za-z]*(\.[A-Z][A-Za-z0-9]*)+/;

/** The longest known beginning of a dotted name, as written and in its own spelling. */
const longestKnown = (name: string, spellingOf: SpellingOf): [string, string] | null => {
  const parts = name.split('.');
  for (let count = parts.length; count > 1; count -= 1) {
    const head = parts.slice(0, count).join('.');
    const found = spellingOf(head);
    if (found !== undefined) return [head, found];
  }
  return null;
};

export const read = (text: string, spellingOf: SpellingOf): Segment[] => {
  const segments: Segment[] = [];
  let done = 0;
  const take = (from: number, segment: Segment): void => {
    if (from > done) segments.push({ kind: 'text', source: text.slice(done, from) });
    segments.push(segment);
    done = from + segment.source.length;
  };
  const search = new RegExp(token);
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const [written, name] = match;
    if (name === undefined) continue;
    const known = longestKnown(name, spellingOf);
    if (known) {
      const [head, spelling] = known;
      const end = match.index + 1 + head.length;
      const fallback = fallbackAfter.exec(text.slice(end));
      const source = text.slice(match.index, end + (fallback?.[0].length ?? 0));
      take(match.index, {
        kind: 'variable',
        name: spelling,
        fallback: fallback ? (fallback[1] ?? fallback[2] ?? '') : null,
        source,
      });
      search.lastIndex = done;
    } else if (looksMeant.test(name)) take(match.index, { kind: 'unknown', source: written });
  }
  if (done < text.length) segments.push({ kind: 'text', source: text.slice(done) });
  return segments;
};

export const print = (segments: readonly Segment[]): string =>
  segments.map(({ source }) => source).join('');

/** The same variable with its name in its own spelling. */
export const respelled = ({ name, source }: Extract<Segment, { kind: 'variable' }>): string => {
  const bar = source.indexOf('|');
  return `$${name}${bar < 0 ? '' : source.slice(bar)}`;
};

/** What editors elsewhere put into words without showing it. */
export const withoutInvisible = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[\u200b-\u200d\u2060\ufeff]/g, '');
