import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ConfigError, envExample, readConfig } from './config.ts';

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError);
    return thrown.faults.map(({ name, problem }) => `${name} ${problem}`);
  }
  return [];
};

const hex = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

test('starts with nothing set', () => {
  assert.deepEqual(readConfig({}), {
    port: 4000,
    host: '127.0.0.1',
    publicUrl: undefined,
    role: 'all',
    dataDir: './data',
    databaseUrl: undefined,
    secretKey: undefined,
    allowHosts: [],
    trustedProxies: [],
    replies: 'off',
    repliesPort: 2525,
    imap: undefined,
    oidc: undefined,
    logLevel: 'info',
    sandboxPort: 4001,
    sandboxSmtpPort: 4002,
    sandboxUrl: undefined,
    oauthClients: {},
    sweepMinutes: 5,
    resultPollSeconds: 60,
    failpoint: undefined,
    warnings: [],
  });
});

test('reads every variable', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    LOOPWRIGHT_PUBLIC_URL: 'https://Interviews.Example.com/',
    LOOPWRIGHT_ROLE: 'worker',
    LOOPWRIGHT_DATA: '/srv/loopwright',
    DATABASE_URL: 'postgresql://u:p%40ss@db/loopwright',
    LOOPWRIGHT_SECRET_KEY: hex,
    LOOPWRIGHT_ALLOW_HOSTS: 'Calendar.internal:8443, 10.0.0.5:25,[fd00::1]:443,',
    LOOPWRIGHT_TRUSTED_PROXIES: '10.0.0.0/8, FD00::1',
    LOOPWRIGHT_REPLIES: 'smtp',
    LOOPWRIGHT_REPLIES_PORT: '26',
    LOG_LEVEL: 'debug',
    SANDBOX_PORT: '0',
    SANDBOX_SMTP_PORT: '2525',
    LOOPWRIGHT_SANDBOX: 'http://sandbox.internal:4001',
    LEVER_CLIENT_ID: 'id',
    LEVER_CLIENT_SECRET: 'secret',
    LOOPWRIGHT_OIDC_ISSUER: 'https://login.example.com/company/',
    LOOPWRIGHT_OIDC_CLIENT_ID: 'hub',
    LOOPWRIGHT_OIDC_CLIENT_SECRET: 'client-secret',
    LOOPWRIGHT_OIDC_NAME: 'Company login',
    LOOPWRIGHT_OIDC_NEW_USERS: 'interviewer',
    LOOPWRIGHT_SWEEP_MINUTES: '1',
    LOOPWRIGHT_RESULT_POLL_SECONDS: '2',
    LOOPWRIGHT_FAILPOINT: 'effect.after-call',
  });
  assert.deepEqual(config, {
    port: 8080,
    host: '0.0.0.0',
    publicUrl: 'https://interviews.example.com',
    role: 'worker',
    dataDir: '/srv/loopwright',
    databaseUrl: 'postgresql://u:p%40ss@db/loopwright',
    secretKey: { id: undefined, key: Buffer.from(hex, 'hex') },
    allowHosts: ['calendar.internal:8443', '10.0.0.5:25', '[fd00::1]:443'],
    trustedProxies: ['10.0.0.0/8', 'fd00::1'],
    replies: 'smtp',
    repliesPort: 26,
    imap: undefined,
    oidc: {
      issuer: 'https://login.example.com/company/',
      clientId: 'hub',
      clientSecret: 'client-secret',
      name: 'Company login',
      newUsers: 'interviewer',
    },
    logLevel: 'debug',
    sandboxPort: 0,
    sandboxSmtpPort: 2525,
    sandboxUrl: 'http://sandbox.internal:4001',
    oauthClients: { lever: { clientId: 'id', clientSecret: 'secret' } },
    sweepMinutes: 1,
    resultPollSeconds: 2,
    failpoint: 'effect.after-call',
    warnings: [],
  });
});

test('takes a variable that is set to nothing as not set', () => {
  assert.equal(readConfig({ PORT: '', LEVER_CLIENT_ID: '  ' }).port, 4000);
});

test('names all faults at once, each with its remedy', () => {
  const faults = faultsOf({
    PORT: '70000',
    LOG_LEVEL: 'loud',
    LOOPWRIGHT_SWEEP_MINUTES: '2.5',
    LOOPWRIGHT_ALLOW_HOSTS: 'a:1,b,c:99999',
    LOOPWRIGHT_TRUSTED_PROXIES: '10.0.0.0/8,proxy,::1/129',
    LEVER_CLIENT_SECRET: 'only-the-secret',
  });
  assert.deepEqual(faults, [
    'PORT must be a whole number from 0 to 65535. Write digits only.',
    'LOOPWRIGHT_ALLOW_HOSTS must list host:port (see entry 2). Write it like calendar.internal:8443.',
    'LOOPWRIGHT_ALLOW_HOSTS must list host:port (see entry 3). Write it like calendar.internal:8443.',
    'LOOPWRIGHT_TRUSTED_PROXIES must list addresses or networks (see entry 2). Write it like 127.0.0.1,10.0.0.0/8.',
    'LOOPWRIGHT_TRUSTED_PROXIES must list addresses or networks (see entry 3). Write it like 127.0.0.1,10.0.0.0/8.',
    'LOG_LEVEL is not one of the known values. Choose fatal, error, warn, info, debug, trace, silent.',
    'LOOPWRIGHT_SWEEP_MINUTES must be a whole number from 1 to 1440. Write digits only.',
    'LEVER_CLIENT_ID is missing. Set it too, or remove LEVER_CLIENT_SECRET.',
  ]);
});

