/** What stands in one place each and is handed to everybody else, as ESLint sees it; and no classes. */

/** Tests, and what only they import; a connector's fixtures are kept out of `dist`. */
export const ofTests = ['**/*.test.ts', '**/testing*.ts', 'src/connectors/*/fixtures/**'];

const powers = {
  fetch: {
    globals: [
      {
        name: 'fetch',
        message: 'Use the Http of #connectors/contract.ts; emulators use options.fetch.',
      },
    ],
    syntax: [
      {
        selector: "MemberExpression[object.name='globalThis'][property.name='fetch']",
        message: 'Use the Http of #connectors/contract.ts; emulators use options.fetch.',
      },
    ],
  },
  env: {
    globals: [],
    syntax: [
      {
        selector:
          "MemberExpression[object.name='process'][property.name='env'], VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env'], ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
        message: 'Read it in src/config.ts and hand the value in.',
      },
    ],
  },
  clock: {
    globals: [{ name: 'performance', message: 'assemble.ts owns the clock: take a `now()`.' }],
    syntax: [
      {
        selector:
          "MemberExpression[object.name='Date'][property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date'], MemberExpression[object.name='Temporal'][property.name='Now'], MemberExpression[object.name='process'][property.name='hrtime'], ImportDeclaration[source.value=/^(node:)?perf_hooks$/]",
        message: 'assemble.ts owns the clock: take a `now()`.',
      },
    ],
  },
  console: {
    globals: [{ name: 'console', message: 'Log through the pino logger that main.ts hands in.' }],
    syntax: [],
  },
  timers: {
    globals: ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
      name,
      message: 'Timers are handed in: emulators have options.later, clients never wait.',
    })),
    syntax: [
      {
        selector: "MemberExpression[object.name='Math'][property.name='random']",
        message: 'Randomness is handed in: seeded() in emulators, node:crypto for secrets.',
      },
    ],
  },
};

const classes = {
  selector:
    'ClassDeclaration:not([superClass.name=/Error$/]), ClassExpression, ThisExpression:not(ClassBody ThisExpression)',
  message: 'Functions and closures; classes are for errors only.',
};

const withhold = (files, names) => ({
  files,
  ignores: ofTests,
  rules: {
    'no-restricted-globals': ['error', ...names.flatMap((name) => powers[name].globals)],
    'no-restricted-syntax': ['error', classes, ...names.flatMap((name) => powers[name].syntax)],
  },
});

// Later entries replace earlier ones for the same file.
export const ambient = [
  withhold(['src/**/*.ts'], ['fetch', 'env', 'clock', 'console']),
  withhold(['src/core/**', 'src/connectors/**'], ['fetch', 'env', 'clock', 'console', 'timers']),
  // The guarded door itself; its time-outs are real time.
  withhold(['src/connectors/http.ts'], ['env', 'clock', 'console']),
  // Hands real sockets, that is `fetch` and timers, to the emulators.
  withhold(['src/sandbox/**'], ['env', 'clock', 'console']),
  withhold(['src/cli/**'], ['fetch', 'env', 'clock']),
  withhold(['src/cli/demo*.ts', 'src/cli/demo/**'], ['env', 'clock']),
  withhold(['src/assemble.ts'], ['env', 'console']),
  withhold(['src/config.ts'], ['fetch', 'clock', 'console']),
  // A browser's own clock tells how long ago something was; the client is the one door to the hub.
  withhold(['web/**'], ['fetch', 'env', 'console']),
  withhold(['web/hub/client.ts'], ['env', 'console']),
];
