/** People who apply in the middle of a story: each test has its own. */
import assert from 'node:assert/strict';
import type { Ashby } from './vendors.ts';
import type { World } from './world.ts';

/** Where the vendors are. */
type Place = { sandbox: Pick<World['sandbox'], 'url'> };

const add = async (world: Place, at: string, fields: Record<string, string>): Promise<string> => {
  const response = await fetch(world.sandbox.url + at, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  });
  const id = /\/candidates\/([\w-]+)\?/.exec(response.headers.get('location') ?? '')?.[1];
  assert.ok(id, `nobody was added at ${at}: ${String(response.status)}`);
  return id;
};

const addressOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(/\W+/g, '.')}@candidates.example`;

/** Applies in Lever for a posting; returns the opportunity's id and the address. */
export const applyAtLever = async (
  world: Place,
  name: string,
  details: { posting: string; stage?: string; email?: string },
): Promise<{ id: string; email: string }> => {
  const email = details.email ?? addressOf(name);
  const { posting, stage = 'applicant-new' } = details;
  return { id: await add(world, '/lever/candidates', { name, email, posting, stage }), email };
};

/** Applies in Ashby for a job; returns the application and the address. */
export const applyAtAshby = async (
  world: World,
  ashby: Ashby,
  name: string,
  details: { job: string; email?: string },
) => {
  const email = details.email ?? addressOf(name);
  const personId = await add(world, '/ashby/candidates', { name, email, job: details.job });
  const all = await ashby.applicants(email === '' ? 'without address' : 'with address');
  const application = all.find((one) => one.candidate.id === personId);
  assert.ok(application, `${name} has no application`);
  return { ...application, email };
};

/** Colleagues get a user account in Lever, which interviewers need; for a connection made later. */
export const joinLever = async (
  world: Pick<World, 'form'>,
  ...names: readonly string[]
): Promise<void> => {
  for (const name of names) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
    await world.form('/lever/team', { name, email });
  }
};
