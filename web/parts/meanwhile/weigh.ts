/** Two changes of the same thing, weighed part by part against what both began from. */

/** A form's values by the parts that can be changed apart from each other. */
export type Parts = Readonly<Record<string, unknown>>;

export interface Weighed {
  /** What both want: mine where I changed it, theirs where only they did. */
  merged: Parts;
  /** What only they changed. */
  taken: string[];
  /** What both changed, and not alike. */
  both: string[];
}

const isObject = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/** Whatever the order of their names. */
export const same = (a: unknown, b: unknown): boolean => {
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return a === b;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.every((name) => same(a[name], b[name]));
};

export const weigh = (base: Parts, theirs: Parts, mine: Parts): Weighed => {
  const names = [...new Set([base, theirs, mine].flatMap((one) => Object.keys(one)))];
  const isMine = (name: string): boolean => !same(base[name], mine[name]);
  const isTheirs = (name: string): boolean => !same(base[name], theirs[name]);
  const merged = names.map((name) => [name, (isMine(name) ? mine : theirs)[name]] as const);
  return {
    merged: Object.fromEntries(merged.filter(([, value]) => value !== undefined)),
    taken: names.filter((name) => isTheirs(name) && !isMine(name)),
    both: names.filter((name) => isTheirs(name) && isMine(name) && !same(theirs[name], mine[name])),
  };
};
