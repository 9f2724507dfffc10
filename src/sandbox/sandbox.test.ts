import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LoopwrightError } from '#core/errors.ts';
import { connectorIds } from '#connectors/registry.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

const begin = async (t: TestContext, options: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const sandbox = await startSandbox({
    port: 0,
    candidates: 5,
    seed: 1,
    rate: 0,
    allowHttpLoopback: true,
    log: () => undefined,
    ...options,
  });
  t.after(() => sandbox.close());
  return sandbox;
};

const folder = async (t: TestContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'loopwright-sandbox-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
};

const code = (wanted: string) => (thrown: unknown) =>
  thrown instanceof LoopwrightError && thrown.code === wanted;

/** The pads of the emulated CodeInterview account. */
const pads = async (url: string): Promise<Array<{ id: string; name: string }>> =>
  (await (await fetch(await padsUrl(url))).json()) as Array<{ id: string; name: string }>;

const padsUrl = async (url: string, path = ''): Promise<string> => {
  const answer = await fetch(`${url}/control/credentials`);
  const known = (await answer.json()) as Record<string, { apiKey: string }>;
  return `${url}/codeinterview/api/1/pads${path}?key=${known['codeinterview']?.apiKey ?? ''}`;
};

const makePad = async (url: string, name: string): Promise<Response> =>
  fetch(await padsUrl(url, '/new'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });

describe('startSandbox', () => {
  it('plays every connector that has an emulator, and lists them on its front page', async (t) => {
    const { url, emulators } = await begin(t);
    assert.deepEqual([...emulators.keys()], [...connectorIds]);
    const page = await (await fetch(url)).text();
    for (const { id, name } of emulators.values()) {
      assert.match(page, new RegExp(`href="/${id}"[^]*${name}`));
      const answer = await fetch(`${url}/${id}`);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), new RegExp(`${name}, emulated`));
    }
  });

  it('plays only the chosen vendors', async (t) => {
    const { url, emulators } = await begin(t, { only: ['lever'] });
    assert.deepEqual([...emulators.keys()], ['lever']);
    assert.equal((await fetch(`${url}/ashby/candidates`)).status, 404);
  });

  it('refuses a vendor that it does not know', async () => {
    await assert.rejects(
      startSandbox({
        port: 0,
        only: ['nobody'],
        candidates: 0,
        seed: 1,
        rate: 0,
        allowHttpLoopback: false,
        log: () => undefined,
      }),
      code('sandbox_vendor_unknown'),
    );
  });

  it('serves an API under the vendor’s own paths and records them so', async (t) => {
    const { url } = await begin(t);
    assert.deepEqual(await pads(url), []);
    const recorded = await fetch(`${url}/codeinterview/control/requests`);
    const [only, ...rest] = (await recorded.json()) as Array<{ path: string; status: number }>;
    assert.deepEqual([only?.path, only?.status, rest.length], ['/1/pads?key=***', 200, 0]);
  });

  it('makes the same data of the same seed, whenever it is started', async (t) => {
    const first = await begin(t, { now: () => 1_800_000_000_000 });
    const second = await begin(t, { now: () => 1_900_000_000_000 });
    const snapshots = ({ emulators }: Sandbox): unknown[] =>
      [...emulators.values()].map((emulator) => emulator.snapshot());
    assert.deepEqual(snapshots(first), snapshots(second));
  });

  it('says which port is in use and what to set', async (t) => {
    const { url } = await begin(t);
    const port = Number(new URL(url).port);
    await assert.rejects(begin(t, { port }), (thrown: unknown) => {
      assert.ok(code('port_in_use')(thrown));
      assert.match(String(thrown), new RegExp(`port ${String(port)} .* SANDBOX_PORT`));
      return true;
    });
  });
});

