/** Which variables there are, as the hub tells, and which of them a text may hold. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import type { SpellingOf } from './grammar.ts';

export type Variable = Schemas['Variable'];

/** Who reads the text: the hub's names of the places where it stands. */
export type Audience =
  'candidate_mail' | 'candidate_invite' | 'interviewer_invite' | 'itinerary' | 'note';

const allVariables = async (): Promise<Variable[]> => {
  const all: Variable[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const page = await got(api.GET('/api/v1/variables', { params: { query } }));
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
};

/** They change with the platforms that are connected. */
export const variablesQuery = queryOptions({
  queryKey: ['connections', 'variables'],
  queryFn: allVariables,
  staleTime: 60_000,
});

const customField = /^candidate\.customfields\.([a-z][a-z0-9]*)$/i;

export const spellingsOf = (variables: readonly Variable[]): SpellingOf => {
  const byName = new Map(
    variables.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((one) => [one.slice(1).toLowerCase(), name.slice(1)] as const),
    ),
  );
  return (name) => {
    const key = customField.exec(name)?.[1];
    return key === undefined ? byName.get(name.toLowerCase()) : `Candidate.CustomFields.${key}`;
  };
};

export const mayStand = ({ contexts }: Variable, audience: Audience): boolean =>
  contexts.includes(audience);

/** Those that fit what was typed after the `$`: by their beginning first, then anywhere, then by meaning. */
export const offered = (
  variables: readonly Variable[],
  audience: Audience,
  typed: string,
): Variable[] => {
  const wanted = typed.toLowerCase();
  const rank = ({ name, aliases, describes }: Variable): number => {
    const names = [name, ...aliases].map((one) => one.slice(1).toLowerCase());
    if (names.some((one) => one.startsWith(wanted))) return 0;
    if (names.some((one) => one.includes(wanted))) return 1;
    return describes.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return variables
    .filter((one) => mayStand(one, audience))
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 3)
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
};
