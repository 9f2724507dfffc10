import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marking, unmark } from './marks.ts';
import { render } from './render.ts';
import { facts } from './testing.ts';
import { createRegistry } from './variables.ts';

const registry = createRegistry([{ platform: 'Codility', live: true, tests: true }]);

const marked = (text: string, change: Parameters<typeof facts>[0] = {}) =>
  unmark(render(text, facts(change), 'candidate_mail', 'plain', marking(registry)).text);

test('tells where each value stands in the text', () => {
  const { text, marks } = marked(
    'Hi $Candidate.FirstName|you, for $job.name at $$5. $Job.Location',
  );
  assert.equal(text, 'Hi Ada, for Backend Engineer at $5. ');
  assert.deepEqual(
    marks.map(({ from, to, variable }) => [text.slice(from, to), variable]),
    [
      ['Ada', '$Candidate.FirstName'],
      ['Backend Engineer', '$Job.Name'],
    ],
  );
});

test('of an itinerary, which is made of values, marks the whole', () => {
  const itinerary = '\ue000$Event.Name\ue00110:00\ue002 Design\nLunch';
  const { text, marks } = marked('Plan:\n$Interview.Itinerary', {
    interview: { ...facts().interview, itinerary },
  });
  assert.equal(text, 'Plan:\n10:00 Design\nLunch');
  assert.deepEqual(marks, [{ from: 6, to: text.length, variable: '$Interview.Itinerary' }]);
});

test('marking changes nothing of what is said, whoever is called what', () => {
  const bit = fc.constantFrom('Hi ', '$Candidate.FullName', '$Job.Location|"our office"', '\n', '$$', '$Interview.Itinerary', '.'); // prettier-ignore
  fc.assert(
    fc.property(fc.array(bit).map((bits) => bits.join('')), fc.string(), (text, name) => {
      const change = { candidate: { ...facts().candidate, name } };
      const plain = render(text, facts(change), 'candidate_mail', 'plain', registry);
      assert.equal(marked(text, change).text, plain.text);
    }),
  );
}); // prettier-ignore
