/** Takes the pictures of `docs/guides` anew: the browser tests that walk the guides take them on their way. */
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

for (const file of globSync('docs/guides/pictures/*.png', { cwd: root }))
  rmSync(path.join(root, file));

const { status } = spawnSync(process.execPath, ['scripts/test.ts', 'stories/web'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, LOOPWRIGHT_PICTURES: 'take' },
});
process.exitCode = status ?? 1;
