import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoopwrightError } from '../errors.ts';
import { matches, parsePool } from './pool.ts';

const has = (expression: string, ...tags: string[]): boolean =>
  matches(parsePool(expression), tags);

test('joins tags by AND, OR and NOT, the closest first', () => {
  assert.equal(has('backend and not trainee', 'Backend'), true);
  assert.equal(has('backend AND NOT trainee', 'backend', 'trainee'), false);
  assert.equal(has('a OR b AND c', 'a'), true, 'AND binds closer than OR');
  assert.equal(has('(a OR b) AND c', 'a'), false);
  assert.equal(has('NOT a OR b', 'a', 'b'), true, 'NOT binds closest');
  assert.equal(has('"tech lead" OR "and"', 'AND'), true, 'quoted words are tags');
});

test('names what is wrong with an expression', () => {
  const faults: Array<[string, RegExp]> = [
    ['', /ends too early/],
    ['a AND', /ends too early/],
    ['AND a', /AND stands where a tag belongs/],
    ['(a OR b', /bracket is not closed/],
    ['a b', /nothing joins what follows from b/],
    ['"a', /quotation mark is not closed/],
    ['a'.repeat(1_001), /longer than 1000/],
  ];
  for (const [text, message] of faults)
    assert.throws(
      () => parsePool(text),
      (thrown) =>
        thrown instanceof LoopwrightError &&
        thrown.code === 'pool_expression_invalid' &&
        message.test(thrown.message),
      text,
    );
});
