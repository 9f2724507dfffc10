/** Every command, with its help. Its code is loaded when it runs, so that `--help` stays quick. */
import { roles } from '#core/roles.ts';
import type { Command } from './command.ts';

export const commands: readonly Command[] = [
  {
    name: 'serve',
    operands: [],
    summary: 'Runs the hub.',
    details: [
      'It migrates the database first, says where it listens, and logs JSON lines to standard output. SIGTERM or Ctrl+C stops it within ten seconds: work under way is finished or handed back. A second one ends it at once.',
    ],
    options: {
      role: {
        value: 'ROLE',
        help: 'What this process does: all (the default), web or worker. Split roles share a DATABASE_URL.',
      },
    },
    run: async (input, terminal) => (await import('./serve.ts')).serve(input, terminal),
  },
  {
    name: 'migrate',
    operands: [],
    summary: 'Brings the database to this version.',
    details: [
      'serve does it too. Migrations go forward only, each in a transaction of its own; a command that was killed is simply run again.',
    ],
    options: {},
    run: async (input, terminal) => (await import('./migrate.ts')).migrateDatabase(input, terminal),
  },
  {
    name: 'api-key create',
    operands: [],
    summary: 'Makes a key for the HTTP API and prints it once.',
    details: ['Works beside a running hub. Of the key itself only a hash is kept.'],
    options: {
      role: { value: 'ROLE', help: `What the key may do: ${roles.join(', ')}.` },
      name: { value: 'NAME', help: 'What the key is for.' },
      email: {
        value: 'EMAIL',
        help: 'The person the key acts as. Without one it owns no jobs and no events.',
      },
    },
    run: async (input, terminal) => (await import('./api-key.ts')).createApiKey(input, terminal),
  },
  {
    name: 'api-key list',
    operands: [],
    summary: 'Lists the keys that are not revoked.',
    details: [],
    options: {},
    run: async (input, terminal) => (await import('./api-key.ts')).printApiKeys(input, terminal),
  },
  {
    name: 'api-key revoke',
    operands: ['ID'],
    summary: 'Revokes a key, at once and for good.',
    details: [],
    options: {},
    run: async (input, terminal) => (await import('./api-key.ts')).revokeKey(input, terminal),
  },
];
