/**
 * `loopwright demo`: hub and sandbox in one process, and a person's steps on both sides. Everything
 * after the start goes through the hub's HTTP API and the sandbox's pages.
 */
import { join } from 'node:path';
import { loadConnectors } from '#connectors/registry.ts';
import { messageOf } from '#core/errors.ts';
import type { Log } from '#jobs/hub.ts';
import { setupLinkAgain } from '#jobs/set-up.ts';
import { now } from '#sandbox/clock.ts';
import { startSandbox, type Sandbox } from '#sandbox/sandbox.ts';
import { sandboxSide } from '#sandbox/side.ts';
import { serverTime } from '#store/database.ts';
import { startHub, type Running } from '#main.ts';
import type { Config } from '#config.ts';
import { createApi } from './demo-api.ts';
import {
  connectAshby,
  connectCodeinterview,
  connectCodingame,
  connectLever,
  crossedLink,
  crossedTest,
  linkGuide,
  testGuide,
} from './demo-guides.ts';
import { createHands } from './demo-hands.ts';
import { demoKey } from './demo-key.ts';
import { playScheduling } from './demo-scheduling.ts';
import { createReport, StepFailed, type Report } from './demo-report.ts';
import type { Stage } from './demo-setup.ts';
import { exitCodes } from './exit-codes.ts';
import { listenForStop } from './signals.ts';

export interface DemoOptions {
  config: Config;
  /** End when the steps are done. */
  exit: boolean;
}

type Print = (line: string) => void;

const candidates = 60;
const seed = 1;

/**
 * Resolves to the exit code. Throws what the start threw: `port_in_use` and `data_folder_in_use`
 * when it runs already.
 */
export const runDemo = async (options: DemoOptions, print: Print): Promise<number> => {
  const stop = listenForStop((code) => process.exit(code));
  let isStopping = false;
  const say = (line: string): void => {
    if (!isStopping) print(line);
  };
  const ends: Array<() => Promise<void>> = [];
  try {
    const played = play(options, ends, say);
    const isTrue = await Promise.race([played, stop.asked.then(() => null)]);
    if (isTrue !== null && !options.exit) await stop.asked;
    const mayEnd = isTrue === null && !options.exit;
    return isTrue === true || mayEnd ? exitCodes.ok : exitCodes.failed;
  } finally {
    isStopping = true;
    for (const end of ends.reverse()) await end();
    stop.release();
  }
};

/** Starts everything, then plays; whether every step came true. */
const play = async (
  { config, exit }: DemoOptions,
  ends: Array<() => Promise<void>>,
  print: Print,
): Promise<boolean> => {
  const report = createReport(print, now);
  report.heading('Start');
  const sandbox = await starting(report, 'the sandbox plays the vendors', () =>
    openSandbox(config, print),
  );
  ends.push(() => sandbox.close());
  report.note(`${sandbox.url}, mails at ${sandbox.url}/mailbox`);
  report.note('Webhooks over http to this machine are allowed, for the demo only.');
  const hub = await starting(report, 'PostgreSQL, migrations and the hub are up', () =>
    openHub(config, sandbox, print),
  );
  ends.push(() => hub.close());
  report.note(
    `${hub.url}, may call the private address ${new URL(sandbox.url).host}, for the demo only`,
  );
  const { key, file, found } = await demoKey(hub.hub.db, config.dataDir);
  report.note(
    found ? `API key of the earlier start, kept in ${file}` : `a new API key, kept in ${file}`,
  );
  try {
    await playGuides({ api: createApi(hub.url, key), hands: createHands(sandbox.url), report });
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
    print('');
    print(thrown.message);
    return false;
  }
  report.heading('Every step came true.');
  if (exit) return true;
  print('To look at, until Ctrl+C:');
  for (const line of addresses(hub, sandbox.url, key)) print(`  ${line}`);
  return true;
};

const playGuides = async (stage: Stage): Promise<void> => {
  const { report } = stage;
  report.heading('CodinGame with Lever: a tag and a stage send a test');
  const lever = await connectLever(stage);
  const codingame = await connectCodingame(stage);
  await testGuide(stage, lever, codingame);
  report.heading('CodeInterview.io with Ashby: a stage makes an interview link');
  const ashby = await connectAshby(stage);
  const codeinterview = await connectCodeinterview(stage);
  await linkGuide(stage, ashby, codeinterview);
  report.heading('Any ATS with any platform: Lever with CodeInterview.io');
  await crossedLink(stage, lever, codeinterview);
  report.heading('Any ATS with any platform: Ashby with CodinGame');
  await crossedTest(stage, ashby, codingame);
  await playScheduling(stage, lever);
};

/** A step whose failure keeps its own words and exit code. */
const starting = <T>(report: Report, name: string, act: () => Promise<T>): Promise<T> =>
  report.step(name, act).catch((thrown: unknown) => {
    throw thrown instanceof StepFailed ? thrown.cause : thrown;
  });

const openSandbox = (config: Config, print: Print): Promise<Sandbox> =>
  startSandbox({
    port: config.sandboxPort,
    smtpPort: config.sandboxSmtpPort,
    candidates,
    seed,
    rate: 'vendor',
    allowHttpLoopback: true,
    stateDir: join(config.dataDir, 'sandbox'),
    log: print,
  });

const openHub = async (
  config: Config,
  sandbox: Sandbox,
  print: Print,
): Promise<Running & { url: string }> => {
  const say = ({ error }: Record<string, unknown>, message: string): void => {
    const cause = error === undefined ? '' : ` (${messageOf(error)})`;
    print(`      hub: ${message}${cause}`);
  };
  // What it tells of an ordinary day would drown the steps.
  const log: Log = { info: () => undefined, warn: say, error: say };
  const running = await startHub(
    // The sandbox's webhooks come from this machine, so they need no public address.
    { ...config, role: 'all', publicUrl: undefined },
    { log, allowHosts: sandbox.places, sandbox: sandboxSide(sandbox, await loadConnectors()) },
  );
  const { url } = running;
  if (url === null) throw new Error('demo: the hub does not listen.');
  const { db } = running.hub;
  const setupLink = running.setupLink ?? (await setupLinkAgain(db, url, await serverTime(db)));
  return { ...running, url, setupLink };
};

const addresses = (
  { url: hub, setupLink }: { url: string; setupLink: string | null },
  sandbox: string,
  key: string,
): string[] => [
  ...(setupLink === null
    ? [`The web app          ${hub}`]
    : [
        `The web app          ${setupLink}`,
        'Make your account there first, then look at Settings > Company.',
      ]),
  `The vendors' side    ${sandbox}`,
  `The mailbox          ${sandbox}/mailbox`,
  `The hub's API        ${hub}/api/openapi.json`,
  `Your API key         ${key}`,
  `For example          curl -H 'Authorization: Bearer ${key}' ${hub}/api/v1/candidates`,
  'Move a candidate in Lever to Recruiter screen, or in Ashby to Technical Quiz, and watch.',
];
