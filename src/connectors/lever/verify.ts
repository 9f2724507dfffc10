/**
 * *Test connection*: one harmless read for each permission that Lever lets us try, and who the user
 * is in whose name notes are written.
 */
import { notChosenYet } from '#connectors/settings.ts';
import { z } from 'zod';
import {
  ConnectorError,
  type Link,
  type Permission,
  type Verification,
} from '#connectors/contract.ts';
import { createClient, type LeverClient, type LeverSettings } from './client.ts';
import { isActive, toUser, userSchema } from './mapping.ts';
import { listHooks } from './webhook.ts';

interface Probe {
  name: string;
  neededFor: string;
  read(client: LeverClient): Promise<unknown>;
}

const probe = (
  path: 'stages' | 'tags' | 'postings' | 'users' | 'opportunities' | 'feedback_templates',
  neededFor: string,
): Probe => ({
  name: `${path}:read:admin`,
  neededFor,
  read: (client) => client.page(`GET /${path}`, `/${path}`, z.unknown(), { limit: 1 }, null),
});

const probes: readonly Probe[] = [
  probe('stages', 'Choosing the stage that a rule waits for'),
  probe('tags', 'Choosing the tag that a rule asks for'),
  probe('postings', 'Choosing a job, and knowing who is on its team'),
  probe('users', 'Choosing the user in whose name the hub writes, and knowing interviewers'),
  probe('opportunities', 'Reading candidates'),
  probe('feedback_templates', 'Choosing the feedback form of an interview'),
  {
    name: 'webhooks:read:admin',
    neededFor: 'Hearing of changes within seconds',
    read: listHooks,
  },
];

/**
 * What a test of the connection cannot tell: it changes nothing, and whether a key without the first
 * one is refused expanded applications, or given bare ids, is not documented.
 */
const unchecked = [
  { name: 'applications:read:admin', neededFor: "Knowing a candidate's job" },
  { name: 'notes:write:admin', neededFor: "Writing results to a candidate's timeline" },
  { name: 'panels:write:admin', neededFor: 'Showing interviews on a candidate' },
  { name: 'interviews:write:admin', neededFor: 'The single interviews of a panel' },
  {
    name: 'opportunities:write:admin',
    neededFor: 'Showing the link to the scheduler on a candidate',
  },
  { name: 'webhooks:write:admin', neededFor: 'Registering the webhooks' },
  {
    name: 'confidential:access:admin',
    neededFor: 'Confidential candidates; without it they are left alone',
  },
];

const isAllowed = async (read: () => Promise<unknown>): Promise<boolean> => {
  try {
    await read();
    return true;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'forbidden') return false;
    throw thrown;
  }
};

const whereGranted = (link: Link<LeverSettings>): string =>
  link.settings.apiKey
    ? 'In Lever as a Super Admin: Settings > Integrations and API > API Credentials. The permissions of a key cannot be changed later: make a new key and paste it here.'
    : 'Connect again as a Lever Super Admin and accept all that is asked for.';

const findActor = async (
  client: LeverClient,
  id: string,
): Promise<{ name: string; warning: string | null }> => {
  try {
    const user = await client.get('GET /users/:id', `/users/${encodeURIComponent(id)}`, userSchema);
    const name = toUser(user).name;
    return {
      name,
      warning: isActive(user)
        ? null
        : `Acts as: ${name} is deactivated in Lever, so notes may be refused. Choose another user.`,
    };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'forbidden') return { name: id, warning: null };
    // An id that is no UUID may be a bad request rather than unknown [inferred].
    if (thrown.kind !== 'not_found' && thrown.kind !== 'rejected') throw thrown;
    return {
      name: id,
      warning: 'Acts as: Lever knows no user with this id. Choose a user from the list.',
    };
  }
};

export const verify = async (link: Link<LeverSettings>): Promise<Verification> => {
  const client = createClient(link);
  const permissions: Permission[] = [];
  for (const { name, neededFor, read } of probes) {
    const granted = await isAllowed(() => read(client));
    permissions.push({
      name,
      state: granted ? 'granted' : 'missing',
      neededFor,
      ...(granted ? {} : { where: whereGranted(link) }),
    });
  }
  for (const { name, neededFor } of unchecked) {
    permissions.push({ name, state: 'not_checked', neededFor, where: whereGranted(link) });
  }
  const { performAs } = link.settings;
  const actor =
    performAs === notChosenYet
      ? { name: performAs, warning: null }
      : await findActor(client, performAs);
  return {
    account: [
      { label: 'Connected by', value: link.settings.apiKey ? 'API key' : 'OAuth' },
      { label: 'API', value: link.settings.apiBase },
      { label: 'Acts as', value: actor.name },
    ],
    permissions,
    warnings: actor.warning === null ? [] : [actor.warning],
  };
};
