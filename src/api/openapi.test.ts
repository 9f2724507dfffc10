import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { version } from '#main.ts';
import { access } from './access.ts';
import { openApiDocument } from './openapi.ts';

const committed = new URL('../../docs/openapi.json', import.meta.url);

test('docs/openapi.json is what the routes say; else write it anew with `loopwright openapi`', async () => {
  const now: unknown = JSON.parse(JSON.stringify(openApiDocument(version)));
  assert.deepEqual(now, JSON.parse(await readFile(committed, 'utf8')));
});

test('every route under /api/v1 is described, and tells which right it needs', () => {
  const { paths } = openApiDocument(version) as {
    paths: Record<string, Record<string, { 'x-access': string; summary: string }>>;
  };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => {
      assert.ok(route.summary, path);
      return `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')} ${route['x-access']}`;
    }),
  );
  const served = Object.entries(access)
    .filter(([route]) => route.includes(' /api/v1/'))
    .map(([route, right]) => `${route} ${right}`);
  assert.deepEqual(described.sort(), served.sort());
});

test('every list is paged, but for the catalogue of connectors', () => {
  interface Route {
    parameters?: Array<{ name: string }>;
    responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  }
  interface Schema {
    properties?: Record<string, unknown>;
  }
  const { paths } = openApiDocument(version) as { paths: Record<string, { get?: Route }> };
  const lists = Object.entries(paths).flatMap(([path, { get }]) => {
    const schema = get?.responses['200']?.content?.['application/json']?.schema;
    return get && schema?.properties?.['items'] ? [{ path, get, schema }] : [];
  });
  assert.ok(lists.length > 10, String(lists.length));
  for (const { path, get, schema } of lists) {
    assert.ok(schema.properties?.['next'], path);
    const names = (get.parameters ?? []).map(({ name }) => name);
    const isPaged = names.includes('limit') && names.includes('cursor');
    assert.equal(isPaged, path !== '/api/v1/connectors', path);
  }
});
