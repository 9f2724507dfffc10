/** Writes docs/variables.md from the registry of variables. */
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { variablesReference } from '#core/template/reference.ts';

const house = { parser: 'markdown', singleQuote: true } as const;

export const variablesPage = (): Promise<string> => format(variablesReference(), house);

export const variablesFile = new URL('../docs/variables.md', import.meta.url);

if (import.meta.main) await writeFile(variablesFile, await variablesPage());
