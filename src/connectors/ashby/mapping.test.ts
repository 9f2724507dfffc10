import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ats } from '#connectors/contract.ts';
import { atsOf, scripted } from './fixtures/testing.ts';

describe('a candidacy', () => {
  const reading = (application: Record<string, unknown>, person: Record<string, unknown>): Ats =>
    atsOf(
      scripted(({ endpoint }) =>
        endpoint === 'application.info'
          ? {
              results: {
                id: 'app-1',
                createdAt: '2026-01-01T00:00:00.000Z',
                status: 'Active',
                candidate: { id: 'person-1', name: 'Ada' },
                currentInterviewStage: { id: 'stage-2' },
                ...application,
              },
            }
          : { results: { id: 'person-1', name: 'Ada Green', ...person } },
      ).link,
    );

  test('is read with nulls and absent fields alike', async () => {
    const candidate = await reading(
      { applicationHistory: null, job: null, archiveReason: null },
      { primaryEmailAddress: null, tags: null, profileUrl: null },
    ).candidate('app-1');
    assert.deepEqual(candidate, {
      remoteId: 'app-1',
      personId: 'person-1',
      name: 'Ada Green',
      email: null,
      stageId: 'stage-2',
      tags: [],
      jobId: null,
      archived: false,
      entries: [{ stageId: 'stage-2', enteredAt: Date.parse('2026-01-01T00:00:00.000Z') }],
      url: 'https://app.ashbyhq.com/candidate-searches/new/right-side/candidates/person-1',
      profile: { phone: '', location: '', customFields: {} },
    });
  });

  test('tells number, place and custom fields in words, and nothing that is private', async () => {
    const candidate = await reading(
      {},
      {
        phoneNumbers: [{ value: '+44 1' }, { value: '+44 2', isPrimary: true }],
        location: { id: 'l', locationSummary: 'London, United Kingdom' },
        customFields: [
          { id: '1', title: 'Preferred name', value: 'Countess', isPrivate: false },
          { id: '2', title: 'Languages', value: ['en', 'fr'], valueLabel: ['English', 'French'] },
          { id: '3', title: 'Salary', value: { value: 9, currencyCode: 'EUR' } },
          { id: '4', title: 'Rumour', value: 'secret', isPrivate: true },
          { id: '5', title: 'Empty', value: null },
        ],
      },
    ).candidate('app-1');
    assert.deepEqual(candidate?.profile, {
      phone: '+44 2',
      location: 'London, United Kingdom',
      customFields: { 'Preferred name': 'Countess', Languages: 'English, French' },
    });
  });

  test('has its arrivals oldest first, whatever order Ashby gives them in', async () => {
    const candidate = await reading(
      {
        applicationHistory: [
          { stageId: 'stage-2', enteredStageAt: '2026-01-03T00:00:00.000Z' },
          {
            stageId: 'stage-1',
            enteredStageAt: '2026-01-01T00:00:00.000Z',
            leftStageAt: '2026-01-03T00:00:00.000Z',
          },
        ],
      },
      {},
    ).candidate('app-1');
    assert.deepEqual(
      candidate?.entries.map((entry) => entry.stageId),
      ['stage-1', 'stage-2'],
    );
  });

  test('whose history lags behind is dated by what it left, not by its last edit', async () => {
    const candidate = await reading(
      {
        updatedAt: '2026-05-05T00:00:00.000Z',
        applicationHistory: [
          {
            stageId: 'stage-1',
            enteredStageAt: '2026-01-01T00:00:00.000Z',
            leftStageAt: '2026-01-03T00:00:00.000Z',
          },
        ],
      },
      {},
    ).candidate('app-1');
    assert.deepEqual(candidate?.entries.at(-1), {
      stageId: 'stage-2',
      enteredAt: Date.parse('2026-01-03T00:00:00.000Z'),
    });
  });

  test('of somebody without a primary address has another of theirs', async () => {
    const candidate = await reading(
      {},
      { emailAddresses: [{ value: 'ada@work.example' }] },
    ).candidate('app-1');
    assert.equal(candidate?.email, 'ada@work.example');
  });

  test('keeps a profile address only when a browser may follow it', async () => {
    const candidate = await reading({}, { profileUrl: 'javascript:alert(1)' }).candidate('app-1');
    assert.match(candidate?.url ?? '', /^https:\/\/app\.ashbyhq\.com\//);
  });

  test('is not taken for deleted when the host does not know the path', async () => {
    const { link } = scripted(() => new Response('not found', { status: 404 }));
    await assert.rejects(atsOf(link).candidate('app-1'), { kind: 'not_found' });
  });
});

test('a note is escaped, keeps to the allowed elements and ends with its mark', async () => {
  const { link, calls } = scripted(({ endpoint }) => ({
    results:
      endpoint === 'application.info'
        ? { id: 'app-1', candidate: { id: 'person-1' } }
        : { id: 'note-1' },
  }));
  const note = [
    ['Link for <b>Ada</b> & "co": ', { text: 'open', href: 'https://x.example/?a=1&b="2"' }],
    [{ text: 'bad', href: 'javascript:alert(1)' }],
  ];
  assert.deepEqual(await atsOf(link).addNote('app-1', note, 'abcd1234'), { id: 'note-1' });
  assert.deepEqual(calls.at(-1)?.body, {
    candidateId: 'person-1',
    note: {
      type: 'text/html',
      value:
        '<ul><li>Link for &lt;b&gt;Ada&lt;/b&gt; &amp; &quot;co&quot;: <a href="https://x.example/?a=1&amp;b=&quot;2&quot;">open</a></li><li>bad [ref:abcd1234]</li></ul>',
    },
  });
});