describe('controls', () => {
  it('breaks the socket after the change was made', async (t) => {
    const { url } = await begin(t);
    const set = await fetch(`${url}/codeinterview/control/faults`, {
      method: 'PUT',
      body: JSON.stringify([{ kind: 'drop_after', match: 'POST /1/pads/new' }]),
    });
    assert.equal(set.status, 200);
    await assert.rejects(makePad(url, 'Ghost'), (thrown: unknown) => {
      const { cause } = thrown as { cause: { code: string } };
      assert.equal(cause.code, 'ECONNRESET');
      return true;
    });
    assert.deepEqual(
      (await pads(url)).map(({ name }) => name),
      ['Ghost'],
    );
    assert.equal((await makePad(url, 'Second')).status, 200);
  });

  it('breaks the socket before anything is done, or answers as the fault says', async (t) => {
    const { url } = await begin(t);
    await fetch(`${url}/codeinterview/control/faults`, {
      method: 'PUT',
      body: JSON.stringify([
        { kind: 'drop_before', match: '/new' },
        { kind: 503, times: 1 },
      ]),
    });
    await assert.rejects(makePad(url, 'Never'));
    assert.equal((await makePad(url, 'Refused')).status, 503);
    assert.deepEqual(await pads(url), []);
  });

  it('refuses a fault that it does not understand', async (t) => {
    const { url, emulators } = await begin(t);
    for (const body of ['[{"kind":"explode"}]', '[{"kind":500,"time":2}]', 'nonsense']) {
      const answer = await fetch(`${url}/lever/control/faults`, { method: 'PUT', body });
      assert.equal(answer.status, 422);
    }
    assert.deepEqual(emulators.get('lever')?.faults, []);
  });

  it('sets webhook faults; what is left out is as it should be', async (t) => {
    const { url, emulators } = await begin(t);
    const put = (body: object) =>
      fetch(`${url}/lever/control/webhook-faults`, { method: 'PUT', body: JSON.stringify(body) });
    await put({ copies: 3, forge: true });
    await put({ delay: 20 });
    assert.deepEqual(emulators.get('lever')?.webhookFaults, {
      drop: false,
      copies: 1,
      delay: 20,
      reverse: 0,
      forge: false,
    });
  });

  it('tells the requests since an instant', async (t) => {
    let now = 1_000;
    const { url } = await begin(t, { now: () => now });
    await pads(url);
    now = 2_000;
    await pads(url);
    const since = async (instant: number): Promise<number> => {
      const answer = await fetch(`${url}/codeinterview/control/requests?since=${String(instant)}`);
      return ((await answer.json()) as unknown[]).length;
    };
    assert.deepEqual([await since(0), await since(1_001), await since(2_001)], [2, 1, 0]);
  });
});

describe('mailbox', () => {
  it('shows mails escaped, with addresses to follow', async (t) => {
    const { url, mailbox } = await begin(t);
    mailbox.deliver({
      from: 'a@b.example',
      to: '"<script>"@x.example',
      subject: '<b>Hello</b>',
      text: 'See <img src=x> https://x.example/t/1?a=1&b=2. Bye',
      sentAt: 0,
    });
    const list = await (await fetch(`${url}/mailbox`)).text();
    const [, href = ''] = /href="(\/mailbox\/\d+)"/.exec(list) ?? [];
    const mail = await (await fetch(url + href)).text();
    for (const page of [list, mail]) assert.doesNotMatch(page, /<(script|img|b)\b/);
    assert.match(list, /&lt;b&gt;Hello/);
    assert.match(mail, /<a href="https:\/\/x\.example\/t\/1\?a=1&amp;b=2"/);
  });

  it('finds the mails of one person', async (t) => {
    const { url, mailbox } = await begin(t);
    for (const to of ['ada@x.example', 'bob@x.example'])
      mailbox.deliver({ from: '', to, subject: `For ${to}`, text: '', sentAt: 0 });
    const answer = await fetch(`${url}/control/mails?to=ADA@x.example`);
    const found = (await answer.json()) as Array<{ subject: string }>;
    assert.deepEqual(
      found.map(({ subject }) => subject),
      ['For ada@x.example'],
    );
    assert.equal((await fetch(`${url}/mailbox/99`)).status, 404);
  });
});

