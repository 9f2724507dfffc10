import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { roles, type Role } from '#core/roles.ts';
import { openSignIn } from '#jobs/sign-in.ts';
import { access } from './access.ts';
import { createApp } from './app.ts';
import { items, problem, read, startWorld, type Answer, type Call, type World } from './testing.ts';
import { seedJobs } from './testing-jobs.ts';

/** Who may, written down a second time and by hand: S, A, T, L, I by their initials; P: everybody. */
const expected: Record<string, string> = {
  'GET /': 'P',
  'GET /assets/:file': 'P',
  'GET /*': 'P',
  'GET /healthz': 'P',
  'GET /readyz': 'P',
  'GET /metrics': 'P',
  'GET /api/openapi.json': 'P',
  'POST /hooks/:token': 'P',
  'GET /oauth/callback': 'P',
  'GET /oauth/sso/callback/oidc': 'P',
  'GET /api/v1/me': 'SATLI',
  'GET /api/v1/me/calendar-feed': 'SATLI',
  'POST /api/v1/me/calendar-feed': 'SATLI',
  'DELETE /api/v1/me/calendar-feed': 'SATLI',
  'GET /api/v1/events': 'SATLI',
  'GET /api/v1/installation': 'SATLI',
  'GET /api/v1/health': 'S',
  'GET /api/v1/connectors': 'SAT',
  'GET /api/v1/connections': 'SAT',
  'POST /api/v1/connections': 'S',
  'POST /api/v1/connections/test': 'S',
  'POST /api/v1/connections/oauth': 'S',
  'GET /api/v1/connections/:id': 'S',
  'PATCH /api/v1/connections/:id': 'S',
  'DELETE /api/v1/connections/:id': 'S',
  'POST /api/v1/connections/:id/oauth': 'S',
  'POST /api/v1/connections/:id/test': 'S',
  'POST /api/v1/connections/:id/pause': 'S',
  'POST /api/v1/connections/:id/resume': 'S',
  'POST /api/v1/connections/:id/subscribe': 'S',
  'POST /api/v1/connections/:id/sweep': 'S',
  'POST /api/v1/connections/:id/refresh': 'SA',
  'GET /api/v1/accounts': 'SATL',
  'GET /api/v1/connections/:id/choices/feedback-forms': 'SATL',
  'GET /api/v1/connections/:id/choices/tests': 'SATL',
  'GET /api/v1/connections/:id/choices/templates': 'SATL',
  'GET /api/v1/connections/:id/choices/:kind': 'SAT',
  'GET /api/v1/rules': 'SAT',
  'POST /api/v1/rules': 'SA',
  'POST /api/v1/rules/preview': 'SA',
  'GET /api/v1/rules/:id': 'SAT',
  'PUT /api/v1/rules/:id': 'SA',
  'DELETE /api/v1/rules/:id': 'SA',
  'POST /api/v1/rules/:id/enable': 'SA',
  'POST /api/v1/rules/:id/disable': 'SA',
  'GET /api/v1/rules/:id/preview': 'SAT',
  'GET /api/v1/rules/:id/decisions': 'SAT',
  'POST /api/v1/rules/:id/send-now': 'SATL',
  'GET /api/v1/candidates': 'SATL',
  'GET /api/v1/candidates/:id': 'SATL',
  'POST /api/v1/candidates/:id/refresh': 'SATL',
  'GET /api/v1/candidates/:id/activity': 'SATL',
  'GET /api/v1/today': 'SATL',
  'GET /api/v1/effects': 'SATL',
  'GET /api/v1/effects/:id': 'SATL',
  'POST /api/v1/effects/:id/decide': 'SATL',
  'GET /api/v1/assessments': 'SATLI',
  'GET /api/v1/assessments/:id': 'SATLI',
  'GET /api/v1/deliveries': 'S',
  'GET /api/v1/deliveries/:id': 'S',
  'POST /api/v1/deliveries/:id/replay': 'S',
  'GET /join/:token': 'P',
  'GET /api/v1/test-pages/:token': 'P',
  'GET /feeds/:file': 'P',
  'GET /api/v1/candidate-pages/:token': 'P',
  'GET /api/v1/candidate-pages/:token/invites/:day': 'P',
  'GET /api/v1/company': 'SATL',
  'PUT /api/v1/company': 'S',
  'GET /api/v1/company/defaults': 'SATL',
  'GET /api/v1/variables': 'SATL',
  'GET /api/v1/people': 'SATLI',
  'POST /api/v1/people': 'SATLI',
  'POST /api/v1/people/import': 'SA',
  'POST /api/v1/people/import/preview': 'SA',
  'GET /api/v1/people/tags': 'SATL',
  'POST /api/v1/people/tags': 'SA',
  'GET /api/v1/people/:id': 'SATLI',
  'PUT /api/v1/people/:id': 'SATLI',
  'GET /api/v1/people/:id/ties': 'SATLI',
  'POST /api/v1/people/:id/test-calendars': 'SATLI',
  'PUT /api/v1/people/:id/calendar': 'SATLI',
  'GET /api/v1/people/:id/calendar-feed': 'SATLI',
  'DELETE /api/v1/people/:id/calendar-feed': 'SATLI',
  'GET /api/v1/pools': 'SATL',
  'POST /api/v1/pools': 'SA',
  'POST /api/v1/pools/preview': 'SATL',
  'GET /api/v1/pools/members': 'SATL',
  'GET /api/v1/pools/:id': 'SATL',
  'PUT /api/v1/pools/:id': 'SA',
  'DELETE /api/v1/pools/:id': 'SA',
  'GET /api/v1/templates': 'SATL',
  'POST /api/v1/templates': 'SA',
  'POST /api/v1/templates/check': 'SATL',
  'GET /api/v1/templates/:id': 'SATL',
  'PUT /api/v1/templates/:id': 'SA',
  'DELETE /api/v1/templates/:id': 'SA',
  'POST /api/v1/replies': 'SATL',
  'GET /api/v1/schedule': 'SATL',
  'GET /api/v1/taken-times': 'SATL',
  'GET /api/v1/interviews': 'SATLI',
  'POST /api/v1/interviews': 'SATL',
  'POST /api/v1/interviews/preview': 'SATL',
  'GET /api/v1/interviews/:id': 'SATLI',
  'GET /api/v1/interviews/:id/changes': 'SATLI',
  'POST /api/v1/interviews/:id/rsvp': 'SATLI',
  'POST /api/v1/interviews/:id/hold': 'SATL',
  'POST /api/v1/interviews/:id/confirm': 'SATL',
  'POST /api/v1/interviews/:id/move': 'SATL',
  'POST /api/v1/interviews/:id/reschedule': 'SATL',
  'POST /api/v1/interviews/:id/replace': 'SATL',
  'POST /api/v1/interviews/:id/add-event': 'SATL',
  'POST /api/v1/interviews/:id/remove-event': 'SATL',
  'POST /api/v1/interviews/:id/event': 'SATL',
  'POST /api/v1/interviews/:id/coding': 'SATL',
  'POST /api/v1/interviews/:id/texts': 'SATL',
  'POST /api/v1/interviews/:id/new-link': 'SATL',
  'POST /api/v1/interviews/:id/undo': 'SATL',
  'POST /api/v1/interviews/:id/cancel': 'SATL',
  'POST /api/v1/interviews/:id/put-back': 'SATL',
  'POST /api/v1/panels/solve': 'SATL',
  'POST /api/v1/panels/slots': 'SATL',
  'POST /api/v1/panels/explain': 'SATL',
  'POST /api/v1/panels/replacements': 'SATL',
  'POST /api/v1/panels/moves': 'SATL',
  'GET /api/v1/mails': 'S',
  'GET /api/v1/mails/:id': 'S',
  'GET /api/v1/mails/:id/eml': 'S',
  'GET /api/v1/audit': 'SA',
  'GET /api/v1/audit/export': 'SA',
  'GET /api/v1/api-keys': 'S',
  'POST /api/v1/api-keys': 'S',
  'DELETE /api/v1/api-keys/:id': 'S',
  'GET /api/v1/sign-in': 'P',
  'POST /api/v1/sign-in': 'P',
  'POST /api/v1/setup': 'P',
  'GET /api/v1/sign-in/sso': 'P',
  'POST /api/v1/sign-out': 'SATLI',
  'GET /api/v1/session': 'SATLI',
  'GET /api/v1/sessions': 'SATLI',
  'POST /api/v1/sessions/end-others': 'SATLI',
  'DELETE /api/v1/sessions/:id': 'SATLI',
  'POST /api/v1/password/forgot': 'P',
  'POST /api/v1/password/reset': 'P',
  'POST /api/v1/password/change': 'SATLI',
  'GET /api/v1/users': 'S',
  'GET /api/v1/users/:id': 'S',
  'PATCH /api/v1/users/:id': 'S',
  'POST /api/v1/users/:id/deactivate': 'S',
  'POST /api/v1/users/:id/reactivate': 'S',
  'POST /api/v1/users/:id/password-link': 'S',
  'GET /api/v1/users/:id/sessions': 'S',
  'DELETE /api/v1/users/:id/sessions': 'S',
  'GET /api/v1/invitations': 'S',
  'POST /api/v1/invitations': 'S',
  'POST /api/v1/invitations/look': 'P',
  'POST /api/v1/invitations/accept': 'P',
  'POST /api/v1/invitations/:id/resend': 'S',
  'DELETE /api/v1/invitations/:id': 'S',
};

