/** The editor's grammar of texts with variables beside the hub's own, which decides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalise, parse } from '#core/template/parse.ts';
import { createRegistry } from '#core/template/variables.ts';
import { print, read, respelled } from '../../web/parts/variable-text/grammar.ts';

const registry = createRegistry([
  { platform: 'Codility', live: true, tests: true },
  { platform: 'CodeSignal', live: true, tests: false },
]);
const spellingOf = (name: string): string | undefined => registry.find(name)?.name;

const bit = fc.oneof(
  fc.constantFrom(
    ...['$', '$$', '|', '"', '.', ' ', '\n', 's', '5', ':', 'there', '$Candidate.FirstName'],
    ...['$interview.codility.live.link', '$Event.CodeSignal.Link', '$Candidate.CustomFields.Pronouns'],
    ...['$Nobody.Knows', '$example.com', '$Job.Name.Thanks', '|"our office"', '$50,000', '🙂', '<b>'],
  ),
  fc.string({ maxLength: 4 }),
); // prettier-ignore
const texts = fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(''));

test('what is read is printed as it was, whatever it was', () => {
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(print(read(text, spellingOf)), text);
    }),
    { numRuns: 3_000 },
  );
});

test('the editor sees the variables that the hub sees', () => {
  fc.assert(
    fc.property(texts, (text) => {
      // What is left behind by other editors is taken out when it is pasted.
      fc.pre(normalise(text) === text);
      const ours = read(text, spellingOf).flatMap((one) =>
        one.kind === 'text' ? [] : [{ kind: one.kind, source: one.source }],
      );
      const theirs = parse(text, registry).flatMap((one) =>
        one.kind === 'text' ? [] : [{ kind: one.kind, source: one.source }],
      );
      assert.deepEqual(ours, theirs);
    }),
    { numRuns: 3_000 },
  );
});

test('names get the spelling of the registry, and keep what stands behind the bar', () => {
  const spelled = (text: string): string =>
    read(text, spellingOf)
      .map((one) => (one.kind === 'variable' ? respelled(one) : one.source))
      .join('');
  assert.equal(
    spelled('Join $interview.codility.link|"a link that follows", $$5.'),
    'Join $Interview.Codility.Live.Link|"a link that follows", $$5.',
  );
});
