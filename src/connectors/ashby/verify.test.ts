import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Link } from '#connectors/contract.ts';
import type { AshbySettings } from './client.ts';
import { failure, playground, scripted } from './fixtures/testing.ts';
import ashby from './index.ts';

describe('testing the connection', () => {
  const statesOf = async (link: Link<AshbySettings>): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await ashby.verify(link)).permissions.map(({ name, state }) => [name, state]),
    );

  test('reads the permissions off the key, in either spelling', async () => {
    const { link } = scripted(() => ({
      results: { title: 'Hub', scopes: ['candidates:read', 'hiring_process_metadata:read'] },
    }));
    const { account } = await ashby.verify(link);
    assert.deepEqual(account, [{ label: 'API key', value: 'Hub' }]);
    const states = await statesOf(link);
    assert.equal(states.candidatesRead, 'granted');
    assert.equal(states.hiringProcessMetadataRead, 'granted');
    assert.equal(states.candidatesWrite, 'missing');
    assert.equal(states.apiKeysWrite, 'missing');
  });

  test('tries the reads where the key may not tell of itself, and claims no more', async () => {
    const { link, calls } = scripted(({ endpoint }) => {
      if (endpoint === 'application.info') return failure({ errors: ['application_not_found'] });
      if (endpoint === 'candidateTag.list') return { results: [] };
      if (endpoint === 'user.info') return failure({ errors: ['invalid_input'] });
      return failure({ errors: [{ message: 'no', parameter: 'module' }] }, 403);
    });
    assert.deepEqual(await statesOf(link), {
      candidatesRead: 'granted',
      candidatesWrite: 'not_checked',
      interviewsRead: 'missing',
      interviewsWrite: 'not_checked',
      jobsRead: 'missing',
      organizationRead: 'not_checked',
      hiringProcessMetadataRead: 'granted',
      apiKeysRead: 'missing',
      apiKeysWrite: 'not_checked',
    });
    for (const { endpoint } of calls) assert.match(endpoint, /\.(info|list)$/);
  });

  test('warns of confidential jobs and of a version that is going away', async () => {
    const { link } = scripted(() =>
      Response.json(
        { success: true, results: { title: 'Hub', scopes: ['jobs:read'] } },
        { headers: { 'ashby-version-status': 'deprecated' } },
      ),
    );
    const { warnings } = await ashby.verify(link);
    assert.match(warnings.join(' '), /confidential/);
    assert.match(warnings.join(' '), /Update Loopwright/);
  });

  test('fails when the key does not work at all', async () => {
    const { link } = scripted(() => new Response('', { status: 403 }));
    await assert.rejects(ashby.verify(link), { kind: 'unauthorized' });
  });
});

describe('in the emulated Ashby', () => {
  test('a key with all permissions is seen to have them', async () => {
    const { link } = playground();
    const { permissions, account } = await ashby.verify({
      ...link,
      settings: ashby.settings.parse(link.settings),
    });
    assert.ok(account.length > 0);
    for (const { name, state } of permissions) assert.equal(state, 'granted', name);
  });
});
