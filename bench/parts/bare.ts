/** Builds and serves `web/bare` as the hub serves the app: packed, from loopback. */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './rig.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export const serveBare = async (): Promise<{ url: string; close(): Promise<void> }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'loopwright-bare-'));
  await build({
    root: path.join(root, 'web/bare'),
    configFile: path.join(root, 'web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  });
  const packed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const at = request.url === '/' ? '/index.html' : (request.url ?? '');
    void (async () => {
      try {
        const bytes =
          packed.get(at) ??
          brotliCompressSync(await readFile(path.join(folder, path.normalize(at))));
        packed.set(at, bytes);
        response.writeHead(200, {
          'content-type': types[path.extname(at)] ?? 'application/octet-stream',
          'content-encoding': 'br',
        });
        response.end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
