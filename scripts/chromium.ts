/**
 * Where a Chromium for the browser tests is; where apt is at hand, Debian's is installed. Its headless
 * shell comes first: the same browser without what a window needs, which starts in a third of the time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** No sandbox as root in a container, and nothing that talks to anybody by itself. */
export const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']; // prettier-ignore

const shell = '/usr/bin/chromium-headless-shell';

const places = [
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const onPath = (): string[] =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => ['chromium', 'google-chrome'].map((name) => path.join(folder, name)));

const find = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH'];
  return named ?? [...places, ...onPath()].find((place) => existsSync(place));
};

const install = (): void => {
  process.stderr.write('test: installing Debian’s Chromium, its headless shell …\n');
  const quietly = { stdio: ['ignore', 'ignore', 'inherit'] as Array<'ignore' | 'inherit'> };
  const patience = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=20'];
  const packages = [
    ...patience,
    'install',
    '-y',
    '--no-install-recommends',
    'chromium-headless-shell',
  ];
  const done = spawnSync('apt-get', packages, quietly);
  // The list of packages may be old or missing.
  if (done.status !== 0 && spawnSync('apt-get', [...patience, 'update'], quietly).status === 0)
    spawnSync('apt-get', packages, quietly);
};

/** Its path. Throws when there is none and none can be had. */
export const needChromium = (): string => {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!existsSync(shell) && process.env['CHROMIUM_PATH'] === undefined && mayInstall) install();
  const found = find();
  if (found !== undefined) return found;
  throw new Error(
    'test: the browser tests need Chromium. Install it, or say where one is with CHROMIUM_PATH.',
  );
};
