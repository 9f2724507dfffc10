/**
 * Builds the web app.
 *
 *   node scripts/web.ts            into `dist/web`, unless what lies there is of the same sources
 *   node scripts/web.ts types      only the types of the API's client, into `web/hub/schema.d.ts`
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = path.dirname(import.meta.dirname);
const declaration = path.join(root, 'docs/openapi.json');
const types = path.join(root, 'web/hub/schema.d.ts');
const folder = path.join(root, 'dist/web');
const stamp = path.join(folder, '.sources');

const hashOf = (files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
};

/** Never committed, so never out of date: made from the API's own declaration wherever it is needed. */
export const makeTypes = async (): Promise<void> => {
  const head = `// From docs/openapi.json, ${hashOf(['docs/openapi.json'])}\n`;
  if (existsSync(types) && readFileSync(types, 'utf8').startsWith(head)) return;
  const { default: generate, astToString } = await import('openapi-typescript');
  const tree = await generate(new URL(`file://${declaration}`));
  writeFileSync(types, head + astToString(tree));
};

const sources = (): string[] =>
  [
    ...globSync('web/**/*.{ts,tsx,css,svg,html,json}', { cwd: root }),
    ...globSync('docs/guides/**/*.{md,png}', { cwd: root }),
    'docs/openapi.json',
    'package-lock.json',
    'scripts/web.ts',
  ]
    .filter((file) => !file.endsWith('schema.d.ts'))
    .sort();

/** Servers send the packed form to whoever takes it. */
const pack = async (): Promise<void> => {
  const files = globSync('assets/*.{js,css,svg}', { cwd: folder });
  await Promise.all(
    files.map(async (file) => {
      const from = path.join(folder, file);
      const bytes = readFileSync(from);
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
        }),
        promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
      ]);
      writeFileSync(`${from}.br`, br);
      writeFileSync(`${from}.gz`, gz);
    }),
  );
};

/** Whether there is something to serve afterwards. */
export const buildWeb = async (): Promise<boolean> => {
  const now = hashOf(sources());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return true;
  if (!existsSync(path.join(root, 'node_modules/vite'))) {
    process.stderr.write(
      'web: the app is not built, for the packages that build it are missing. The hub starts without it. Run npm ci without --omit=dev, and start again.\n',
    );
    return false;
  }
  process.stderr.write('web: building the app, once for these sources …\n');
  rmSync(folder, { recursive: true, force: true });
  const { build } = await import('vite');
  await build({ root: path.join(root, 'web'), logLevel: 'warn' });
  await pack();
  writeFileSync(stamp, now);
  return true;
};

if (import.meta.main) {
  if (process.argv[2] === 'types') await makeTypes();
  else await buildWeb();
}
