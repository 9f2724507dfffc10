import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectorError } from '#connectors/contract.ts';
import { atsOf, failure, scripted } from './fixtures/testing.ts';

/** What asking for users ends in when Ashby answers this. */
const refusal = async (response: () => Response): Promise<ConnectorError> => {
  const thrown: unknown = await atsOf(scripted(response).link)
    .users()
    .then(
      () => null,
      (error: unknown) => error,
    );
  assert.ok(thrown instanceof ConnectorError);
  return thrown;
};

describe('a call', () => {
  test('carries the key as a user name without a password, and the dated version', async () => {
    const { link, calls } = scripted(() => ({ results: [], moreDataAvailable: false }));
    await atsOf(link).users();
    const headers = calls[0]?.headers;
    assert.equal(headers?.get('authorization'), `Basic ${btoa('key-of-the-tests:')}`);
    assert.equal(headers.get('ashby-version'), '2026-01-01');
    assert.equal(headers.get('content-type'), 'application/json');
    assert.match(headers.get('user-agent') ?? '', /Loopwright/);
  });

  const kinds: Array<[string, () => Response, string]> = [
    ['a plain 401', () => new Response('Unauthorized', { status: 401 }), 'unauthorized'],
    ['a 403 without a reason', () => new Response('Forbidden', { status: 403 }), 'unauthorized'],
    ['a 403 about the key', () => failure({ errors: ['invalid_key'] }, 403), 'unauthorized'],
    [
      'a 403 with the permission code',
      () => failure({ errorInfo: { code: 'missing_endpoint_permission' } }, 403),
      'forbidden',
    ],
    [
      'a 403 in the object-array form',
      () => failure({ errors: [{ message: 'Needs module access', parameter: 'x' }] }, 403),
      'forbidden',
    ],
    [
      'the permission code inside a 200',
      () => failure({ errors: ['missing_endpoint_permission'] }),
      'forbidden',
    ],
    ['a 403 page of a firewall', () => new Response('<html>', { status: 403 }), 'unexpected_shape'],
    ['an unknown object', () => failure({ errors: ['webhook_not_found'] }), 'not_found'],
    ['a bare 404', () => new Response('nope', { status: 404 }), 'not_found'],
    ['an empty object and 404', () => Response.json({}, { status: 404 }), 'not_found'],
    ['another refusal', () => failure({ errors: null, errorInfo: { code: 'bad_x' } }), 'rejected'],
    ['a refusal without reasons', () => failure({ errors: null, errorInfo: null }), 'rejected'],
    ['a 400', () => failure({ errors: ['invalid_input'] }, 400), 'rejected'],
    ['a 429', () => failure({ errors: ['Rate limit exceeded'] }, 429), 'rate_limited'],
    [
      'a rate limit inside a 200',
      () => failure({ errorInfo: { code: 'rate_limit_exceeded' } }),
      'rate_limited',
    ],
    ['a 503', () => new Response('', { status: 503 }), 'unreachable'],
    ['JSON that is no envelope', () => Response.json({ hello: 1 }), 'unexpected_shape'],
    ['a web page', () => new Response('<!doctype html>'), 'unexpected_shape'],
    [
      'results of another kind',
      () => Response.json({ success: true, results: 7 }),
      'unexpected_shape',
    ],
  ];
  for (const [what, response, kind] of kinds) {
    test(`answered with ${what} is ${kind}`, async () => {
      assert.equal((await refusal(response)).kind, kind);
    });
  }

  test('that was put off inside a 200 says until when', async () => {
    const error = await refusal(() =>
      failure({ errorInfo: { code: 'rate_limit_exceeded' } }, 200, { 'retry-after': '7' }),
    );
    assert.equal(error.retryAfter, 7000);
  });

  test('that was rejected names the code and the request id, never the sentence', async () => {
    const error = await refusal(() =>
      failure({
        errors: ['invalid_input'],
        errorInfo: {
          code: 'invalid_input',
          message: 'ada@candidates.example is not allowed',
          requestId: '01JSJ8FDK5ZN4XQBZP7DBKK7ZC',
        },
      }),
    );
    assert.match(
      error.message,
      /^ashby: POST \/user\.list .*invalid_input.*01JSJ8FDK5ZN4XQBZP7DBKK7ZC/,
    );
    assert.doesNotMatch(error.message, /candidates\.example|key-of-the-tests/);
    assert.equal(error.surelyNotDone, true);
  });

  test('for a list that goes round in circles ends', async () => {
    const { link, calls } = scripted(() => ({
      results: [],
      moreDataAvailable: true,
      nextCursor: 'bB',
    }));
    await assert.rejects(atsOf(link).users(), { kind: 'unexpected_shape' });
    assert.equal(calls.length, 2);
  });
});
