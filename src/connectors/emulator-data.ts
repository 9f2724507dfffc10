/** Seeded randomness and the small things every emulator makes up from it. */

/** mulberry32: the same seed gives the same sequence, 0 <= x < 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Where made-up histories end, the same on every day: a seed that counted back from today would not be one. */
export const seededUntil = Date.UTC(2026, 0, 1);

/** A version-4-shaped UUID from seeded randomness. */
export const seededUuid = (random: () => number): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = (8 + Math.floor(random() * 4)).toString(16);
  const text = hex.join('');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => text.slice(index === 0 ? 0 : ends[index - 1], end))
    .join('-');
};

/** `length` characters of an alphabet; for keys and opaque ids. */
export const seededText = (random: () => number, length: number, alphabet: string): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

export const pick = <T>(random: () => number, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('pick: the list is empty. Give at least one item.');
  return item;
};

const given = [
  'Ada', 'Bashir', 'Chiara', 'Dmitri', 'Elif', 'Femi', 'Grace', 'Haruto', 'Inés', 'Jakub',
  'Kwame', 'Léa', 'Mira', 'Nikhil', 'Oluwaseun', 'Priya', 'Quentin', 'Rania', 'Søren', 'Tomás',
  'Ulrike', 'Valentina', 'Wei', 'Ximena', 'Yusuf', 'Zofia',
]; // prettier-ignore
const family = [
  'Abebe', 'Bianchi', 'Castillo', 'Dubois', 'Eriksen', 'Fernández', 'Green', 'Haddad', 'Ito',
  'Jansen', 'Kowalski', 'Lovelace', 'Moreau', 'Nakamura', 'Okafor', 'Petrov', 'Quispe', 'Rossi',
  'Schmidt', 'Tanaka', 'Usman', 'Virtanen', 'Wójcik', 'Xu', 'Yılmaz', 'Zhang',
]; // prettier-ignore

/** A plausible person; the address is unique by `index` and stands under a reserved domain. */
export const seededPerson = (
  random: () => number,
  index: number,
): { given: string; family: string; name: string; email: string } => {
  const first = pick(random, given);
  const last = pick(random, family);
  const ascii = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
  return {
    given: first,
    family: last,
    name: `${first} ${last}`,
    email: `${ascii(first)}.${ascii(last)}.${String(index)}@candidates.example`,
  };
};
