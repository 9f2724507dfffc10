/** *Test connection*: harmless reads. One token has full access [doc]; nothing is written to prove it. */
import type { Permission, Verification } from '#connectors/contract.ts';
import { activeTests, send, type CodilityLink } from './client.ts';
import { linksOf, pageSchema } from './mapping.ts';

const unverified =
  'Codility does not publish how live sessions (CodeLive) are made, so their mapping in the settings is a guess. Open the API address in a browser that is signed in to Codility, compare, and correct the mapping; or choose a pool of links or an address pattern instead.';

export const verifyAccount = async (link: CodilityLink): Promise<Verification> => {
  const tests = await activeTests(link);
  const { liveMode, livePool } = link.settings;
  const live = {
    api: 'made by the API, unverified',
    pool: `pool of ${String(linksOf(livePool).length)} links`,
    pattern: 'address pattern',
  }[liveMode];
  return {
    account: [
      { label: 'Active tests', value: String(tests.length) },
      { label: 'Live sessions', value: live },
    ],
    permissions: [
      { name: 'Read tests', state: 'granted', neededFor: 'choosing the test of a rule' },
      { name: 'Invite candidates', state: 'not_checked', neededFor: 'sending tests' },
      { name: 'Read sessions', state: 'not_checked', neededFor: 'recording results' },
      ...(liveMode === 'api' ? await livePermissions(link) : []),
    ],
    warnings: [
      ...(tests.length > 0
        ? []
        : ['There is no active test. Create one in Codility, or take one out of the archive.']),
      ...(liveMode === 'api' ? [unverified] : []),
    ],
  };
};

/** Whether anything stands at the path of the list; making a session is not tried. */
const livePermissions = async (link: CodilityLink): Promise<Permission[]> => {
  const { liveListPath: at } = link.settings;
  const call = { operation: 'GET live sessions', at, accept: [403, 404, 405] };
  const response = at === '' ? null : await send(link, call);
  const stands = response && response.status < 300 && pageSchema.safeParse(response.json()).success;
  const list = { name: 'List live sessions', neededFor: 'finding a session again' };
  return [
    response && !stands
      ? { ...list, state: 'missing', where: 'the settings: Live, path of the list' }
      : { ...list, state: stands ? 'granted' : 'not_checked' },
    { name: 'Create live sessions', state: 'not_checked', neededFor: 'making links' },
    { name: 'End live sessions', state: 'not_checked', neededFor: 'cancelling' },
  ];
};
