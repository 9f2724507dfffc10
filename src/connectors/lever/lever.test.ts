import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { someCandidate, type AtsCase } from '#connectors/conformance-ats-case.ts';
import { atsConformance } from '#connectors/conformance-ats.ts';
import { describeSettings } from '#connectors/settings.ts';
import type { Candidate, Note } from '#core/model.ts';
import { createEmulator } from './emulator/index.ts';
import { bare, callApi, move, nobody, open, otherStage, scripted } from './fixtures/testing.ts';
import lever from './index.ts';
import { scopes } from './oauth.ts';

atsConformance(lever, createEmulator, {
  unknownId: nobody,
  unknownPersonId: nobody,
  wrongKey: { apiKey: 'no-such-key' },
  otherStage,
  move,
});

// ---------------------------------------------------------------------------------------------

const read = async (opportunity: Record<string, unknown>): Promise<Candidate> => {
  const found = await scripted(() => ({ data: { ...bare, ...opportunity } })).ats.candidate('o1');
  assert.ok(found);
  return found;
};

describe('a candidacy at Lever', () => {
  test('needs next to nothing to be read', async () => {
    assert.deepEqual(await read({ emails: null, tags: null, archived: null, urls: null }), {
      remoteId: 'o1',
      personId: 'c1',
      name: '',
      email: null,
      stageId: 'lead-new',
      tags: [],
      jobId: null,
      archived: false,
      entries: [{ stageId: 'lead-new', enteredAt: 500 }],
      url: 'https://hire.lever.co/candidates/o1',
      profile: { phone: '', location: '' },
    });
  });

  test('tells a telephone number and a place, where Lever knows them', async () => {
    const phones = [
      { type: 'other', value: '' },
      { type: 'mobile', value: '+44 20' },
    ];
    const { profile } = await read({ location: 'London', phones });
    assert.deepEqual(profile, { phone: '+44 20', location: 'London' });
    assert.deepEqual((await read({ location: null, phones: null })).profile, {
      phone: '',
      location: '',
    });
  });

  test('is read alike when contact, stage and applications are expanded', async () => {
    const found = await read({
      contact: { id: 'c2', name: 'x' },
      stage: { id: 'offer', text: 'Offer' },
      applications: [
        { id: 'a1', posting: 'p-old', archived: { reason: 'r', archivedAt: 1 } },
        { id: 'a2', posting: { id: 'p-new' }, archived: null },
      ],
    });
    assert.equal(found.personId, 'c2');
    assert.equal(found.stageId, 'offer');
    assert.equal(found.jobId, 'p-new');
  });

  test('has its arrivals oldest first, whatever order Lever gives', async () => {
    const found = await read({
      stage: 'b',
      stageChanges: [
        { toStageId: 'b', toStageIndex: 2, updatedAt: 900, userId: 'u' },
        { toStageId: 'a', toStageIndex: 1, updatedAt: 700 },
        { toStageId: null, updatedAt: 800 },
      ],
    });
    assert.deepEqual(found.entries, [
      { stageId: 'a', enteredAt: 700 },
      { stageId: 'b', enteredAt: 900 },
    ]);
  });

  test('whose history lacks the present stage came to it when created, never before the rest', async () => {
    const found = await read({
      stageChanges: [{ toStageId: 'a', updatedAt: 700 }],
      updatedAt: 999,
    });
    assert.deepEqual(found.entries.at(-1), { stageId: 'lead-new', enteredAt: 700 });
  });

  test('is linked by the address that Lever gives, unless that is none', async () => {
    const show = 'https://hire.eu.lever.co/candidates/o1';
    assert.equal((await read({ urls: { show } })).url, show);
    const odd = await read({ urls: { show: 'javascript:alert(1)' } });
    assert.equal(odd.url, 'https://hire.lever.co/candidates/o1');
  });

  test('takes the first address that is one, and keeps tags as they are', async () => {
    const found = await read({
      emails: ['', ' a@x.example ', 'b@x.example'],
      tags: ['Ünit 1', ' two'],
    });
    assert.equal(found.email, 'a@x.example');
    assert.deepEqual(found.tags, ['Ünit 1', ' two']);
  });

  test('that is confidential is not there for a key without that access', async () => {
    const { ats } = scripted(() =>
      Response.json({ code: 'Forbidden', message: 'no' }, { status: 403 }),
    );
    assert.equal(await ats.candidate('o1'), null);
  });

  test('is not called gone by a page that is not from Lever', async () => {
    for (const status of [403, 404]) {
      const { ats } = scripted(() => new Response('<html>nginx</html>', { status }));
      await assert.rejects(ats.candidate('o1'), { kind: 'unexpected_shape', status });
    }
  });

  test('that Lever archived is archived, and is still read', async () => {
    const opened = open();
    const { ats, page } = opened;
    const { remoteId, stageId } = await someCandidate(ats);
    const reasons = await callApi(opened, 'GET', '/archive_reasons');
    const { data } = (await reasons.json()) as { data: Array<{ id: string }> };
    await page(`/candidates/${remoteId}/archive`, { reason: data[0]?.id ?? '' });
    assert.equal((await ats.candidate(remoteId))?.archived, true);
    const listed = await ats.inStage(stageId, null);
    assert.ok(listed.items.every((one) => one.remoteId !== remoteId));
  });
});

