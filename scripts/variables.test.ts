import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { variablesFile, variablesPage } from './variables.ts';

test('docs/variables.md is what the registry says; npx node scripts/variables.ts writes it', async () => {
  assert.equal(await readFile(variablesFile, 'utf8'), await variablesPage());
});
