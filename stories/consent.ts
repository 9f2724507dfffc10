/** The admin's browser between the hub and Lever's consent page. */
import assert from 'node:assert/strict';
import type { Fetch } from '#connectors/http.ts';
import type { World } from './world.ts';

/** Presses a button on the consent page, at `lever`; returns where the browser is sent. */
export const decide = async (
  authorize: URL,
  decision: 'accept' | 'deny',
  lever: Fetch = fetch,
): Promise<string> => {
  const shown = await lever(authorize.href, {});
  assert.match(await shown.text(), /asks .* for\s+access to this Lever account/);
  const form = new URLSearchParams(authorize.searchParams);
  form.set('decision', decision);
  const response = await lever(authorize.origin + authorize.pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  assert.equal(response.status, 303, await response.text());
  return response.headers.get('location') ?? '';
};

export const comeBack = async (to: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(to, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

/** Where the emulated Lever stands, as settings of a connection without a key. */
export const leverHosts = (world: Pick<World, 'emulator'>): Record<string, string> => {
  const {
    apiBase = '',
    authBase = '',
    audience = '',
    webBase = '',
  } = world.emulator('lever').credentials();
  return { apiBase, authBase, audience, webBase };
};
