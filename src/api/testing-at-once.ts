/** Several who change the same thing at once, each from the version that they looked at. */
import assert from 'node:assert/strict';
import { atOnce } from '#store/testing-at-once.ts';
import { problem, type Call, type World } from './testing.ts';

/**
 * They begin from the same version: exactly one is served, the others are told who that was, and what
 * stands there is the one's. Answers with the `ETag` before and now.
 */
export const onlyOneWins = async (
  world: World,
  call: Call,
  about: {
    table: string;
    where: string;
    bodies: ReadonlyArray<Record<string, unknown>>;
    method?: 'PATCH';
  },
): Promise<{ before: string; now: string }> => {
  const { table, where, bodies, method = 'PUT' } = about;
  const seen = await call('GET', where);
  const before = seen.headers.get('etag') ?? '';
  assert.equal(before, `"${JSON.stringify(seen.body['version'])}"`);
  const answers = await atOnce(world.running.hub.db, table, () =>
    bodies.map((body) => call(method, where, body, { 'if-match': before })),
  );
  const served = answers.filter(({ status }) => status === 200);
  assert.equal(served.length, 1, answers.map(({ text }) => text).join('\n'));
  for (const answer of answers.filter((one) => one !== served[0])) {
    const { changed } = problem(answer, 412, 'changed_meanwhile', 'If-Match');
    assert.match(JSON.stringify(changed), /^\{"by":"a super_admin","at":"\d{4}-.+Z"\}$/);
  }
  const after = await call('GET', where);
  for (const part of ['version', ...Object.keys(bodies[0] ?? {})])
    assert.deepEqual(after.body[part], served[0]?.body[part], part);
  const now = after.headers.get('etag') ?? '';
  assert.notEqual(now, before);
  return { before, now };
};
