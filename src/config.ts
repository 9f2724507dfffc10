/**
 * The hub's settings, read from environment variables. The only reader of `process.env`.
 * Accounts at connectors are not here: they live in the database, encrypted.
 */
import { z } from 'zod';
import { nearest } from '#core/nearest.ts';
import type { Role as UserRole } from '#core/roles.ts';
import {
  whole,
  oneOf,
  databaseUrl,
  imapUrl,
  issuer,
  publicUrl,
  secretKey,
  allowHosts,
  trustedProxies,
  type SecretKey,
} from './config-values.ts';

/** `problem` says what is wrong and what to do, never the value, which may be a secret. */
export type ConfigFault = { name: string; problem: string };

/** Carries every fault at once, so that one start is enough to see them all. */
export class ConfigError extends Error {
  /** EX_CONFIG of sysexits.h. */
  readonly exitCode = 78;
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ name, problem }) => `  ${name} ${problem}`);
    super(['config: the environment has faults.', ...lines].join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** In the order of `.env.example`, which shows `help` and, where there is no default, `example`. */
const variables = z.object({
  PORT: whole(0, 65_535)
    .prefault('4000')
    .meta({ help: ['Port of the web app and the API.'] }),
  HOST: z
    .string()
    .regex(/^[a-z0-9.:_-]+$/i, 'must be a host name or an address. Try 127.0.0.1 or 0.0.0.0.')
    .prefault('127.0.0.1')
    .meta({
      help: ['Address to listen on. 0.0.0.0 means every network: put a TLS proxy in front.'],
    }),
  LOOPWRIGHT_PUBLIC_URL: publicUrl.optional().meta({
    example: 'https://interviews.example.com',
    help: [
      'Where people and webhooks reach the hub from outside. Without it links lead to HOST:PORT',
      'and vendors cannot deliver webhooks.',
    ],
  }),
  LOOPWRIGHT_ROLE: oneOf(['all', 'web', 'worker'])
    .prefault('all')
    .meta({
      help: ['What this process does: all, web or worker. Split roles share a DATABASE_URL.'],
    }),
  LOOPWRIGHT_DATA: z
    .string()
    .prefault('./data')
    .meta({
      help: ['Folder of the embedded database and of the generated secret key. Back it up.'],
    }),
  DATABASE_URL: databaseUrl.optional().meta({
    example: 'postgres://user:password@host:5432/loopwright',
    help: ['A PostgreSQL 15 or later of your own. Without it the embedded one is used.'],
  }),
  LOOPWRIGHT_SECRET_KEY: secretKey.optional().meta({
    example: '2026-11:<64 hex digits>',
    help: [
      'Encrypts the secrets of connections: 32 bytes in hex or base64 (openssl rand -hex 32), with',
      'an optional id and a colon in front. Without it a key is made and kept in LOOPWRIGHT_DATA.',
    ],
  }),
  LOOPWRIGHT_ALLOW_HOSTS: allowHosts.prefault('').meta({
    example: 'calendar.internal:8443,10.0.0.5:25',
    help: ['Hosts with private addresses that connections may reach, as host:port, with commas.'],
  }),
  LOOPWRIGHT_TRUSTED_PROXIES: trustedProxies.prefault('').meta({
    example: '127.0.0.1,10.0.0.0/8',
    help: [
      'Reverse proxies in front of the hub, as addresses or networks with commas. Whom they name in',
      'X-Forwarded-For counts as the sender of a request; without it everybody behind one is one.',
    ],
  }),
  LOOPWRIGHT_REPLIES: oneOf(['off', 'api', 'smtp', 'imap'])
    .prefault('off')
    .meta({
      help: [
        'Where answers to invites come from: off, api (posted by a mail gateway of yours), smtp (mail',
        'for the organizer is delivered to the hub itself, at LOOPWRIGHT_REPLIES_PORT) or imap (the',
        'hub looks into the mailbox at LOOPWRIGHT_IMAP_URL).',
      ],
    }),
  LOOPWRIGHT_REPLIES_PORT: whole(0, 65_535)
    .prefault('2525')
    .meta({ help: ['Port of the SMTP door for replies, on HOST.'] }),
  LOOPWRIGHT_IMAP_URL: imapUrl.optional().meta({
    example: 'imaps://interviews%40example.com@imap.example.com:993',
    help: [
      "The organizer's mailbox, where LOOPWRIGHT_REPLIES is imap. With imap:// in place of imaps://",
      'the server has to offer STARTTLS, unless it is on this machine.',
    ],
  }),
  LOOPWRIGHT_IMAP_PASSWORD: z
    .string()
    .optional()
    .meta({ example: 'password-of-the-mailbox', help: [] }),
  LOOPWRIGHT_IMAP_MAILBOX: z
    .string()
    .prefault('INBOX')
    .meta({ help: ['The folder that answers arrive in.'] }),
  LOOPWRIGHT_IMAP_SECONDS: whole(1, 86_400)
    .prefault('60')
    .meta({ help: ['Seconds between two looks into the mailbox.'] }),
  LOOPWRIGHT_OIDC_ISSUER: issuer.optional().meta({
    example: 'https://login.example.com/realms/company',
    help: [
      'Single sign-on by OpenID Connect. Register the hub at your provider with the redirect address',
      '<public address>/oauth/sso/callback/oidc, and set issuer, client id and secret.',
    ],
  }),
  LOOPWRIGHT_OIDC_CLIENT_ID: z.string().optional().meta({ example: 'id-of-the-client', help: [] }),
  LOOPWRIGHT_OIDC_CLIENT_SECRET: z
    .string()
    .optional()
    .meta({ example: 'secret-of-the-client', help: [] }),
  LOOPWRIGHT_OIDC_NAME: z
    .string()
    .max(60, { error: 'is longer than 60 characters. Shorten it.' })
    .prefault('single sign-on')
    .meta({ help: ['What the button to sign in this way says.'] }),
  LOOPWRIGHT_OIDC_NEW_USERS: oneOf([
    'invited',
    'admin',
    'team_member',
    'limited_team_member',
    'interviewer',
  ])
    .prefault('invited')
    .meta({
      help: [
        'Whom single sign-on lets in: those who were invited, or everybody the provider knows, with',
        'this role: admin, team_member, limited_team_member or interviewer.',
      ],
    }),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .meta({ help: ['How much is logged: fatal, error, warn, info, debug, trace or silent.'] }),
  SANDBOX_PORT: whole(0, 65_535)
    .prefault('4001')
    .meta({ help: ['Port of the sandbox, which plays the vendors for the demo.'] }),
  SANDBOX_SMTP_PORT: whole(0, 65_535)
    .optional()
    .meta({
      example: '4002',
      help: ['Port of the mail server in the sandbox. Left out: the one after SANDBOX_PORT.'],
    }),
  LOOPWRIGHT_SANDBOX: publicUrl.optional().meta({
    example: 'http://127.0.0.1:4001',
    help: [
      'Where a sandbox plays vendors for this hub, when `loopwright sandbox` runs apart from it. Every',
      'page then says so. `loopwright demo` tells it by itself.',
    ],
  }),
  LEVER_CLIENT_ID: z
    .string()
    .optional()
    .meta({
      example: 'id-of-your-app',
      help: [
        'Your app at Lever, to connect accounts by OAuth. Set both or neither: without them',
        'Lever is connected by an API key.',
      ],
    }),
  LEVER_CLIENT_SECRET: z.string().optional().meta({ example: 'secret-of-your-app', help: [] }),
  LOOPWRIGHT_SWEEP_MINUTES: whole(1, 1_440)
    .prefault('5')
    .meta({
      help: ['Minutes between two sweeps, which find what a lost webhook would have told.'],
    }),
  LOOPWRIGHT_RESULT_POLL_SECONDS: whole(1, 86_400)
    .prefault('60')
    .meta({
      help: ['Seconds until the result of a test is first asked for. Later polls are rarer.'],
    }),
  LOOPWRIGHT_FAILPOINT: z
    .string()
    .optional()
    .meta({
      example: 'name-of-the-point',
      help: ['Test aid: the process kills itself at this point. Never set it in production.'],
    }),
});

type Variables = z.infer<typeof variables>;
export type Role = Variables['LOOPWRIGHT_ROLE'];
export type LogLevel = Variables['LOG_LEVEL'];

export type Config = {
  /** 0 lets the system choose. */
  port: number;
  host: string;
  /** Origin without a slash at its end; undefined when only HOST:PORT is known. */
  publicUrl: string | undefined;
  role: Role;
  /** As given: relative to the working folder. */
  dataDir: string;
  /** Undefined: the embedded server. Holds a password. */
  databaseUrl: string | undefined;
  /** Undefined: the key in the data folder. */
  secretKey: SecretKey | undefined;
  /** `host:port` in lower case. */
  allowHosts: readonly string[];
  /** Addresses, and networks as address/bits, in lower case. */
  trustedProxies: readonly string[];
  replies: 'off' | 'api' | 'smtp' | 'imap';
  repliesPort: number;
  /** Undefined: replies are not polled. Holds a password. */
  imap: { url: string; password: string; mailbox: string; seconds: number } | undefined;
  /** Undefined: nobody signs in by single sign-on. Holds a secret. */
  oidc:
    | {
        issuer: string;
        clientId: string;
        clientSecret: string;
        name: string;
        /** The role of whoever was not invited; null: not let in. */
        newUsers: UserRole | null;
      }
    | undefined;
  logLevel: LogLevel;
  sandboxPort: number;
  sandboxSmtpPort: number;
  /** Of a sandbox that runs apart; undefined: the vendors are the real ones. */
  sandboxUrl: string | undefined;
  /** By connector id. */
  oauthClients: Readonly<Record<string, { clientId: string; clientSecret: string }>>;
  sweepMinutes: number;
  resultPollSeconds: number;
  failpoint: string | undefined;
  /** One line each, to be logged at the start. */
  warnings: readonly string[];
};

/** 0 means any port, and the one after it too. */
export const portAfter = (port: number): number => (port === 0 ? 0 : (port % 65_535) + 1);

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to nothing counts as not set. Throws ConfigError with all faults. */
export const readConfig = (env: Environment): Config => {
  const given: Record<string, string> = {};
  for (const [name, text] of Object.entries(env)) {
    if (text !== undefined && text.trim() !== '') given[name] = text.trim();
  }
  const read = variables.safeParse(given);
  const faults = [
    ...(read.error?.issues ?? []).map(({ path, message }) => ({
      name: path.join('.'),
      problem: message,
    })),
    ...faultsBetween(given),
  ];
  if (faults.length > 0 || read.data === undefined) throw new ConfigError(faults);
  const values = read.data;
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.LOOPWRIGHT_PUBLIC_URL,
    role: values.LOOPWRIGHT_ROLE,
    dataDir: values.LOOPWRIGHT_DATA,
    databaseUrl: values.DATABASE_URL,
    secretKey: values.LOOPWRIGHT_SECRET_KEY,
    allowHosts: values.LOOPWRIGHT_ALLOW_HOSTS,
    trustedProxies: values.LOOPWRIGHT_TRUSTED_PROXIES,
    replies: values.LOOPWRIGHT_REPLIES,
    repliesPort: values.LOOPWRIGHT_REPLIES_PORT,
    imap: imapOf(values),
    oidc: oidcOf(values),
    logLevel: values.LOG_LEVEL,
    sandboxPort: values.SANDBOX_PORT,
    sandboxSmtpPort: values.SANDBOX_SMTP_PORT ?? portAfter(values.SANDBOX_PORT),
    sandboxUrl: values.LOOPWRIGHT_SANDBOX,
    oauthClients: oauthClientsOf(values),
    sweepMinutes: values.LOOPWRIGHT_SWEEP_MINUTES,
    resultPollSeconds: values.LOOPWRIGHT_RESULT_POLL_SECONDS,
    failpoint: values.LOOPWRIGHT_FAILPOINT,
    warnings: unknownNames(Object.keys(given)),
  };
};

