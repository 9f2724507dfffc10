/** Every command, with its help. Its code is loaded when it runs, so that `--help` stays quick. */
import { roles } from '#core/roles.ts';
import { loadConfig, portAfter } from '#config.ts';
import { wholeNumber, type Command, type Input } from './command.ts';
import type { SandboxCommandOptions } from './sandbox.ts';

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
    name: 'demo',
    operands: [],
    summary: 'Runs hub and sandbox together and plays both guides, step by step.',
    details: [
      'The hub listens on PORT, the sandbox on SANDBOX_PORT; both keep their state in LOOPWRIGHT_DATA and go on where they were. It stays up until Ctrl+C.',
    ],
    options: {
      exit: { help: 'Ends after the last step: with 0 when every step came true, else with 1.' },
    },
    run: async (input, { print }) =>
      (await import('./demo.ts')).runDemo(
        { config: loadConfig(), exit: input.flag('exit') },
        print,
      ),
  },
  {
    name: 'sandbox',
    operands: [],
    summary: 'Runs the emulated vendors alone.',
    details: [
      'It prints the address of each vendor and a key, so that any client of that vendor can be pointed at it. The same seed makes the same data.',
    ],
    options: {
      only: { value: 'IDS', help: 'The vendors to play, with commas between; default: all.' },
      port: { value: 'PORT', help: 'Where it listens; 0 is any port. Default: SANDBOX_PORT.' },
      candidates: { value: 'N', help: 'How many candidates each ATS begins with; default 60.' },
      seed: { value: 'N', help: 'Where the data come from; default 1.' },
      rate: { value: 'N', help: "Requests a second; 0 lifts the limits. Default: each vendor's." },
      'allow-http-loopback': {
        help: 'Takes webhook addresses by http on this machine where the vendor demands https.',
      },
      state: { value: 'FOLDER', help: 'Keeps the state there; without it the end forgets all.' },
    },
    run: async (input, { print }) =>
      (await import('./sandbox.ts')).runSandbox(sandboxOptions(input), print),
  },
  {
    name: 'connection list',
    operands: [],
    summary: 'Lists the connections and their state.',
    details: [],
    options: {},
    run: async (input, terminal) =>
      (await import('./connection.ts')).printConnections(input, terminal),
  },
  {
    name: 'connection test',
    operands: ['[ID]'],
    summary: 'Tells what a key may do at its vendor, and what is missing.',
    details: [
      'It only reads at the vendor. Fails when a connection does, or when a right that the hub needs is missing.',
    ],
    options: { all: { help: 'Tests every connection.' } },
    run: async (input, terminal) =>
      (await import('./connection.ts')).testConnections(input, terminal),
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
    name: 'setup-link',
    operands: [],
    summary: 'Makes a one-time link that makes a Super Admin.',
    details: [
      'For when the link of the first start has expired, or the last Super Admin is locked out: with the address of an account that is there, it sets a new password. Works beside a running hub; links made before are no longer good.',
    ],
    options: {},
    run: async (input, terminal) =>
      (await import('./setup-link.ts')).printSetupLink(input, terminal),
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
  {
    name: 'doctor',
    operands: [],
    summary: 'Says what is wrong with this installation, and how to mend it.',
    details: [
      'It examines Node, settings, data folder, database, key, public address, port and connections, beside a running hub or without one. It changes nothing: where no hub runs, it starts the database that is there for a moment. The exit code is 0 when nothing is wrong, else that of the first problem.',
    ],
    options: {},
    run: async (input, terminal) => (await import('./doctor.ts')).doctor(input, terminal),
  },
  {
    name: 'backup',
    operands: ['FILE'],
    summary: 'Writes a consistent snapshot of the database.',
    details: [
      'A hub may be running. Secrets inside stay encrypted, and the key is not in it: keep a copy of the key in another place. It holds names and addresses of candidates.',
    ],
    options: { force: { help: 'Replaces FILE if it is there.' } },
    run: async (input, terminal) => (await import('./backup.ts')).backup(input, terminal),
  },
  {
    name: 'restore',
    operands: ['FILE'],
    summary: 'Reads a backup into an empty database.',
    details: [
      'The hub must not be running, and the key that the backup was made under must be here. All of it is restored or nothing is.',
    ],
    options: { force: { help: 'Replaces what is in the database.' } },
    run: async (input, terminal) => (await import('./backup.ts')).restore(input, terminal),
  },
  {
    name: 'rotate-key',
    operands: [],
    summary: 'Encrypts all secrets under a new key.',
    details: [
      'A hub may be running. The key in the data folder is replaced at once. Whoever is signed in has to sign in again. With LOOPWRIGHT_SECRET_KEY it takes two runs, with the change of the setting between them; the first one says what to do.',
    ],
    options: {},
    run: async (input, terminal) => (await import('./rotate-key.ts')).rotateKey(input, terminal),
  },
  {
    name: 'openapi',
    operands: [],
    summary: 'Prints the OpenAPI 3.1 document of the HTTP API.',
    details: [],
    options: {},
    run: async (input, terminal) => (await import('./openapi.ts')).printOpenApi(input, terminal),
  },
];

const sandboxOptions = (input: Input): SandboxCommandOptions => {
  const state = input.option('state');
  const port = wholeNumber(input, 'port', 0, 65_535);
  const config = loadConfig();
  return {
    only: (input.option('only') ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    port: port ?? config.sandboxPort,
    smtpPort: port === undefined ? config.sandboxSmtpPort : portAfter(port),
    candidates: wholeNumber(input, 'candidates', 0, 100_000) ?? 60,
    seed: wholeNumber(input, 'seed', 0, 999_999_999) ?? 1,
    rate: wholeNumber(input, 'rate', 0, 1_000_000) ?? 'vendor',
    allowHttpLoopback: input.flag('allow-http-loopback'),
    ...(state === undefined ? {} : { stateDir: state }),
  };
};