const initials: Record<Role, string> = {
  super_admin: 'S',
  admin: 'A',
  team_member: 'T',
  limited_team_member: 'L',
  interviewer: 'I',
};

let world: World;
let callers: Record<Role, Call>;

const owner = 'owner@example.com';

before(async () => {
  world = await startWorld({ role: 'web' });
  const made = roles.map(async (role) => [role, await world.as(role, owner)] as const);
  callers = Object.fromEntries(await Promise.all(made)) as Record<Role, Call>;
});
after(() => world.close());

/** The address with ids that belong to nothing. */
const fill = (path: string): string =>
  path
    .replace('/deliveries/:id', '/deliveries/999')
    .replace(':id', 'xx_0000000000')
    .replace(':kind', 'stages')
    .replace(':token', 'hook_unknown');

const attempt = (call: Call, route: string): Promise<Answer> => {
  const [method = '', path = ''] = route.split(' ');
  return call(method, fill(path), method === 'GET' || method === 'DELETE' ? undefined : {});
};

describe('every route, by every role', () => {
  test('the table of this test names every route that there is', () => {
    assert.deepEqual(Object.keys(expected).sort(), Object.keys(access).sort());
  });

  test('a route that nobody declared stops the start', () => {
    const { hub } = world.running;
    const app = createApp({
      hub,
      replies: { by: 'off', mailbox: null },
      ...openSignIn(hub, null),
      oauth: { hub, clients: new Map() },
      inbox: { receive: () => Promise.resolve('new'), idle: () => Promise.resolve() },
      changes: {
        listen: () => () => undefined,
        position: () => null,
        since: () => null,
        close: () => Promise.resolve(),
      },
      metrics: new (world.running.metrics.constructor as new () => typeof world.running.metrics)(),
      version: '0',
      trustedProxies: [],
      dataDir: '.',
      sandbox: null,
      sandboxUrl: undefined,
      webFolder: '',
      draining: () => false,
    });
    const served = app.routes.filter(({ method }) => method !== 'ALL');
    assert.ok(served.length >= Object.keys(expected).length);
    for (const { method, path } of served) assert.ok(`${method} ${path}` in expected, path);
  });

  for (const [route, who] of Object.entries(expected)) {
    if (who === 'P') {
      test(`${route} asks for no key`, async () => {
        assert.notEqual((await attempt(world.stranger, route)).status, 401);
      });
      continue;
    }
    test(`${route} is for ${who}`, async () => {
      problem(await attempt(world.stranger, route), 401, 'key_missing_or_wrong');
      for (const role of roles) {
        const answer = await attempt(callers[role], route);
        if (!who.includes(initials[role])) problem(answer, 403, 'role_lacks_right');
        else assert.ok([200, 404, 406, 422].includes(answer.status), `${role}: ${answer.text}`);
      }
    });
  }
});

