import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readMemory } from './embedded-cluster.ts';
import { lockDataFolder } from './embedded-lock.ts';
import { processStart } from './embedded-process.ts';
import { canPass, isRoot } from './embedded-user.ts';
import { findEmbedded, startEmbedded, type Embedded } from './embedded.ts';

const nobody = { uid: 65_534, gid: 65_534 };
const repositoryOpen = isRoot && (await canPass(dirname(fileURLToPath(import.meta.url)), nobody));

/** A folder that the server's user may pass; it goes when all that uses it has ended. */
const makeFolder = async (t: TestContext): Promise<{ folder: string; uses: Uses }> => {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-embedded-'));
  await chmod(folder, 0o711);
  const uses: Uses = [];
  t.after(async () => {
    for (const end of uses.toReversed()) await end();
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, uses };
};

type Uses = Array<() => unknown>;

const start = async (
  uses: Uses,
  dataDir: string,
  options: { durable?: boolean; lines?: string[] } = {},
): Promise<Embedded> => {
  const { durable = false, lines = [] } = options;
  const server = await startEmbedded({ dataDir, log: (line) => lines.push(line), durable });
  uses.push(() => server.stop());
  return server;
};

const query = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

const serverPid = async (dataDir: string): Promise<number> =>
  Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

const waitUntilGone = async (pid: number): Promise<void> => {
  while ((await processStart(pid)) !== undefined) await new Promise(setImmediate);
};

/** A hub in a process (and process group) of its own that starts the server and then idles. */
const startChild = async (
  uses: Uses,
  dataDir: string,
  user?: typeof nobody,
): Promise<{ child: ChildProcess; answer: string }> => {
  const module = new URL('./embedded.ts', import.meta.url).href;
  const script = `
    import { startEmbedded } from ${JSON.stringify(module)};
    process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
    const answer = (text) => process.stdout.write(text + '\\n');
    const server = await startEmbedded({
      dataDir: ${JSON.stringify(dataDir)}, durable: false, log: () => undefined,
    }).catch((error) => { answer(error.code); process.exit(1); });
    answer(server.url);
    setInterval(() => undefined, 60_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    ...user,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  uses.push(() => child.kill('SIGKILL'));
  const [chunk] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => ['the process ended in silence']),
  ])) as [unknown];
  return { child, answer: String(chunk).trim() };
};

test('makes a closed database and finds it again after a restart', async (t) => {
  const { folder, uses } = await makeFolder(t);
  const dataDir = join(folder, 'data');
  const first = await start(uses, dataDir, { durable: true });
  const [found] = await query(
    first.url,
    `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
            current_setting('listen_addresses') as addresses, lower('ÉÖ') as lower,
            array(select datcollate from pg_database where datname = current_database()) as locale`,
  );
  assert.deepEqual(found, {
    encoding: 'UTF8',
    fsync: 'on',
    addresses: '127.0.0.1',
    lower: 'éö',
    locale: ['C'],
  });
  await query(first.url, 'create table kept as select 1 as one');

  await assert.rejects(query(first.url.replace(/:[^:@]+@/, ':postgres@'), 'select 1'), {
    code: '28P01',
  });
  assert.equal((await stat(join(dataDir, 'postgres.json'))).mode & 0o777, 0o600);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((face) => face !== undefined && !face.internal && face.family === 'IPv4');
  if (outside !== undefined) {
    const socket = connect(first.port, outside.address);
    await assert.rejects(once(socket, 'connect'), { code: 'ECONNREFUSED' });
  }

  await Promise.all([first.stop(), first.stop()]);
  await assert.rejects(query(first.url, 'select 1'), { code: 'ECONNREFUSED' });

  const second = await start(uses, dataDir);
  assert.equal(second.url, first.url);
  assert.deepEqual(await query(second.url, 'select one from kept'), [{ one: 1 }]);
});

test('adopts the server of a hub that was killed', async (t) => {
  const { folder, uses } = await makeFolder(t);
  const dataDir = join(folder, 'data');
  const { child, answer: url } = await startChild(uses, dataDir);
  await query(url, 'create table kept as select 1 as one');
  const pid = await serverPid(dataDir);
  // The whole group, as Ctrl-C and a terminal that closes would reach it.
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await once(child, 'exit');

  const lines: string[] = [];
  const adopted = await start(uses, dataDir, { lines });
  assert.equal(adopted.url, url);
  assert.equal(await serverPid(dataDir), pid);
  assert.match(lines.join(), /Adopted/);
  assert.doesNotMatch(lines.join(), new RegExp(new URL(url).password));
  assert.deepEqual(await query(url, 'select one from kept'), [{ one: 1 }]);
  await adopted.stop();
  assert.equal(await processStart(pid), undefined);
});

test('starts anew over what a power cut leaves behind', async (t) => {
  const { folder, uses } = await makeFolder(t);
  const dataDir = join(folder, 'data');
  const cluster = join(dataDir, 'postgres');
  // An initdb that never finished.
  await mkdir(`${cluster}.draft-0badcafe`, { recursive: true });
  await writeFile(join(`${cluster}.draft-0badcafe`, 'PG_VERSION'), '18');
  await chmod(dataDir, 0o711);

  const first = await start(uses, dataDir, { durable: true });
  await assert.rejects(stat(`${cluster}.draft-0badcafe`), { code: 'ENOENT' });
  await query(first.url, 'create table kept as select 1 as one');
  const pidFile = await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  const pid = await serverPid(dataDir);
  process.kill(pid, 'SIGKILL');
  await waitUntilGone(pid);
  await first.stop();

  // Since then the server's process id was given to another program of the same user.
  const { uid, gid } = await stat(cluster);
  const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid, cwd: '/' } : {});
  uses.push(() => stranger.kill());
  await once(stranger, 'spawn');
  const stale = pidFile.replace(/^\d+/, String(stranger.pid));
  await writeFile(join(cluster, 'postmaster.pid'), stale);
  await chown(join(cluster, 'postmaster.pid'), uid, gid);

  const second = await start(uses, dataDir);
  assert.deepEqual(await query(second.url, 'select one from kept'), [{ one: 1 }]);
  assert.equal(stranger.exitCode, null);
});

test('serves a data folder to one hub only', async (t) => {
  const { folder, uses } = await makeFolder(t);
  const dataDir = join(folder, 'data');
  const options = { dataDir, log: () => undefined, durable: false };
  const results = await Promise.allSettled([startEmbedded(options), startEmbedded(options)]);
  const servers = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
  uses.push(() => Promise.all(servers.map((server) => server.stop())));
  const refusals = results.flatMap((r): unknown[] => (r.status === 'rejected' ? [r.reason] : []));
  assert.equal(servers.length, 1);
  const [refusal] = refusals;
  assert.ok(refusal instanceof Error && 'code' in refusal);
  assert.equal(refusal.code, 'data_folder_in_use');
  assert.match(refusal.message, new RegExp(`process ${String(process.pid)}\\.`));

  const { answer } = await startChild(uses, dataDir);
  assert.equal(answer, 'data_folder_in_use');

  // A command beside the hub reads and writes in the same server.
  assert.equal(await findEmbedded(dataDir), servers[0]?.url);
  await servers[0]?.stop();
  assert.equal(await findEmbedded(dataDir), undefined);
});

test('takes over a lock whose process is gone or is another one by now', async (t) => {
  const { folder } = await makeFolder(t);
  const file = join(folder, 'loopwright.lock');
  for (const left of ['2147483647 1 aa\n', `${String(process.pid)} 1 bb\n`, '']) {
    await writeFile(file, left);
    const lock = await lockDataFolder(folder);
    assert.match(await readFile(file, 'utf8'), new RegExp(`^${String(process.pid)} `));
    await lock.release();
    await assert.rejects(stat(file), { code: 'ENOENT' });
  }
});

test('says so when it cannot write to the data folder', async (t) => {
  const { folder } = await makeFolder(t);
  await writeFile(join(folder, 'file'), '');
  const closed = [join(folder, 'file'), join(folder, 'file', 'data')];
  // Linux's own: it answers ENOENT to every `mkdir`, also below folders that are there.
  if (process.platform === 'linux') closed.push('/proc/loopwright/data');
  for (const dataDir of closed) {
    await assert.rejects(startEmbedded({ dataDir, log: () => undefined }), {
      code: 'data_folder_not_writable',
    });
  }
});

test('never empties a database whose password file is gone', async (t) => {
  const { folder } = await makeFolder(t);
  const dataDir = join(folder, 'data');
  await mkdir(join(dataDir, 'postgres'), { recursive: true });
  await assert.rejects(startEmbedded({ dataDir, log: () => undefined }), {
    code: 'database_password_missing',
  });
});

test(
  'keeps the cluster elsewhere when its user cannot pass to the data folder',
  { skip: !isRoot && 'only root runs the server as another user' },
  async (t) => {
    const { folder, uses } = await makeFolder(t);
    await chmod(folder, 0o700);
    const dataDir = join(folder, 'data');
    const lines: string[] = [];
    uses.push(async () => {
      const memory = await readMemory(dataDir);
      if (memory !== undefined) await rm(memory.cluster, { recursive: true, force: true });
    });
    const first = await start(uses, dataDir, { lines });
    const cluster = (await readMemory(dataDir))?.cluster ?? '';
    assert.ok(!cluster.startsWith(folder));
    assert.ok(lines.some((line) => line.includes(cluster)));
    await query(first.url, 'create table kept as select 1 as one');
    await first.stop();
    const second = await start(uses, dataDir);
    assert.deepEqual(await query(second.url, 'select one from kept'), [{ one: 1 }]);
    await second.stop();
  },
);

test(
  'runs as an ordinary user, and stops for it',
  { skip: !repositoryOpen && 'needs root, and a repository that others may read' },
  async (t) => {
    const { folder, uses } = await makeFolder(t);
    const closed = await startChild(uses, join(folder, 'data'), nobody);
    assert.equal(closed.answer, 'data_folder_not_writable');

    await chown(folder, nobody.uid, nobody.gid);
    const { child, answer: url } = await startChild(uses, join(folder, 'data'), nobody);
    assert.equal((await stat(join(folder, 'data', 'postgres'))).uid, nobody.uid);
    await query(url, 'select 1');
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    await assert.rejects(query(url, 'select 1'), { code: 'ECONNREFUSED' });
  },
);
