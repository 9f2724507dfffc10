/** The variables as a document, made from the registry that the parser uses. */
import { contextNames } from './check.ts';
import type { Context } from './facts.ts';
import { createRegistry } from './variables.ts';

/** Stands for each connected coding platform. */
const platform = 'Platform';

const audiences = {
  everyone: 'everybody',
  internal: 'never the candidate',
  candidate: 'the candidate alone',
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

export const variablesReference = (): string => {
  const { all } = createRegistry([{ platform, live: true, tests: true }]);
  const contexts = Object.keys(contextNames) as Context[];
  const rows = all.map(({ name, aliases, audience, contexts: places, describes, sample }) => {
    const spelled = [name, ...aliases].map((one) => `\`$${one.replace(platform, `<${platform}>`)}\``);
    const where = places.length === contexts.length ? 'all' : places.map((one) => contextNames[one]).join(', ');
    const what = describes.replace(`${platform} session`, 'session of the platform').replace(`at ${platform}`, 'at the platform');
    const example = sample.replace('https://platform.', 'https://');
    return `| ${spelled.join(', also ')} | ${cell(what)} | ${cell(example)} | ${audiences[audience]} | ${where} |`;
  });
  return [
    '# Variables',
    '',
    'Made from the registry that reads the texts; `GET /api/v1/variables` answers the same for the platforms that are connected.',
    '',
    '- `$Candidate.PreferredName|there` or `$Job.Location|"our office"`: the words after the bar stand where nothing is known. A line that only labels something empty is left out.',
    '- `$$` is a dollar sign; `$50,000` is a price. Case does not matter: names are saved in the spelling below.',
    '- An unknown variable is refused with the nearest name. What a variable stands for is never read as a variable again.',
    '- `<Platform>` is the name of a connected coding platform, such as `Codility`, `CodeSignal` or `CodeInterview`. Naming it makes the session or the test, when the interview is scheduled.',
    '- `$Candidate.CustomFields.<Field>` is a custom field of the ATS by its title without blanks: `PreferredName` for "Preferred name". Private fields are not read.',
    '',
    '| variable | what it stands for | example | who may read it | where |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}; // prettier-ignore