/** Reads a `.env` file in the working folder, then the environment, which wins, then `options`. */
export const loadConfig = (options: Environment = {}): Config => {
  try {
    process.loadEnvFile('.env');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
  }
  return readConfig({ ...process.env, ...options });
};

/** Faults of variables that are each sound but do not go together. */
const faultsBetween = (given: Environment): ConfigFault[] => {
  const faults: ConfigFault[] = [];
  const pair = ['LEVER_CLIENT_ID', 'LEVER_CLIENT_SECRET'];
  const [missing, ...others] = pair.filter((name) => given[name] === undefined);
  if (missing !== undefined && others.length === 0) {
    const present = pair.find((name) => name !== missing) ?? '';
    faults.push({ name: missing, problem: `is missing. Set it too, or remove ${present}.` });
  }
  if (given['LOOPWRIGHT_REPLIES'] === 'imap') {
    for (const name of ['LOOPWRIGHT_IMAP_URL', 'LOOPWRIGHT_IMAP_PASSWORD']) {
      if (given[name] !== undefined) continue;
      const problem = 'is missing. LOOPWRIGHT_REPLIES is imap: set it, or choose off, api or smtp.';
      faults.push({ name, problem });
    }
  }
  const oidc = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'].map((part) => `LOOPWRIGHT_OIDC_${part}`);
  if (oidc.some((name) => given[name] !== undefined)) {
    for (const name of oidc.filter((one) => given[one] === undefined))
      faults.push({ name, problem: 'is missing. Single sign-on needs issuer, id and secret.' });
  }
  const role = given['LOOPWRIGHT_ROLE'];
  if ((role === 'web' || role === 'worker') && given['DATABASE_URL'] === undefined) {
    faults.push({
      name: 'DATABASE_URL',
      problem: `is missing. The role ${role} shares a database with other processes: set it, or use the role all.`,
    });
  }
  return faults;
};

