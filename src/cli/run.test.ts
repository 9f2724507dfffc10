import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { run } from './testing.ts';

test('prints the version alone', async () => {
  assert.deepEqual(await run(['--version']), { code: 0, out: '1.2.3', err: '' });
});

test('shows every command in the overview, and each has a help of its own', async () => {
  const overview = await run(['--help']);
  assert.equal(overview.code, 0);
  assert.ok(commands.length >= 14);
  for (const { name, options } of commands) {
    assert.match(overview.out, new RegExp(`^  ${name} `, 'm'));
    const help = await run([...name.split(' '), '--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, new RegExp(`^Usage: loopwright ${name}`));
    for (const option of Object.keys(options)) assert.match(help.out, new RegExp(`  --${option}`));
    assert.deepEqual(
      help.out.split('\n').filter((line) => line.length > 96),
      [],
    );
    assert.equal((await run(['help', ...name.split(' ')])).out, help.out);
  }
});

test('shows the commands of a family', async () => {
  const { out } = await run(['api-key', '--help']);
  assert.match(out, /api-key create/);
  assert.match(out, /api-key revoke ID/);
  assert.doesNotMatch(out, /backup/);
});

test('shows the overview and fails when no command is given', async () => {
  const { code, out, err } = await run([]);
  assert.equal(code, 64);
  assert.equal(out, '');
  assert.match(err, /^Usage: loopwright COMMAND/);
});

for (const [args, nearest] of [
  [['srve'], 'serve'],
  [['bakup', 'x.backup'], 'backup'],
  [['connectoin', 'list'], 'connection list'],
  [['api-key', 'creat'], 'api-key create'],
  [['api-key'], 'api-key list'],
] as const) {
  test(`answers 64 to "${args.join(' ')}" and suggests ${nearest}`, async () => {
    const { code, out, err } = await run(args);
    assert.equal(code, 64);
    assert.equal(out, '');
    assert.ok(err.includes(`Did you mean ${nearest}?`), err);
  });
}

for (const [args, words] of [
  [['serve', '--rol', 'web'], 'there is no option --rol. Did you mean --role?'],
  [['serve', '--role'], '--role has no value. Write --role ROLE.'],
  [['serve', '--role', '--help-me'], '--role has no value.'],
  [['serve', '--role', 'boss'], 'there is no boss. Choose all, web, worker.'],
  [['demo', '--exit=yes'], '--exit takes no value.'],
  [['backup'], 'FILE is missing.'],
  [['backup', 'a', 'b'], 'b is one argument too many.'],
  [['api-key', 'create'], '--role is missing. Choose super_admin,'],
  [['api-key', 'create', '--role', 'admin', '--email', 'x'], 'that is no address.'],
  [['connection', 'test'], 'either the id of a connection or --all.'],
  [['connection', 'test', 'cn_1', '--all'], 'either the id of a connection or --all.'],
  [['sandbox', '--port', '70000'], 'Write digits, from 0 to 65535.'],
] as const) {
  test(`answers 64 to "${args.join(' ')}"`, async () => {
    const { code, err } = await run(args);
    assert.equal(code, 64);
    assert.ok(err.includes(words), err);
  });
}

test('answers 78 and names every fault of the settings at once', async () => {
  const env = { PORT: 'x', LOOPWRIGHT_SWEEP_MINUTES: '0', DATABASE_URL: 'mysql://h/d' };
  const { code, err } = await run(['migrate'], env);
  assert.equal(code, 78);
  for (const name of Object.keys(env)) assert.match(err, new RegExp(`^  ${name} must`, 'm'));
});

test('shows no stack, unless LOG_LEVEL is debug', async () => {
  const env = { DATABASE_URL: 'postgres://nobody:hush@127.0.0.1:1/none' };
  const plain = await run(['migrate'], { ...env, LOG_LEVEL: 'info' });
  assert.equal(plain.code, 69);
  assert.match(plain.err, /^database: PostgreSQL does not answer \(ECONNREFUSED\)\. Start it/);
  assert.doesNotMatch(plain.err, /\n {4}at /);
  const verbose = await run(['migrate'], { ...env, LOG_LEVEL: 'debug' });
  assert.match(verbose.err, /\n {4}at /);
  for (const { err } of [plain, verbose]) assert.doesNotMatch(err, /hush/);
});