test('asks for all of single sign-on or nothing of it, over https', () => {
  const [id, secret] = faultsOf({ LOOPWRIGHT_OIDC_ISSUER: 'https://login.example.com' });
  assert.match(id ?? '', /^LOOPWRIGHT_OIDC_CLIENT_ID is missing/);
  assert.match(secret ?? '', /^LOOPWRIGHT_OIDC_CLIENT_SECRET is missing/);
  const rest = { LOOPWRIGHT_OIDC_CLIENT_ID: 'hub', LOOPWRIGHT_OIDC_CLIENT_SECRET: 'secret' };
  for (const issuer of ['http://login.example.com', 'login.example.com', 'https://a.com/?x=1'])
    assert.match(
      faultsOf({ ...rest, LOOPWRIGHT_OIDC_ISSUER: issuer })[0] ?? '',
      /^LOOPWRIGHT_OIDC_ISSUER must be the https address/,
    );
  assert.deepEqual(faultsOf({ ...rest, LOOPWRIGHT_OIDC_ISSUER: 'http://127.0.0.1:8080' }), []);
  const everybody = { LOOPWRIGHT_OIDC_NEW_USERS: 'super_admin' };
  assert.match(faultsOf(everybody)[0] ?? '', /^LOOPWRIGHT_OIDC_NEW_USERS is not one/);
});

test('never repeats a faulty secret', () => {
  assert.throws(
    () =>
      readConfig({
        DATABASE_URL: 'mysql://u:hunter2@db/x',
        LOOPWRIGHT_SECRET_KEY: 'hunter2',
        LOOPWRIGHT_PUBLIC_URL: 'https://u:hunter2@example.com',
        LOOPWRIGHT_ALLOW_HOSTS: 'u:hunter2@example.com:1',
      }),
    (thrown: unknown) => {
      assert.ok(thrown instanceof ConfigError);
      assert.equal(thrown.faults.length, 4);
      assert.equal(thrown.exitCode, 78);
      assert.doesNotMatch(JSON.stringify(thrown) + thrown.message, /hunter2/);
      return true;
    },
  );
});

test('reads a secret key in hex and base64, with and without an id', () => {
  const key = Buffer.from(hex, 'hex');
  for (const [text, id] of [
    [hex.toUpperCase(), undefined],
    [`2026-11:${hex}`, '2026-11'],
    [key.toString('base64'), undefined],
    [key.toString('base64url'), undefined],
    [`spare:${key.toString('base64')}`, 'spare'],
  ] as const) {
    assert.deepEqual(readConfig({ LOOPWRIGHT_SECRET_KEY: text }).secretKey, { id, key });
  }
});

test('refuses a secret key of another length', () => {
  for (const text of [hex.slice(2), `${hex}00`, 'AAAA', `bad id:${hex}`, `:${hex}`]) {
    assert.match(faultsOf({ LOOPWRIGHT_SECRET_KEY: text }).join(), /openssl rand -hex 32/, text);
  }
});

test('refuses a public address that is more than an origin', () => {
  for (const text of ['example.com', 'ftp://example.com', 'https://example.com/hub', 'https://a?b'])
    assert.equal(faultsOf({ LOOPWRIGHT_PUBLIC_URL: text }).length, 1, text);
});

test('asks for a shared database when the roles are split', () => {
  assert.match(faultsOf({ LOOPWRIGHT_ROLE: 'web' }).join(), /^DATABASE_URL is missing/);
  assert.deepEqual(faultsOf({ LOOPWRIGHT_ROLE: 'web', DATABASE_URL: 'postgres://db/x' }), []);
});

test('names the nearest variable for an unknown one of ours', () => {
  const { warnings } = readConfig({ LOOPWRIGHT_ALOW_HOST: 'a:1', PATH: '/bin' });
  assert.equal(warnings.length, 1);
  assert.match(warnings.join(), /LOOPWRIGHT_ALOW_HOST .* Did you mean LOOPWRIGHT_ALLOW_HOSTS\?/);
});

test('.env.example is what the configuration says of itself', () => {
  const committed = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  assert.equal(committed, envExample(), 'write envExample() to .env.example');
});

test('a default shown in .env.example is the default in force', () => {
  const shown = [...envExample().matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', text = '']): [string, string] => [name, text],
  );
  const defaults = shown.filter(([, text]) => /^(\d+|[a-z]+|\.\/data|127\.0\.0\.1)$/.test(text));
  assert.equal(defaults.length, 13);
  assert.deepEqual(readConfig(Object.fromEntries(defaults)), readConfig({}));
});

test('polling a mailbox needs its address and password, and says both at once', () => {
  assert.throws(
    () => readConfig({ LOOPWRIGHT_REPLIES: 'imap' }),
    /LOOPWRIGHT_IMAP_URL is missing[^]*LOOPWRIGHT_IMAP_PASSWORD is missing/,
  );
  assert.throws(
    () => readConfig({ LOOPWRIGHT_IMAP_URL: 'imaps://me:hidden@host' }),
    (error: Error) => error.message.includes('IMAP_PASSWORD') && !error.message.includes('hidden'),
  );
  const { imap } = readConfig({
    LOOPWRIGHT_REPLIES: 'imap',
    LOOPWRIGHT_IMAP_URL: 'imaps://me%40example.com@host:993',
    LOOPWRIGHT_IMAP_PASSWORD: 'secret',
  });
  assert.deepEqual(imap, {
    url: 'imaps://me%40example.com@host:993',
    password: 'secret',
    mailbox: 'INBOX',
    seconds: 60,
  });
});