const imapOf = (values: Variables): Config['imap'] => {
  const { LOOPWRIGHT_IMAP_URL: url, LOOPWRIGHT_IMAP_PASSWORD: password } = values;
  if (values.LOOPWRIGHT_REPLIES !== 'imap' || url === undefined || password === undefined)
    return undefined;
  const { LOOPWRIGHT_IMAP_MAILBOX: mailbox, LOOPWRIGHT_IMAP_SECONDS: seconds } = values;
  return { url, password, mailbox, seconds };
};

const oidcOf = (values: Variables): Config['oidc'] => {
  const {
    LOOPWRIGHT_OIDC_ISSUER: issuer,
    LOOPWRIGHT_OIDC_CLIENT_ID: clientId,
    LOOPWRIGHT_OIDC_CLIENT_SECRET: clientSecret,
    LOOPWRIGHT_OIDC_NAME: name,
    LOOPWRIGHT_OIDC_NEW_USERS: newUsers,
  } = values;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    name,
    newUsers: newUsers === 'invited' ? null : newUsers,
  };
};

const oauthClientsOf = (values: Variables): Config['oauthClients'] => {
  const { LEVER_CLIENT_ID: clientId, LEVER_CLIENT_SECRET: clientSecret } = values;
  return clientId !== undefined && clientSecret !== undefined
    ? { lever: { clientId, clientSecret } }
    : {};
};

