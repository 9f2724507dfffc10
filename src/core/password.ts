/** Which passwords are taken. Length is what counts; what everybody tries first is refused. */

export const shortestPassword = 12;
export const longestPassword = 200;

/** Stems of what is guessed first; with digits and signs around them they are as weak. */
const common = [
  'password', 'passw0rd', 'passwort', 'qwerty', 'qwertz', 'azerty', 'letmein', 'iloveyou',
  'welcome', 'administrator', 'admin', 'changeme', 'default', 'secret', 'loopwright', 'interview',
  'superadmin', 'monkey', 'dragon', 'football', 'baseball', 'sunshine', 'princess', 'trustno1',
]; // prettier-ignore

/** What is left of a password without digits, signs and repetitions of common stems. */
const substance = (password: string, stems: readonly string[]): string =>
  stems
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, stem) => rest.replaceAll(stem, ''), password.toLowerCase())
    .replaceAll(/[^\p{L}]/gu, '');

/** A sentence on what is wrong with it; null: nothing. `known` is the person's name and address. */
export const passwordFault = (password: string, known: readonly string[]): string | null => {
  const { length } = Array.from(password);
  if (length < shortestPassword)
    return `it has less than ${String(shortestPassword)} characters. Use more, such as four words`;
  if (length > longestPassword)
    return `it has more than ${String(longestPassword)} characters. Use less`;
  if (new Set(password.toLowerCase()).size < 5)
    return 'it repeats a few characters only. Use more different ones';
  const own = known
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u))
    .filter((word) => word.length >= 4);
  const isCommon = [...common, ...own].some((stem) => password.toLowerCase().includes(stem));
  if (isCommon && substance(password, [...common, ...own]).length < 5)
    return 'it is a common word, your name or your address with little around it. Use other words';
  if (/^\d+$/.test(password)) return 'it is digits only. Use words as well';
  return null;
};
