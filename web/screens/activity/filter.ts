/** What is looked for, as fields, as an address and as the API takes it. */

const names = ['who', 'act', 'about', 'from', 'to'] as const;
type Name = (typeof names)[number];
export type Filter = Record<Name, string>;

export const noFilter: Filter = { who: '', act: '', about: '', from: '', to: '' };

export const filterOf = (search: Readonly<Record<string, string>>): Filter => ({
  ...noFilter,
  ...Object.fromEntries(names.map((name) => [name, search[name] ?? ''])),
});

export const isEmpty = (filter: Filter): boolean => names.every((name) => filter[name] === '');

/** A day's begin in the viewer's zone; undefined while it is typed. */
const instantOf = (day: string, addDays: number): string | undefined => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + addDays);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** What is empty is left out; both days are included. */
export const queryOf = ({ who, act, about, from, to }: Filter): Partial<Filter> => {
  const given = {
    who: who.trim(),
    act,
    about: about.trim(),
    from: instantOf(from, 0),
    to: instantOf(to, 1),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
};