const names = Object.keys(variables.shape);
/** Of tests: set by their runner for its children, or by whoever runs them. */
const testNames = ['LOOPWRIGHT_TEST_POSTGRES', 'LOOPWRIGHT_CONTRACTS'];

const unknownNames = (given: readonly string[]): string[] =>
  given
    .filter((name) => name.startsWith('LOOPWRIGHT_'))
    .filter((name) => !names.includes(name) && !testNames.includes(name))
    .map(
      (name) =>
        `config: ${name} is not a known variable and has no effect. Did you mean ${nearest(name, names)}?`,
    );

const helpSchema = z.object({ help: z.array(z.string()), example: z.string().optional() });

/** The text of `.env.example`. */
export const envExample = (): string => {
  const blocks = Object.entries(variables.shape).map(([name, schema]) => {
    const { help, example = '' } = helpSchema.parse(schema.meta());
    const preset = schema instanceof z.ZodPrefault ? schema.def.defaultValue : '';
    const lines = help.map((line) => `# ${line}\n`).join('');
    return { joined: help.length === 0, text: `${lines}#${name}=${preset || example}\n` };
  });
  const intro =
    '# Settings of Loopwright. Copy this file to .env and take the # away before a line to set it.\n' +
    '# A line shows the default, or an example where there is none.\n';
  return intro + blocks.map(({ joined, text }) => (joined ? text : `\n${text}`)).join('');
};
