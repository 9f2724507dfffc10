import { roles } from '#core/roles.ts';
import { insertApiKey, listApiKeys, revokeApiKey } from '#store/api-keys.ts';
import { loadConfig } from '#config.ts';
import { oneOf, usageError, type Input } from './command.ts';
import { printTable, type Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Prints the key alone to standard output, so that a script can take it from there. */
export const createApiKey = async (input: Input, terminal: Terminal): Promise<number> => {
  const role = oneOf(input, 'role', roles);
  if (role === undefined) {
    throw usageError('api-key create', '--role is missing.', `Choose ${roles.join(', ')}.`);
  }
  const name = (input.option('name') ?? 'made on the command line').trim();
  if (name === '' || name.length > 200) {
    throw usageError('--name', 'it is empty or too long.', 'Write 1 to 200 characters.');
  }
  const email = input.option('email') ?? null;
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw usageError('--email', 'that is no address.', 'Write it like ada@example.com.');
  }
  return withDatabase(loadConfig(), { create: true }, terminal, async (db) => {
    const { row, key } = await insertApiKey(db, { name, role, email });
    terminal.note(`This is the key ${row.id} with the role ${role}. It is shown this once:`);
    terminal.print(key);
    return 0;
  });
};

const pageSize = 200;

export const printApiKeys = async (_input: Input, terminal: Terminal): Promise<number> =>
  withDatabase(loadConfig(), { create: false }, terminal, async (db) => {
    const rows: string[][] = [];
    let after: string | null = null;
    do {
      const page = await listApiKeys(db, { after, limit: pageSize });
      rows.push(
        ...page.map((row) => [
          row.id,
          row.role,
          row.name,
          row.email ?? '-',
          row.last_used_at === null ? 'never used' : new Date(row.last_used_at).toISOString(),
        ]),
      );
      after = page.length === pageSize ? (page.at(-1)?.id ?? null) : null;
    } while (after !== null);
    if (rows.length === 0)
      terminal.note('There is no key. Make one with loopwright api-key create.');
    else printTable(terminal, [['ID', 'ROLE', 'NAME', 'ACTS AS', 'LAST USED'], ...rows]);
    return 0;
  });

/** The key is refused from the next request on. */
export const revokeKey = async (input: Input, terminal: Terminal): Promise<number> =>
  withDatabase(loadConfig(), { create: false }, terminal, async (db) => {
    const id = input.operand(0) ?? '';
    await revokeApiKey(db, id);
    terminal.print(`The key ${id} is revoked.`);
    return 0;
  });
