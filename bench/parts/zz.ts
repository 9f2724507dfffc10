import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { connect } from 'node:net';
import { readBody } from '#api/body.ts';
const app = new Hono();
app.post('/x', async (c) => { try { const b = await readBody(c.req.raw, 300); return c.text(`ok ${b.length}`); } catch (e) { return c.text((e as {problem?:{code:string}}).problem?.code ?? String(e), 400); } });
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  const s = connect(port, '127.0.0.1'); const t0 = performance.now();
  s.write('POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n0123456789');
  s.on('data', (d) => { console.log('slow:', (performance.now() - t0).toFixed(0), d.toString().split('\r\n').at(-1)); });
  s.on('close', () => { console.log('slow socket closed', (performance.now() - t0).toFixed(0)); });
  const r = connect(port, '127.0.0.1');
  r.write('POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\nPOST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabcPOST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nPOST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 9999999\r\n\r\n');
  r.on('data', (d) => console.log('fast:', d.toString().split('\r\n').filter((l) => /ok|body/.test(l))));
  setTimeout(() => process.exit(0), 4000);
});
