/** What interviews say of their candidate is what the ATS says: facts, and an address that changes. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld();
const hub = hubOf(world);
const lever = leverOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
const posting = (await lever.postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, mails: mailsOf } = panelOf(world);
const alan = await person('Alan Turing');
const barbara = await person('Barbara Liskov');

const texts = {
  interviewerInvite: { title: '$Event.Name: $Candidate.FullName', body: 'Hello' },
  candidateInvite: { title: 'Interview', body: 'Hello' },
};

const inviteOf = async (id: string) =>
  (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(({ key }) =>
    key.includes('/candidate/invite'),
  );

test('what the ATS tells of candidate and job stands in the texts', async () => {
  const { apiBase = '', apiKey = '' } = world.emulator('lever').credentials();
  const users = await hub.choices(connectionId, 'users');
  const answer = await fetch(`${apiBase}/opportunities?perform_as=${users[0]?.id ?? ''}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      name: 'Fay Facts',
      emails: ['fay.facts@candidates.example'],
      location: 'Lyon',
      phones: [{ type: 'mobile', value: '+33 1' }],
      postings: [posting],
    }),
  });
  const { data } = (await answer.json()) as { data: { id: string } };
  const body =
    'Call $Candidate.Phone in $Candidate.Location about $Job.Department in $Job.Location.';
  const preview = await world.api.post<{ mails: Array<{ text: string }>; warnings: unknown[] }>(
    '/interviews/preview',
    {
      connectionId,
      candidateId: data.id,
      layer: { texts: { candidateMail: { subject: 'Hi', body }, candidateInvite: null } },
      events: [{ name: 'Design', minutes: 60, start: at(290), seats: [seat(alan)] }],
    },
  );
  assert.deepEqual(
    preview.mails.flatMap(({ text }) => (text.startsWith('Call') ? [text] : [])),
    ['Call +33 1 in Lyon about Engineering in Paris.'],
  );
});

test('a candidate without an address gets the invite when one appears, and again when it changes', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(350), seats: [seat(barbara)] }];
  const { id: candidateId } = await applyAtLever(world, 'Nell Nowhere', { posting, email: '' });
  const { id } = await world.api.post<Interview>('/interviews', { connectionId, candidateId, layer: { texts: { ...texts, candidateMail: null } }, events });
  await until('the invite waits', async () => (await inviteOf(id))?.state === 'waiting');
  const own = async (to: string) => (await mailsOf(id)).filter((mail) => mail.to === to && mail.calendar !== null);
  await lever.setEmail(candidateId, 'nell@candidates.example');
  await until('the invite went out', async () => (await own('nell@candidates.example')).length === 1);
  await lever.setEmail(candidateId, 'nell.new@candidates.example');
  await until('it follows to the new address', async () => (await own('nell.new@candidates.example')).length === 1);
}); // prettier-ignore

test('an address that cannot be written to is told as such at once, and keeps nobody else’s invite back', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(400), seats: [seat(barbara)] }];
  const email = 'mona<img src=x>@candidates.example';
  const { id: candidateId } = await applyAtLever(world, 'Mona Malformed', { posting, email });
  const { id } = await world.api.post<Interview>('/interviews', { connectionId, candidateId, layer: { texts }, events });
  await hub.quiet();
  const invite = await inviteOf(id);
  assert.equal(invite?.state, 'waiting');
  assert.match(invite.error?.text ?? '', /cannot be written to\. Correct it there/);
  assert.deepEqual((await mailsOf(id)).map(({ to }) => to), ['barbara.liskov@example.com']);
  await lever.setEmail(candidateId, 'mona@candidates.example');
  await until('all of hers went out', async () => (await mailsOf(id)).filter(({ to }) => to === 'mona@candidates.example').length === 2);
}); // prettier-ignore

test('what is planned has the address of today, also where nothing told the hub of it', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(375), seats: [seat(barbara)] }];
  const { faults, webhookFaults } = world.emulator('lever');
  webhookFaults.drop = true;
  const candidate = await applyAtLever(world, 'Toby Today', { posting });
  const body = {
    connectionId,
    candidateId: candidate.id,
    state: 'draft',
    layer: { texts },
    events,
  };
  await world.api.post<Interview>('/interviews', body);
  await lever.setEmail(candidate.id, 'toby.today@elsewhere.example');
  webhookFaults.drop = false;
  await hub.quiet();
  /** As if the hub had read the old address so long ago. */
  const forget = (seconds: number) =>
    world.hub.hub.db
      .updateTable('candidate')
      .set({ email: candidate.email, refreshed_at: new Date(Date.now() - seconds * 1_000) })
      .where('remote_id', '=', candidate.id)
      .execute();
  const addressees = async () => {
    const { mails } = await world.api.post<{ mails: Array<{ to: { address: string } | null }> }>(
      '/interviews/preview',
      body,
    );
    return mails.map(({ to }) => to?.address);
  };
  await forget(5);
  assert.ok((await addressees()).includes(candidate.email), 'read a moment ago');
  await forget(120);
  faults.push({ kind: 403, match: `GET /v1/opportunities/${candidate.id}`, times: 1 });
  assert.ok((await addressees()).includes(candidate.email), 'Lever tells nothing');
  faults.splice(0);
  assert.ok((await addressees()).includes('toby.today@elsewhere.example'));
});
