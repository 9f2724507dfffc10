/** Templates in their order, and what is told about their texts before they are saved. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { items, problem, read, startWorld, type Call, type World } from './testing.ts';

let world: World;
let admin: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
});
after(() => world.close());

const make = async (name: string, parentId: string | null = null): Promise<string> => {
  return read(await admin('POST', '/api/v1/templates', { name, parentId }), 'id');
};

interface Listed {
  name: string;
  parentName: string | null;
}

test('a base comes before what builds upon it, page by page, whatever the names', async () => {
  const onsite = await make('Onsite');
  const again = await make('onsite');
  await make('Phone screen');
  await make('Backend', onsite);
  await make('Zebra', onsite);
  await make('Another', again);
  const expected = [...(onsite < again ? ['Onsite', 'Backend', 'Zebra', 'onsite', 'Another'] : ['onsite', 'Another', 'Onsite', 'Backend', 'Zebra']), 'Phone screen']; // prettier-ignore
  const seen: Listed[] = [];
  let cursor = '';
  do {
    const page = await admin('GET', `/api/v1/templates?limit=2${cursor}`);
    seen.push(...items<Listed>(page));
    const next = page.body['next'] as unknown as string | null;
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  assert.deepEqual(seen.map(({ name }) => name), expected);
  assert.equal(seen.find(({ name }) => name === 'Backend')?.parentName, 'Onsite');

  const children = items<Listed>(await admin('GET', `/api/v1/templates?parentId=${onsite}`));
  assert.deepEqual(children.map(({ name }) => name), ['Backend', 'Zebra']);
  const bases = items<Listed>(await admin('GET', '/api/v1/templates?parentId=none'));
  assert.equal(bases.length, 3);
  const wrong = await admin('GET', '/api/v1/templates?cursor=x');
  problem(wrong, 422, 'cursor_invalid', 'cursor');
}); // prettier-ignore

test('a text is checked while it is typed, and nothing is saved', async () => {
  const check = (text: string, context: string) =>
    admin('POST', '/api/v1/templates/check', { text, context });
  const { status, body } = await check('Hi $candidate.firstname, $Candidate.FristName', 'note');
  assert.equal(status, 200);
  assert.deepEqual(body['problems']?.['0'], {
    code: 'variable_unknown',
    variable: '$Candidate.FristName',
    at: 25,
    message:
      'There is no variable $Candidate.FristName. Did you mean $Candidate.FirstName? Write $$ for a dollar sign.',
    suggestion: '$Candidate.FirstName',
  });
  assert.equal(body['text'], 'Hi $Candidate.FirstName, $Candidate.FristName');
  const inside = await check('$Event.Feedback.Link', 'candidate_mail');
  assert.equal(inside.body['problems']?.['0']?.['code'], 'variable_internal');
  assert.equal((await check('Hi', 'nobody')).status, 422);
});

test('tells what holds where nobody says anything', async () => {
  const { body } = await admin('GET', '/api/v1/company/defaults');
  const title: unknown = body['texts']?.['candidateInvite']?.['title'];
  assert.equal(title, 'Interview with $Company.Name|us');
  assert.equal(body['maxDays'], 1);
});