describe('own jobs', () => {
  const seeded = { own: '', foreign: '', ownEffect: '', foreignEffect: '', rule: '' };

  before(async () => {
    Object.assign(seeded, await seedJobs(world.running.hub, owner));
  });

  const idsOf = async (call: Call, path: string): Promise<string[]> =>
    items<{ id: string }>(await call('GET', path)).map(({ id }) => id);

  test('lists hold the own ones alone, for others all', async () => {
    const { own, foreign, ownEffect, foreignEffect } = seeded;
    for (const [path, mine, theirs] of [
      ['candidates', own, foreign],
      ['effects', ownEffect, foreignEffect],
      ['assessments', ownEffect, foreignEffect],
    ] as const) {
      assert.deepEqual(await idsOf(callers.limited_team_member, `/api/v1/${path}`), [mine], path);
      assert.deepEqual(
        (await idsOf(callers.team_member, `/api/v1/${path}`)).sort(),
        [mine, theirs].sort(),
      );
    }
  });

  test('a foreign one does not exist, an own one does', async () => {
    const call = callers.limited_team_member;
    const { own, foreign, ownEffect, foreignEffect, rule } = seeded;
    for (const [method, path, body] of [
      ['GET', '/api/v1/candidates/:c', undefined],
      ['GET', '/api/v1/candidates/:c/activity', undefined],
      ['POST', '/api/v1/candidates/:c/refresh', undefined],
      ['GET', '/api/v1/effects/:e', undefined],
      ['GET', '/api/v1/assessments/:e', undefined],
      ['POST', '/api/v1/effects/:e/decide', { decision: 'skip' }],
    ] as const) {
      const at = (candidate: string, effect: string) =>
        path.replace(':c', candidate).replace(':e', effect);
      assert.equal((await call(method, at(foreign, foreignEffect), body)).status, 404, path);
      assert.ok([200, 202].includes((await call(method, at(own, ownEffect), body)).status), path);
    }
    for (const candidateId of [foreign, 'remote-foreign', 'remote-nobody-read']) {
      const answer = await call('POST', `/api/v1/rules/${rule}/send-now`, { candidateId });
      problem(answer, 404, 'candidate_not_found');
    }
  });

  test('a key without a person owns nothing, whatever its jobs', async () => {
    const nobody = await world.as('limited_team_member');
    assert.deepEqual(await idsOf(nobody, '/api/v1/candidates'), []);
    problem(await nobody('GET', `/api/v1/candidates/${seeded.own}`), 404, 'candidate_not_found');
  });

  test('an interviewer sees no results as long as there are no interviews', async () => {
    assert.deepEqual(await idsOf(callers.interviewer, '/api/v1/assessments'), []);
    problem(
      await callers.interviewer('GET', `/api/v1/assessments/${seeded.ownEffect}`),
      404,
      'assessment_not_found',
    );
  });

  test('an Admin sees the own acts in the audit log, a Super Admin all', async () => {
    const made = await callers.super_admin('POST', '/api/v1/api-keys', {
      name: 'x',
      role: 'admin',
    });
    const id = read(made, 'id');
    await callers.admin('POST', `/api/v1/rules/${seeded.rule}/disable`);
    const acts = async (call: Call) =>
      items<{ act: string; object: string }>(await call('GET', '/api/v1/audit')).map(
        ({ act, object }) => `${act} ${object}`,
      );
    assert.deepEqual(await acts(callers.admin), [`rule.disable ${seeded.rule}`]);
    assert.ok((await acts(callers.super_admin)).includes(`api_key.create ${id}`));
  });
});
