/** For "did you mean": the known word that takes the fewest changes of letters. */
export const nearest = (word: string, known: readonly string[]): string =>
  known.toSorted((a, b) => distance(word, a) - distance(word, b))[0] ?? '';

/** Levenshtein: how many letters to add, drop or change to make one word the other. */
export const distance = (from: string, to: string): number => {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.split('').entries()) {
    const line = [row + 1];
    for (const [column, other] of to.split('').entries()) {
      const change = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min((above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1, change));
    }
    above = line;
  }
  return above[to.length] ?? 0;
};
