/**
 * Builds `dist/`, the code of the npm package: Node refuses to strip types under `node_modules`.
 * Relative imports are rewritten to `.js`; imports by room (`#core/model.ts`) stay as they are and
 * are led to the emitted files by the `imports` of `dist/package.json`.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildWeb } from './web.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

/** `"#core/*.ts": "./src/core/*.ts"` of the clone becomes `"./core/*.js"` of the package. */
const importsOfPackage = (): Record<string, string> => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(manifest.imports).map(([specifier, target]) => [
      specifier,
      target.replace('./src/', './').replace(/\.ts$/, '.js'),
    ]),
  );
};

// The app has a folder and a builder of its own, which know whether it is of the same sources.
mkdirSync(dist, { recursive: true });
for (const name of readdirSync(dist))
  if (name !== 'web') rmSync(path.join(dist, name), { recursive: true, force: true });

const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) {
  console.error('build: the compiler found errors. Run `npm run check` and mend them first.');
  process.exit(1);
}

// What the code reads beside itself; fixtures belong to tests.
const assets = globSync('**/*.{graphql,json,html,css,svg}', {
  cwd: path.join(root, 'src'),
  exclude: ['**/fixtures/**'],
});
for (const asset of assets) {
  mkdirSync(path.join(dist, path.dirname(asset)), { recursive: true });
  copyFileSync(path.join(root, 'src', asset), path.join(dist, asset));
}

writeFileSync(
  path.join(dist, 'package.json'),
  `${JSON.stringify({ type: 'module', imports: importsOfPackage() }, null, 2)}\n`,
);
chmodSync(path.join(dist, 'cli/launch.js'), 0o755);

if (!(await buildWeb())) process.exit(1);
