import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { ConnectorError, type Ats, type Link, type Webhooks } from '#connectors/contract.ts';
import {
  atsConformance,
  openAtsCase,
  someCandidate,
  sweep,
  type AtsCase,
} from '#connectors/conformance-ats.ts';
import { webhookConformance } from '#connectors/conformance-webhooks.ts';
import { createHttp } from '#connectors/http.ts';
import type { Candidate } from '#core/model.ts';
import { createEmulator } from './emulator/index.ts';
import { openContract } from './emulator/openapi-check.ts';
import ashby from './index.ts';

type Settings = Link<ReturnType<typeof ashby.settings.parse>>['settings'];

interface Call {
  endpoint: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A link whose other side is written out in the test: for answers that no emulator should give. */
const scripted = (
  answer: (call: Call) => Response | Record<string, unknown>,
): { link: Link<Settings>; calls: Call[] } => {
  const calls: Call[] = [];
  const http = createHttp({
    connector: 'ashby',
    fetch: (url, init) => {
      const call = {
        endpoint: new URL(url).pathname.slice(1),
        headers: new Headers(init.headers),
        body: JSON.parse(typeof init.body === 'string' ? init.body : 'null') as Record<
          string,
          unknown
        >,
      };
      calls.push(call);
      const given = answer(call);
      return given instanceof Response ? given : Response.json({ success: true, ...given });
    },
  });
  const settings = ashby.settings.parse({ apiKey: 'key-of-the-tests' });
  return { link: { settings, http, now: () => 0 }, calls };
};

const atsOf = (link: Link<Settings>): Ats => {
  const { ats } = ashby.connect(link);
  assert.ok(ats);
  return ats;
};

const hooksOf = (link: Link<Settings>): Webhooks => {
  const { webhooks } = ashby.connect(link);
  assert.ok(webhooks);
  return webhooks;
};

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

const failure = (body: Record<string, unknown>, status = 200, headers = {}): Response =>
  Response.json({ success: false, ...body }, { status, headers });

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

describe('the sweep', () => {
  const state = (over: Record<string, unknown>): string =>
    JSON.stringify({
      applications: 'tokenA',
      people: 'tokenP',
      reading: 'applications',
      page: null,
      first: false,
      ...over,
    });

  for (const code of [
    'sync_token_expired',
    'sync_token_invalid',
    'incremental_sync_too_large',
    'next_cursor_expired',
    'invalid_next_cursor',
    'cursor_invalid',
  ]) {
    test(`answers ${code} by a full scan`, async () => {
      const { link } = scripted(({ endpoint, body }) => {
        if (body.syncToken === 'tokenA') return failure({ errors: [code] });
        return endpoint === 'application.list'
          ? { results: [{ id: 'app-1', candidate: { id: 'p' } }], syncToken: 'newA' }
          : { results: [], syncToken: 'newP' };
      });
      const { remoteIds, cursor, more } = await atsOf(link).changes(state({ page: 'Ya6' }));
      assert.deepEqual(remoteIds, ['app-1']);
      assert.equal(more, false);
      assert.equal(cursor, state({ applications: 'newA', people: 'newP' }));
    });
  }

  test('takes a cursor that it cannot read for a lost one', async () => {
    const { link } = scripted(({ endpoint }) =>
      endpoint === 'application.list'
        ? { results: [{ id: 'app-1', candidate: { id: 'p' } }], syncToken: 'a' }
        : { results: [{ id: 'p', applicationIds: ['app-1', 'app-2'] }], syncToken: 'b' },
    );
    const { remoteIds } = await atsOf(link).changes('rubbish');
    assert.deepEqual(remoteIds, ['app-1', 'app-2']);
  });

  test('stops after ten pages and goes on where it stopped', async () => {
    let served = 0;
    const { link, calls } = scripted(() => {
      served += 1;
      return served <= 12
        ? {
            results: [{ id: `app-${String(served)}`, candidate: { id: 'p' } }],
            moreDataAvailable: true,
            nextCursor: `c${String(served)}`,
          }
        : { results: [], moreDataAvailable: false, syncToken: 'end' };
    });
    const first = await atsOf(link).changes(state({}));
    assert.equal(first.more, true);
    assert.equal(first.remoteIds.length, 10);
    const second = await atsOf(link).changes(first.cursor);
    assert.equal(calls[10]?.body.cursor, 'c10');
    assert.equal(calls[10].body.syncToken, 'tokenA');
    assert.deepEqual(second.remoteIds, ['app-11', 'app-12']);
    assert.equal(second.more, false);
  });

  test('lets a refusal pass that starting over would not cure', async () => {
    const { link } = scripted(() => failure({ errors: ['sync_token_invalid'] }));
    await assert.rejects(atsOf(link).changes(state({})), { kind: 'rejected' });
  });
});

describe('a delivery', () => {
  const format = ashby.webhooks;
  assert.ok(format);
  const url = 'https://hub.example/hooks/x';
  const delivery = (body: unknown, headers: Record<string, string> = {}) => ({
    headers: new Headers(headers),
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    url,
  });

  // Published nowhere; computed once from the documented rule.
  const body =
    '{"webhookActionId":"75395d87-4044-4dc4-bc29-0cec185e5f06","action":"ping","data":{"webhookActionType":"ping"}}';
  const digest = '252d19f4525d3b71f1e27dffff8211933baa943c8938e36898d4856bdcb6f118';
  const signed = (signature: string) => delivery(body, { 'ashby-signature': signature });

  test('is signed over its raw bytes', () => {
    assert.equal(format.verify(signed(`sha256=${digest}`), ['test-secret']), true);
    assert.equal(format.verify(signed(`sha256=${digest}`), ['old', 'test-secret']), true);
    const spaced = delivery(`${body} `, { 'ashby-signature': `sha256=${digest}` });
    assert.equal(format.verify(spaced, ['test-secret']), false);
  });

  test('with any other signature is refused', () => {
    const wrong = createHmac('sha256', 'other').update(body).digest('hex');
    for (const signature of [
      '',
      digest,
      `sha256=${digest.slice(0, -2)}`,
      `sha256=${digest}00`,
      `sha256=${digest.toUpperCase()}`,
      `SHA256=${digest}`,
      `sha256=${wrong}`,
    ]) {
      assert.equal(format.verify(signed(signature), ['test-secret']), false, signature);
    }
    assert.equal(format.verify(signed(`sha256=${digest}`), []), false);
    assert.equal(format.verify(delivery(body), ['test-secret']), false);
  });

  test('of a ping asks for nothing', () => {
    assert.deepEqual(format.parse(delivery(body)), {
      event: 'ping',
      dedupeKey: 'ping/75395d87-4044-4dc4-bc29-0cec185e5f06',
      wakes: [],
    });
  });

  test('has another key than its siblings of the same act', () => {
    const keyOf = (action: string) =>
      format.parse(delivery({ action, webhookActionId: 'id', data: { application: { id: 'a' } } }))
        .dedupeKey;
    assert.notEqual(keyOf('candidateHire'), keyOf('candidateStageChange'));
  });

  const wakes: Array<[string, Record<string, unknown>, unknown[]]> = [
    ['candidateStageChange', { application: { id: 'a' } }, [{ kind: 'candidate', id: 'a' }]],
    ['applicationSubmit', { application: { id: 'a' } }, [{ kind: 'candidate', id: 'a' }]],
    ['candidateHire', { application: { id: 'a' }, offer: null }, [{ kind: 'candidate', id: 'a' }]],
    ['candidateDelete', { candidate: { id: 'p' } }, [{ kind: 'candidate_deleted', id: 'p' }]],
    ['candidateSomething', { candidate: { id: 'p' } }, [{ kind: 'person', id: 'p' }]],
    [
      'candidateMerge',
      { deletedCandidate: { id: 'p' }, mergedCandidate: { id: 'q' } },
      [{ kind: 'person', id: 'q' }],
    ],
    [
      'interviewPlanTransition',
      {
        jobId: 'j',
        interviewStageMappings: [{ fromInterviewStageId: 's', toInterviewStageId: 't' }],
      },
      [{ kind: 'stages_moved', moves: [{ from: 's', to: 't' }] }],
    ],
    ['jobUpdate', { job: { id: 'j' } }, []],
    ['jobUpdate', { application: 7 }, []],
  ];
  for (const [action, data, expected] of wakes) {
    test(`of ${action} with ${Object.keys(data).join(' and ')} is read`, () => {
      const parsed = format.parse(delivery({ action, webhookActionId: 'id', data }));
      assert.deepEqual(parsed, { event: action, dedupeKey: `${action}/id`, wakes: expected });
    });
  }

  test('that is none is refused', () => {
    for (const other of ['', 'null', '[]', '{"type":"ping"}', '{"action":7,"data":{}}']) {
      assert.throws(() => format.parse(delivery(other)), { kind: 'unexpected_shape' }, other);
    }
  });
});

describe('a webhook', () => {
  const request = {
    event: 'candidateStageChange',
    url: 'https://hub.example/hooks/x',
    secret: 'shh',
    known: null,
    replaceForeign: false,
  };

  test('that Ashby has already is reported as one without an id', async () => {
    const { link } = scripted(() => failure({ errors: ['Duplicate webhook found'] }));
    assert.deepEqual(await hooksOf(link).subscribe(request), { state: 'exists_id_unknown' });
  });

  test('that is known and right is left alone', async () => {
    const { link, calls } = scripted(() => ({
      results: { id: 'h', enabled: false, requestUrl: request.url },
    }));
    const known = { id: 'h', url: request.url, secretStored: true };
    assert.deepEqual(await hooksOf(link).subscribe({ ...request, known }), {
      state: 'subscribed',
      id: 'h',
      enabled: false,
    });
    assert.deepEqual(
      calls.map((call) => call.endpoint),
      ['webhook.info'],
    );
  });

  test('whose secret the hub has lost is given a new one', async () => {
    const { link, calls } = scripted(() => ({
      results: { id: 'h', enabled: true, requestUrl: request.url },
    }));
    const known = { id: 'h', url: request.url, secretStored: false };
    await hooksOf(link).subscribe({ ...request, known });
    assert.deepEqual(calls.at(-1)?.body, {
      webhookId: 'h',
      requestUrl: request.url,
      secretToken: 'shh',
    });
  });

  test('that is gone is an error to subscribe, and gone to ask and to delete', async () => {
    const hooks = hooksOf(scripted(() => failure({ errors: ['webhook_not_found'] })).link);
    const known = { id: 'h', url: request.url, secretStored: true };
    await assert.rejects(hooks.subscribe({ ...request, known }), { kind: 'not_found' });
    assert.equal(await hooks.health({ ...request, id: 'h' }), 'gone');
    assert.equal(await hooks.unsubscribe({ ...request, id: 'h' }), 'gone');
  });

  test('without an id can be deleted by hand only', async () => {
    const { link, calls } = scripted(() => ({ results: {} }));
    assert.equal(await hooksOf(link).unsubscribe({ ...request, id: null }), 'manual');
    assert.equal(await hooksOf(link).health({ ...request, id: null }), 'unknown');
    assert.equal(calls.length, 0);
  });
});

describe('testing the connection', () => {
  const statesOf = async (link: Link<Settings>): Promise<Record<string, string>> =>
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

// ---------------------------------------------------------------------------------------------
// Against the emulator

interface Playground extends AtsCase {
  hooks: Webhooks;
  /** Ashby's own people at work: a call that is none of the client's. */
  play(endpoint: string, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Endpoints that the client called since the last time. */
  called(): string[];
}

const playground = (candidates = 30): Playground => {
  const opened = openAtsCase(ashby, createEmulator, { candidates });
  const { emulator, capabilities } = opened;
  assert.ok(capabilities.webhooks);
  let seen = 0;
  return {
    ...opened,
    hooks: capabilities.webhooks,
    async play(endpoint, body) {
      const authorization = `Basic ${btoa(`${String(emulator.credentials().apiKey)}:`)}`;
      const response = await emulator.api.request(`/${endpoint}`, {
        method: 'POST',
        headers: { authorization, 'user-agent': 'test' },
        body: JSON.stringify(body),
      });
      seen = emulator.requests.length;
      const parsed = (await response.json()) as Record<string, unknown>;
      assert.equal(parsed.success, true, JSON.stringify(parsed));
      return parsed;
    },
    called() {
      const paths = emulator.requests.slice(seen).map(({ path }) => path.slice(1));
      seen = emulator.requests.length;
      return paths;
    },
  };
};

interface Listed {
  id: string;
  status: string;
  candidate: { id: string; name: string };
  currentInterviewStage: { id: string; interviewPlanId: string };
}

/** Every application there is, read past the client. */
const applicationsOf = async ({ play }: Playground): Promise<Listed[]> => {
  const found: Listed[] = [];
  for (let cursor: unknown = null; ;) {
    const page = await play('application.list', { limit: 100, ...(cursor ? { cursor } : {}) });
    found.push(...(page.results as Listed[]));
    if (page.moreDataAvailable !== true) return found;
    cursor = page.nextCursor;
  }
};

const firstActive = async (world: Playground): Promise<Listed> => {
  const found = (await applicationsOf(world)).find(({ status }) => status === 'Active');
  assert.ok(found);
  return found;
};

/** Another stage of the application's plan that leaves it active. */
const nextStage = async (world: Playground, { currentInterviewStage }: Listed): Promise<string> => {
  const { results } = await world.play('interviewStage.list', {
    interviewPlanId: currentInterviewStage.interviewPlanId,
  });
  const stages = results as Array<{ id: string; type: string }>;
  const other = stages.find((one) => one.type === 'Active' && one.id !== currentInterviewStage.id);
  assert.ok(other);
  return other.id;
};

describe('in the emulated Ashby', () => {
  test('stages are told apart by their plan', async () => {
    const { ats, called } = playground();
    const stages = await ats.stages();
    const quizzes = stages.filter(({ name }) => name === 'Technical Quiz');
    assert.deepEqual(
      quizzes.map(({ group }) => group?.name),
      ['Engineering', 'Engineering (short)'],
    );
    assert.equal(new Set(stages.map(({ id }) => id)).size, stages.length);
    assert.deepEqual(called(), [
      'interviewPlan.list',
      'interviewStage.list',
      'interviewStage.list',
    ]);
  });

  test('jobs are open or not, and drafts are none', async () => {
    const jobs = await playground().ats.jobs();
    assert.ok(jobs.some((job) => job.open) && jobs.some((job) => !job.open));
    assert.equal(
      jobs.some(({ name }) => name === 'Site Reliability Engineer'),
      false,
    );
  });

  test('users who left are listed as such', async () => {
    const users = await playground().ats.users();
    assert.deepEqual([...new Set(users.map(({ active }) => active))].toSorted(), [false, true]);
  });

  test('a candidacy takes two calls and ends in the present stage', async () => {
    const world = playground();
    const { id, candidate } = await firstActive(world);
    const tag = (await world.ats.tags())[0];
    assert.ok(tag);
    await world.play('candidate.addTag', { candidateId: candidate.id, tagId: tag.id });
    const found = await world.ats.candidate(id);
    assert.deepEqual(world.called(), ['application.info', 'candidate.info']);
    assert.ok(found);
    assert.equal(found.personId, candidate.id);
    assert.ok(found.tags.includes(tag.id));
    assert.equal(found.entries.at(-1)?.stageId, found.stageId);
    assert.match(found.url, /^http:\/\/emulator\.test\/ashby\/candidate-searches\//);
  });

  test('everybody in a stage is found, page after page, and nobody else', async () => {
    const world = playground(260);
    const all = await applicationsOf(world);
    const stageId = (await firstActive(world)).currentInterviewStage.id;
    const expected = all
      .filter((one) => one.status === 'Active' && one.currentInterviewStage.id === stageId)
      .map(({ id }) => id);
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | null = null; pages === 0 || cursor !== null; pages += 1) {
      const page = await world.ats.inStage(stageId, cursor);
      found.push(...page.items.map(({ remoteId }) => remoteId));
      cursor = page.next;
    }
    assert.ok(pages > 1 && expected.length > 1);
    assert.deepEqual(found.toSorted(), expected.toSorted());
  });

  test('nobody is in a stage of the archived, which costs one call', async () => {
    const world = playground();
    const archived = (await world.ats.stages()).find(({ name }) => name === 'Archived');
    assert.ok(archived);
    world.called();
    assert.deepEqual(await world.ats.inStage(archived.id, null), { items: [], next: null });
    assert.deepEqual(world.called(), ['interviewStage.info']);
  });

  test('a search by address or by name finds all candidacies of a person', async () => {
    const world = playground();
    const { candidate } = await firstActive(world);
    const person = await world.play('candidate.info', { id: candidate.id });
    const { primaryEmailAddress, applicationIds } = person.results as {
      primaryEmailAddress: { value: string };
      applicationIds: string[];
    };
    for (const query of [
      { email: primaryEmailAddress.value },
      { name: candidate.name },
      { email: 'nobody@candidates.example', name: candidate.name },
    ]) {
      const found = (await world.ats.search(query)).map(({ remoteId }) => remoteId);
      for (const id of applicationIds) assert.ok(found.includes(id), JSON.stringify(query));
    }
    assert.deepEqual(await world.ats.search({}), []);
  });

  test('a note is found behind a hundred others', async () => {
    const world = playground();
    const { id, candidate } = await firstActive(world);
    for (let index = 0; index < 120; index += 1) {
      const ref = index === 60 ? 'cccc3333' : `other${String(index)}`;
      await world.play('candidate.createNote', {
        candidateId: candidate.id,
        note: `Seen [ref:${ref}]`,
      });
    }
    const last = await world.ats.addNote(id, [['Done']], 'dddd4444');
    world.called();
    assert.deepEqual(await world.ats.findNote(id, 'dddd4444'), last);
    assert.ok(await world.ats.findNote(id, 'cccc3333'));
    assert.equal(world.called().filter((path) => path === 'candidate.listNotes').length, 4);
  });

  test('the sweep tells of moves and of added tags, in two calls', async () => {
    const world = playground(150);
    const begun = await world.ats.changes(null);
    assert.deepEqual([begun.remoteIds, begun.more], [[], false]);
    const [moved, tagged] = (await applicationsOf(world)).filter(
      ({ status }) => status === 'Active',
    );
    const tag = (await world.ats.tags())[0];
    assert.ok(moved && tagged && tag);
    await world.play('application.changeStage', {
      applicationId: moved.id,
      interviewStageId: await nextStage(world, moved),
    });
    await world.play('candidate.addTag', { candidateId: tagged.candidate.id, tagId: tag.id });
    const { remoteIds } = await sweep(world.ats, begun.cursor);
    assert.deepEqual(world.called(), ['application.list', 'candidate.list']);
    assert.ok(remoteIds.includes(moved.id) && remoteIds.includes(tagged.id));
    assert.ok(remoteIds.length < 10, 'far more than what changed');
  });

  test('a webhook is pinged with its secret, and again when it moves with its address', async () => {
    const world = playground();
    const format = ashby.webhooks;
    assert.ok(format);
    const event = 'candidateStageChange';
    const url = 'https://hub.example/hooks/one';
    const subscribed = await world.hooks.subscribe({
      event,
      url,
      secret: 'first',
      known: null,
      replaceForeign: false,
    });
    assert.ok(subscribed.state === 'subscribed');
    assert.equal(subscribed.enabled, true);
    const hook = { event, url, id: subscribed.id };
    assert.equal(await world.hooks.health(hook), 'enabled');

    const again = { event, url, secret: 'first', known: null, replaceForeign: false };
    assert.deepEqual(await world.hooks.subscribe(again), { state: 'exists_id_unknown' });

    const [ping] = world.deliveries;
    assert.ok(ping && format.verify(ping, ['first']));
    assert.equal(format.parse(ping).event, 'ping');

    const elsewhere = 'https://new.example/hooks/one';
    const known = { id: hook.id, url, secretStored: true };
    await world.hooks.subscribe({ ...again, url: elsewhere, secret: 'second', known });
    const pinged = world.deliveries.at(-1);
    assert.ok(pinged);
    assert.equal(pinged.url, elsewhere);
    assert.ok(format.verify(pinged, ['second']));
  });

  test('a webhook that is off is seen to be, and can be switched on', async () => {
    const world = playground();
    const event = 'candidateMerge';
    const url = 'https://hub.example/hooks/two';
    const request = { event, url, secret: 's', known: null, replaceForeign: false };
    const made = await world.hooks.subscribe(request);
    assert.ok(made.state === 'subscribed');
    await world.page(`/admin/webhooks/${made.id}/enabled`, {});
    assert.equal(await world.hooks.health({ event, url, id: made.id }), 'disabled');
    assert.equal(await world.hooks.enable?.({ event, id: made.id }), 'enabled');
    assert.equal(await world.hooks.health({ event, url, id: made.id }), 'enabled');
  });

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

const contract = openContract(process.env);
const withoutContract = typeof contract === 'string' ? contract : false;

test(
  'asks for nothing that the OpenAPI text does not allow',
  { skip: withoutContract },
  async () => {
    if (typeof contract === 'string') return;
    const world = playground(150);
    const { ats, hooks, emulator, link } = world;
    await ashby.verify({ ...link, settings: ashby.settings.parse(link.settings) });
    await Promise.all([ats.stages(), ats.tags(), ats.jobs(), ats.users()]);
    const candidate = await someCandidate(ats);
    await ats.search({ email: candidate.email ?? '', name: candidate.name });
    await ats.ofPerson(candidate.personId);
    await ats.addNote(candidate.remoteId, [['Hello']], 'aaaa1111');
    await ats.findNote(candidate.remoteId, 'aaaa1111');
    await sweep(ats, (await ats.changes(null)).cursor);
    const url = 'https://hub.example/hooks/one';
    const request = {
      event: 'candidateMerge',
      url,
      secret: 's',
      known: null,
      replaceForeign: false,
    };
    const made = await hooks.subscribe(request);
    assert.ok(made.state === 'subscribed');
    const known = { id: made.id, url: 'https://old.example/hooks/one', secretStored: false };
    await hooks.subscribe({ ...request, known });
    await hooks.enable?.({ event: request.event, id: made.id });
    await hooks.unsubscribe({ event: request.event, id: made.id, url });

    const faults = emulator.requests.flatMap(({ path, body }) => {
      const endpoint = path.slice(1);
      if (!contract.knows(endpoint)) return [`${endpoint} is unknown`];
      return contract.checkRequest(endpoint, JSON.parse(body)).map((fault) => endpoint + fault);
    });
    assert.deepEqual(faults, []);
    const endpoints = new Set(emulator.requests.map(({ path }) => path.slice(1)));
    assert.ok(endpoints.size >= 16, [...endpoints].join(' '));
  },
);

// ---------------------------------------------------------------------------------------------
// What every connector of its kind must do

const unknownId = '00000000-0000-4000-8000-000000000000';

const otherStage = async (candidate: Candidate, ats: Ats): Promise<string> => {
  const stages = await ats.stages();
  const plan = stages.find(({ id }) => id === candidate.stageId)?.group?.id;
  const other = stages.find(
    ({ id, name, group }) =>
      group?.id === plan && id !== candidate.stageId && /^Technical/.test(name),
  );
  assert.ok(other);
  return other.id;
};

const move = async (opened: AtsCase, candidate: Candidate, stage: string): Promise<void> => {
  const form = { stage, application: candidate.remoteId };
  const answer = await opened.page(`/candidates/${candidate.personId}/stage`, form);
  assert.equal(answer.status, 303);
};

atsConformance(ashby, createEmulator, {
  unknownId,
  unknownPersonId: unknownId,
  otherStage,
  move,
  wrongKey: { apiKey: 'a-key-that-nobody-made' },
});

webhookConformance(ashby, {
  event: 'candidateStageChange',
  open() {
    const opened = playground();
    return {
      emulator: opened.emulator,
      webhooks: opened.hooks,
      registered: () =>
        (
          opened.emulator.snapshot() as { webhooks: Array<{ type: string; requestUrl: string }> }
        ).webhooks.map(({ type, requestUrl }) => ({ event: type, url: requestUrl })),
      foreignHook: (event, url) =>
        opened.play('webhook.create', { webhookType: event, requestUrl: url, secretToken: 'x' }),
      async provoke() {
        const before = opened.deliveries.length;
        const candidate = await someCandidate(opened.ats);
        await move(opened, candidate, await otherStage(candidate, opened.ats));
        opened.advance(1_000);
        return opened.deliveries.slice(before);
      },
    };
  },
  withSignature: (delivery, change) => ({
    ...delivery,
    headers: new Headers({
      'ashby-signature': change(delivery.headers.get('ashby-signature') ?? ''),
    }),
  }),
});