const noteFor = (text: string): Note => [
  [text],
  ['Details: ', { text: 'Report', href: 'https://platform.example/r/1' }],
  [{ text: 'https://platform.example/r/2', href: 'https://platform.example/r/2' }],
];

const noteTexts = async (opened: AtsCase, remoteId: string): Promise<string[][]> => {
  const response = await callApi(opened, 'GET', `/opportunities/${remoteId}/notes`);
  const { data } = (await response.json()) as { data: Array<{ fields: Array<{ value: string }> }> };
  return data.map(({ fields }) => fields.map(({ value }) => value));
};

describe('a note at Lever', () => {
  test('is plain text with its links written out and the ref at the end', async () => {
    const opened = open();
    const { remoteId } = await someCandidate(opened.ats);
    await opened.ats.addNote(remoteId, noteFor('Score: 80 %'), 'ab12cd34');
    assert.deepEqual(await noteTexts(opened, remoteId), [
      [
        'Score: 80 %\nDetails: Report: https://platform.example/r/1\nhttps://platform.example/r/2 [ref:ab12cd34]',
      ],
    ]);
    const written = opened.emulator.requests.find(({ method }) => method === 'POST');
    assert.match(written?.path ?? '', /[?&]perform_as=[0-9a-f-]{36}$/);
  });

  test('mentions nobody, whatever a candidate is called', async () => {
    const opened = open();
    const { remoteId } = await someCandidate(opened.ats);
    await opened.ats.addNote(remoteId, [['@sam passed, see a@b.example'], ['by @kim']], 'r1');
    const [[text] = []] = await noteTexts(opened, remoteId);
    assert.ok(text);
    assert.doesNotMatch(text, /(^|\s)@\w/);
    assert.match(text, /a@b\.example/);
  });

  test('that was deleted is not found, and not updated', async () => {
    const opened = open();
    const { ats } = opened;
    const { remoteId } = await someCandidate(ats);
    const { id } = await ats.addNote(remoteId, noteFor('x'), 'ab12cd34');
    await callApi(opened, 'DELETE', `/opportunities/${remoteId}/notes/${id}`);
    assert.equal(await ats.findNote(remoteId, 'ab12cd34'), null);
    await assert.rejects(async () => ats.updateNote?.(remoteId, id, noteFor('y'), 'ab12cd34'), {
      kind: 'not_found',
    });
  });

  test('is found behind a hundred others', async () => {
    const opened = open();
    const { remoteId } = await someCandidate(opened.ats);
    const { id } = await opened.ats.addNote(remoteId, noteFor('x'), 'ab12cd34');
    for (let count = 0; count < 101; count += 1) {
      opened.advance(1_000);
      await callApi(opened, 'POST', `/opportunities/${remoteId}/notes`, { value: 'chat' });
    }
    assert.deepEqual(await opened.ats.findNote(remoteId, 'ab12cd34'), { id });
  });

  test('keeps what others commented on it when its own text is replaced', async () => {
    const opened = open();
    const { ats } = opened;
    const { remoteId } = await someCandidate(ats);
    const { id } = await ats.addNote(remoteId, [['first']], 'ab12cd34');
    const comment = `/opportunities/${remoteId}/notes?note_id=${id}`;
    await callApi(opened, 'POST', comment, { value: 'Well done' });
    await ats.updateNote?.(remoteId, id, [['second']], 'ab12cd34');
    assert.deepEqual(await noteTexts(opened, remoteId), [['second [ref:ab12cd34]', 'Well done']]);
  });

  test('has its id under either name', async () => {
    const documented = scripted(() => ({ data: { noteId: 'n1' } }));
    assert.deepEqual(await documented.ats.addNote('o1', [['x']], 'r'), { id: 'n1' });
    const recorded = scripted(() => ({ data: { id: 'n2', text: 'Note' } }));
    assert.deepEqual(await recorded.ats.addNote('o1', [['x']], 'r'), { id: 'n2' });
  });
});