describe('state folder', () => {
  const spawnChild = async (stateDir: string): Promise<{ child: ChildProcess; url: string }> => {
    const script = fileURLToPath(new URL('testing-child.ts', import.meta.url));
    const child = spawn(process.execPath, [script, stateDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, url: line.toString().trim() };
  };

  it('keeps every acknowledged write over kill -9', async (t) => {
    const stateDir = await folder(t);
    const { child, url } = await spawnChild(stateDir);
    t.after(() => {
      child.kill('SIGKILL');
    });
    const names = Array.from({ length: 20 }, (_, number) => `Pad ${String(number)}`);
    const answers = await Promise.all(names.map((name) => makePad(url, name)));
    assert.ok(answers.every(({ status }) => status === 200));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await begin(t, { stateDir });
    const kept = (await pads(again.url)).map(({ name }) => name);
    assert.deepEqual(kept.sort(), names.sort());
  });

  it('has a change in the file before the answer is there', async (t) => {
    const stateDir = await folder(t);
    const { url, mailbox } = await begin(t, { stateDir });
    mailbox.deliver({ from: '', to: 'x@x.example', subject: 'Kept', text: '', sentAt: 0 });
    await makePad(url, 'On disk');
    const file = await readFile(join(stateDir, 'sandbox.json'), 'utf8');
    assert.match(file, /On disk/);
    assert.match(file, /Kept/);
  });

  it('keeps the keys and candidates of the first start', async (t) => {
    const stateDir = await folder(t);
    const first = await startSandbox({
      port: 0,
      candidates: 5,
      seed: 1,
      rate: 0,
      allowHttpLoopback: true,
      stateDir,
      log: () => undefined,
    });
    const before = [...first.emulators.values()].map((emulator) => emulator.snapshot());
    await first.close();
    const second = await begin(t, { stateDir, seed: 2, candidates: 9 });
    assert.deepEqual(
      [...second.emulators.values()].map((emulator) => emulator.snapshot()),
      before,
    );
  });

  it('keeps the mailbox; the link in a mail still opens the test', async (t) => {
    const stateDir = await folder(t);
    const first = await begin(t, { stateDir, only: ['codingame'] });
    const { apiBase = '', apiKey = '' } = first.emulators.get('codingame')?.credentials() ?? {};
    const sent = await fetch(`${apiBase}/assessment/api/v1.1/campaigns/101/actions/send`, {
      method: 'POST',
      headers: { 'API-Key': apiKey },
      body: JSON.stringify({ candidate_email: 'ada@x.example', candidate_name: 'Ada' }),
    });
    assert.equal(sent.status, 200);
    await first.close();
    const { url, mailbox } = await begin(t, { stateDir, only: ['codingame'] });
    const [mail] = mailbox.list({ to: 'ada@x.example' });
    const [link = ''] = /http:\S+/.exec(mail?.text ?? '') ?? [];
    const page = await fetch(url + new URL(link).pathname);
    assert.match(await page.text(), /Hello Ada\. The test has 3 questions/);
    mailbox.deliver({ from: '', to: 'ada@x.example', subject: 'Next', text: '', sentAt: 0 });
    assert.equal(mailbox.find((mail?.id ?? 0) + 1)?.subject, 'Next');
  });

  /** Changes each emulator's part of the saved state, and starts again on it. */
  const rewrite = async (
    stateDir: string,
    change: (part: Record<string, unknown> | null) => unknown,
  ): Promise<void> => {
    const file = join(stateDir, 'sandbox.json');
    const parts = JSON.parse(await readFile(file, 'utf8')) as Record<
      string,
      Record<string, unknown>
    >;
    const changed = Object.entries(parts).map(([id, part]) => [id, change(part)] as const);
    await writeFile(file, JSON.stringify(Object.fromEntries(changed)));
  };

  const frontPages = async ({ url, emulators }: Sandbox): Promise<void> => {
    for (const { id } of emulators.values())
      assert.ok((await fetch(`${url}/${id}`)).status < 400, `the pages of ${id}`);
  };

  it('fills in what an earlier version did not save yet, and keeps the rest', async (t) => {
    const stateDir = await folder(t);
    const first = await begin(t, { stateDir });
    const before = first.emulators.get('lever')?.snapshot() as Record<string, unknown>;
    await makePad(first.url, 'Kept');
    await first.close();
    await rewrite(stateDir, (part) =>
      Object.fromEntries(
        Object.entries(part ?? {}).filter(
          ([name, value]) => !Array.isArray(value) || ['keys', 'pads', 'users'].includes(name),
        ),
      ),
    );
    const lines: string[] = [];
    const second = await begin(t, { stateDir, log: (line) => lines.push(line) });
    await frontPages(second);
    assert.deepEqual(
      (await pads(second.url)).map(({ name }) => name),
      ['Kept'],
    );
    const after = second.emulators.get('lever')?.snapshot() as Record<string, unknown>;
    assert.deepEqual(Object.keys(after).sort(), Object.keys(before).sort());
    assert.deepEqual(after['keys'], before['keys'], 'its keys still work');
    assert.match(lines.join('\n'), /had saved lever; filled in was: .*panels/);
    await second.close();
    const told: string[] = [];
    await begin(t, { stateDir, log: (line) => told.push(line) });
    assert.deepEqual(told, [], 'and has it from then on');
  });

  it('begins anew with a word where what was saved is of no use', async (t) => {
    const stateDir = await folder(t);
    const first = await begin(t, { stateDir });
    const { apiKey } = first.emulators.get('lever')?.credentials() ?? {};
    await first.close();
    for (const useless of [7, null, 'x']) {
      // Lists in parts, and whole parts, that are something else.
      await rewrite(stateDir, (part) =>
        part !== null && 'users' in part ? { ...part, users: useless } : useless,
      );
      const lines: string[] = [];
      const again = await begin(t, { stateDir, log: (line) => lines.push(line) });
      await frontPages(again);
      assert.equal(again.emulators.get('lever')?.credentials()['apiKey'], apiKey, 'the same seed');
      assert.match(lines.join('\n'), /lever had saved cannot be used.*begins anew/);
      assert.deepEqual(again.mailbox.list(), []);
      await again.close();
    }
  });

  it('is used by one sandbox at a time', async (t) => {
    const stateDir = await folder(t);
    const { url } = await begin(t, { stateDir });
    await assert.rejects(begin(t, { stateDir }), code('data_folder_in_use'));
    assert.equal((await fetch(url)).status, 200);
  });

  it('refuses a file that is no state, and leaves it as it is', async (t) => {
    const stateDir = await folder(t);
    const file = join(stateDir, 'sandbox.json');
    await writeFile(file, '{"lever":');
    await assert.rejects(begin(t, { stateDir }), code('sandbox_state_unreadable'));
    assert.equal(await readFile(file, 'utf8'), '{"lever":');
  });

  it('does not acknowledge what it could not write', async (t) => {
    const stateDir = await folder(t);
    const { url } = await begin(t, { stateDir });
    await makePad(url, 'First');
    await rm(stateDir, { recursive: true });
    assert.equal((await makePad(url, 'Unwritten')).status, 500);
    await mkdir(stateDir);
    assert.equal((await makePad(url, 'Third')).status, 200);
    const file = await readFile(join(stateDir, 'sandbox.json'), 'utf8');
    assert.deepEqual(file.match(/First|Unwritten|Third/g), ['First', 'Unwritten', 'Third']);
  });
});
