import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine } from './csv.ts';

test('a record ends with CRLF, and only what has to be is quoted', () => {
  assert.equal(csvLine(['a', '', 'b c']), 'a,,b c\r\n');
  assert.equal(csvLine(['a,b', 'say "hi"', 'two\nlines']), '"a,b","say ""hi""","two\nlines"\r\n');
});

test('nothing is left that a spreadsheet would calculate', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
    const line = csvLine([`${start}HYPERLINK("http://x")`]);
    assert.ok(line.replace(/^"/, '').startsWith(`'${start}`), JSON.stringify(line));
  }
  assert.equal(csvLine(['=1,2']), '"\'=1,2"\r\n');
  assert.equal(csvLine(['a=b', "o'k", '1-2']), "a=b,o'k,1-2\r\n");
});
