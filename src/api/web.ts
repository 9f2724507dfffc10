/**
 * The web app as it was built: its page for every address that is not one of the hub's own, and the
 * files that the page loads, whose names change with their content.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isScreen } from './access.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { homePage } from './page.ts';
import { ProblemError } from './problem.ts';

/** By the name's ending; a file of another kind is not served. */
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Compressed forms that the build wrote beside a file, the better one first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

type Bytes = Uint8Array<ArrayBuffer>;
interface Built {
  page: string;
  files: ReadonlyMap<string, Bytes>;
}

/** Null: it was not built. */
const readBuilt = async (folder: string): Promise<Built | null> => {
  try {
    const page = await readFile(path.join(folder, 'index.html'), 'utf8');
    const assets = path.join(folder, 'assets');
    const names = await readdir(assets);
    const files = await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(assets, name))] as const),
    );
    return { page, files: new Map(files) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
};

/**
 * No script but the app's own files. Style sheets that the component kit makes while it runs pass by
 * a number that is new with each page; `style-src` has no 'unsafe-inline'.
 */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const serveWeb = (app: OpenAPIHono<ApiEnv>, { hub, version, webFolder }: ApiDeps): void => {
  // Read when somebody asks for it: a start waits for nothing that it does not need.
  let reading: Promise<Built | null> | undefined;
  const built = (): Promise<Built | null> => (reading ??= readBuilt(webFolder));

  const serveApp = async (c: Context<ApiEnv>): Promise<Response> => {
    const found = await built();
    if (!found) return homePage(c, { version, publicUrl: hub.publicUrl });
    const nonce = randomBytes(16).toString('base64');
    c.header('content-security-policy', policyOf(nonce));
    return c.html(found.page.replaceAll('%STYLE_NONCE%', nonce));
  };

  app.get('/', serveApp);

  app.get('/assets/:file', async (c) => {
    const name = c.req.param('file');
    const files = (await built())?.files;
    const type = types[path.extname(name)];
    const plain = files?.get(name);
    if (!plain || type === undefined) throw nothingThere();
    c.header('content-type', type);
    c.header('cache-control', 'public, max-age=31536000, immutable');
    c.header('vary', 'accept-encoding');
    const accepted = c.req.header('accept-encoding') ?? '';
    for (const [encoding, ending] of encodings) {
      const packed = files?.get(name + ending);
      if (!packed || !new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?![.\\d]))`).test(accepted))
        continue;
      c.header('content-encoding', encoding);
      return c.body(packed);
    }
    return c.body(plain);
  });

  // The last route: the screens' addresses are known to the app alone.
  app.get('/*', (c) => {
    if (!isScreen(c.req.path)) throw nothingThere();
    return serveApp(c);
  });
};

const nothingThere = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not_found',
    detail: 'request: there is nothing at this address. Load the page anew.',
  });
