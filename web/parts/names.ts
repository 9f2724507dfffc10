/** Names in a sentence. The app's sentences are English, whatever the browser speaks. */
const and = new Intl.ListFormat('en');
const or = new Intl.ListFormat('en', { type: 'disjunction' });

/** `Ada, Ben, and Cy` */
export const allOf = (names: readonly string[]): string => and.format(names);

/** `Ada, Ben, or Cy` */
export const anyOf = (names: readonly string[]): string => or.format(names);
