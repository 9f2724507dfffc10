import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssessmentResult, Note } from '#core/model.ts';
import { linkNote, resultNote, scoreText, sentNote } from './notes.ts';

const textOf = (note: Note): string =>
  note
    .map((line) => line.map((span) => (typeof span === 'string' ? span : span.text)).join(''))
    .join('\n');

const result: AssessmentResult = {
  status: 'completed',
  score: 82,
  maxScore: 100,
  percent: 82.4,
  verdict: 'to review',
  reportUrl: null,
  expiresAt: null,
  startedAt: null,
  finishedAt: null,
};

test('tells platform, test, stage, rule and link of a sent test', () => {
  const note = sentNote({
    platform: 'CodinGame',
    test: 'Backend',
    url: 'https://t.example/1',
    stage: 'Screen',
    rule: 'Screening',
  });
  assert.equal(
    textOf(note),
    'Assessment sent (CodinGame): Backend\nStage: Screen · Rule: Screening\nTest link: https://t.example/1',
  );
});

test('keeps the address of an interview link as a link', () => {
  const note = linkNote({
    platform: 'CodeInterview',
    url: 'https://c.example/x',
    stage: 'Quiz',
    rule: null,
  });
  assert.deepEqual(note[0]?.[1], { text: 'https://c.example/x', href: 'https://c.example/x' });
});

test('tells score, percentage, verdict and report, and that it was scored anew', () => {
  const note = resultNote({
    platform: 'CodinGame',
    test: 'Backend',
    result,
    reportUrl: 'https://r.example/1',
    revision: 2,
  });
  assert.equal(
    textOf(note),
    'Assessment result (CodinGame): Backend, scored anew\nStatus: completed · Score: 82/100 (82 %)\nVerdict: to review\nReport: https://r.example/1',
  );
});

test('leaves out what the platform did not tell', () => {
  const bare = { ...result, score: null, maxScore: null, percent: null, verdict: null };
  const note = resultNote({ platform: 'P', test: 'T', result: bare, reportUrl: null, revision: 1 });
  assert.equal(textOf(note), 'Assessment result (P): T\nStatus: completed');
  assert.equal(scoreText({ score: null, maxScore: null, percent: 55.5 }), '56 %');
  assert.equal(scoreText({ score: 7, maxScore: null, percent: null }), '7');
});