describe('testing the connection', () => {
  const ok = (path: string): Record<string, unknown> =>
    path.startsWith('/users/') ? { data: { id: 'user-1', name: 'Sam Okafor' } } : { data: [] };

  test('names the user it acts as, and claims no right that only a write would show', async () => {
    const { link, calls } = scripted(ok);
    const { account, permissions, warnings } = await lever.verify(link);
    assert.deepEqual(account.at(-1), { label: 'Acts as', value: 'Sam Okafor' });
    assert.deepEqual(warnings, []);
    const states = Object.fromEntries(permissions.map(({ name, state }) => [name, state]));
    assert.equal(states['opportunities:read:admin'], 'granted');
    assert.equal(states['notes:write:admin'], 'not_checked');
    assert.equal(states['webhooks:write:admin'], 'not_checked');
    assert.ok(calls.every(({ method }) => method === 'GET'));
    assert.deepEqual(
      scopes.filter((scope) => scope !== 'offline_access' && !(scope in states)),
      [],
      'asked for and not shown',
    );
  });

  test('says which permission a key lacks, and that a new key is needed', async () => {
    const opened = open();
    const made = await opened.page('/settings/credentials', {
      name: 'narrow',
      permissions: 'stages:read:admin',
    });
    const key = /[\w-]{30,}/.exec(
      (await made.text()).replace(/^[\s\S]*<main>/, '').replace(/<[^>]*>/g, ' '),
    )?.[0];
    assert.ok(key);
    const settings = lever.settings.parse({ ...opened.link.settings, apiKey: key });
    const { permissions } = await lever.verify({ ...opened.link, settings });
    const missing = permissions.filter(({ state }) => state === 'missing');
    assert.deepEqual(
      permissions.filter(({ state }) => state === 'granted').map(({ name }) => name),
      ['stages:read:admin'],
    );
    assert.ok(missing.length >= 4);
    for (const { where } of missing) assert.match(where ?? '', /new key/);
  });

  test('warns of a user that is unknown or deactivated', async () => {
    const unknown = scripted((path) =>
      path.startsWith('/users/') ? new Response('{}', { status: 404 }) : { data: [] },
    );
    assert.match((await lever.verify(unknown.link)).warnings.join(), /no user with this id/);
    const gone = scripted((path) =>
      path.startsWith('/users/')
        ? { data: { id: 'user-1', name: 'Sam', deactivatedAt: 5 } }
        : { data: [] },
    );
    assert.match((await lever.verify(gone.link)).warnings.join(), /Sam is deactivated/);
  });
});

describe('the settings of Lever', () => {
  test('keep the slash of the audience and take it from other addresses', () => {
    const parsed = lever.settings.parse({
      apiBase: 'https://api.sandbox.lever.co/v1/',
      audience: 'https://api.sandbox.lever.co/v1/',
      performAs: ' user-1 ',
      apiKey: ' "abc"\n',
    });
    assert.equal(parsed.apiBase, 'https://api.sandbox.lever.co/v1');
    assert.equal(parsed.audience, 'https://api.sandbox.lever.co/v1/');
    assert.equal(parsed.performAs, 'user-1');
    assert.equal(parsed.apiKey, 'abc');
  });

  test('do without a key, offer the user from a list, and know every host in full', () => {
    const fields = describeSettings(lever.settings);
    const keyField = fields.find(({ name }) => name === 'apiKey');
    assert.deepEqual([keyField?.required, keyField?.secret], [false, true]);
    assert.equal(fields.find(({ name }) => name === 'performAs')?.choices, 'users');
    for (const host of lever.hosts)
      assert.doesNotThrow(
        () => lever.settings.parse({ ...host.settings, performAs: 'u' }),
        host.id,
      );
    assert.deepEqual(
      lever.hosts.map(({ settings }) => Object.keys(settings).length),
      [4, 4, 4],
    );
  });

  test('without key and tokens cannot reach anything, and say what to do', async () => {
    const { link } = scripted(() => ({ data: [] }));
    const { ats } = lever.connect({ ...link, settings: { ...link.settings, apiKey: undefined } });
    await assert.rejects(async () => ats?.stages(), {
      kind: 'unauthorized',
      message: /Paste an API key/,
    });
  });
});
