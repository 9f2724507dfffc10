import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { problem, read, startWorld, type Call, type World } from './testing.ts';

let world: World;
let superAdmin: Call;
let admin: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  superAdmin = await world.as('super_admin');
  admin = await world.as('admin');
});
after(() => world.close());

describe('keys', () => {
  test('a revoked key is refused at once', async () => {
    const made = await superAdmin('POST', '/api/v1/api-keys', {
      name: 'x',
      role: 'admin',
    });
    const headers = { authorization: `Bearer ${read(made, 'key')}` };
    assert.equal((await world.stranger('GET', '/api/v1/me', undefined, headers)).status, 200);
    const gone = await superAdmin('DELETE', `/api/v1/api-keys/${read(made, 'id')}`);
    assert.equal(gone.status, 204);
    problem(
      await world.stranger('GET', '/api/v1/me', undefined, headers),
      401,
      'key_missing_or_wrong',
    );
  });

  test('the list of keys never tells a key', async () => {
    const made = await superAdmin('POST', '/api/v1/api-keys', {
      name: 'x',
      role: 'admin',
    });
    const listed = await superAdmin('GET', '/api/v1/api-keys');
    assert.ok(!listed.text.includes(read(made, 'key')));
    assert.ok(!listed.text.includes('hash'));
  });

  test('other schemes, cut and padded keys are refused', async () => {
    for (const authorization of [
      'Basic bHc6eA==',
      'Bearer',
      'Bearer lw_',
      'Bearer x',
      `Bearer lw_${'a'.repeat(200)}`,
    ])
      problem(
        await world.stranger('GET', '/api/v1/me', undefined, { authorization }),
        401,
        'key_missing_or_wrong',
      );
  });

  test('twenty wrong keys in a minute put an address off, but not its good keys, whatever it says to have been sent by', async () => {
    assert.equal((await admin('GET', '/api/v1/me')).status, 200);
    const wrong = { authorization: `Bearer lw_${'w'.repeat(32)}` };
    let answer = await world.stranger('GET', '/api/v1/me', undefined, wrong);
    for (let tries = 0; answer.status === 401 && tries < 30; tries += 1) {
      const forged = { ...wrong, 'x-forwarded-for': `198.51.100.${String(tries)}` };
      answer = await world.stranger('GET', '/api/v1/me', undefined, forged);
    }
    problem(answer, 429, 'too_many_attempts');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.equal((await admin('GET', '/api/v1/me')).status, 200);
  });
});
