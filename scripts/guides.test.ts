/** The guides in `docs/guides`: a page for each connector, and no picture that is missing or left over. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { connectorIds } from '#connectors/registry.ts';

const folder = path.join(import.meta.dirname, '../docs/guides');
const pages = globSync('*.md', { cwd: folder });

test('every connector has a guide that stands beside its form', () => {
  for (const id of connectorIds) assert.ok(pages.includes(`connect-${id}.md`), id);
});

test('every picture is shown by a guide, and every guide’s picture is there', () => {
  const shown = pages.flatMap((page) =>
    Array.from(
      readFileSync(path.join(folder, page), 'utf8').matchAll(/\]\(pictures\/([\w-]+\.png)\)/g),
      ([, name]) => name,
    ),
  );
  assert.ok(shown.length > 20, String(shown.length));
  const taken = globSync('*.png', { cwd: path.join(folder, 'pictures') });
  assert.deepEqual([...new Set(shown)].sort(), taken.sort());
});

test('every page that a guide leads to exists', () => {
  for (const page of pages)
    for (const [, link = ''] of readFileSync(path.join(folder, page), 'utf8').matchAll(
      /(?<!!)\[[^\]]+\]\(([^)#:]+\.md)(?:#[^)]*)?\)/g,
    ))
      assert.ok(globSync(link, { cwd: folder }).length === 1, `${page}: ${link}`);
});
