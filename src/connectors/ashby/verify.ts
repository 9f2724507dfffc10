/**
 * *Test connection*: what the key may do, as it says itself, or else by one harmless read for each
 * permission.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type Link,
  type Permission,
  type Verification,
} from '#connectors/contract.ts';
import { createClient, type AshbyClient, type AshbySettings } from './client.ts';

interface Need {
  name: string;
  neededFor: string;
  /** A harmless read that this permission alone opens; absent for the rights to write. */
  probe?: { endpoint: string; body: Record<string, unknown> };
}

/** An id that no object has; asking for it tells "not there" from "not allowed" [code]. */
const nobody = '00000000-0000-4000-8000-000000000000';

const needs: readonly Need[] = [
  {
    name: 'candidatesRead',
    neededFor: 'reading candidates, their stages, tags and notes',
    probe: { endpoint: 'application.info', body: { applicationId: nobody } },
  },
  { name: 'candidatesWrite', neededFor: 'adding notes with links and results' },
  {
    name: 'interviewsRead',
    neededFor: 'the list of interview plans and stages',
    probe: { endpoint: 'interviewStage.info', body: { interviewStageId: nobody } },
  },
  { name: 'interviewsWrite', neededFor: 'putting scheduled interviews into Ashby' },
  {
    name: 'jobsRead',
    neededFor: 'the list of jobs and their hiring teams',
    probe: { endpoint: 'job.info', body: { id: nobody } },
  },
  {
    name: 'organizationRead',
    neededFor: 'the list of users',
    probe: { endpoint: 'user.info', body: { userId: nobody } },
  },
  {
    name: 'hiringProcessMetadataRead',
    neededFor: 'the list of candidate tags',
    probe: { endpoint: 'candidateTag.list', body: { limit: 1 } },
  },
  { name: 'apiKeysRead', neededFor: 'this check and the health of the webhooks' },
  { name: 'apiKeysWrite', neededFor: 'registering and removing webhooks' },
];

const keySchema = z.object({
  title: z.string().nullish(),
  createdAt: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
});

export const verify = async (link: Link<AshbySettings>): Promise<Verification> => {
  const client = createClient(link.http, link.settings);
  const where = `Ashby, Admin > Integrations > API keys (${link.settings.webBase}/admin/api/keys)`;
  const listed = (states: readonly Permission['state'][]): Permission[] =>
    needs.map(({ name, neededFor }, index) => ({
      name,
      state: states[index] ?? 'not_checked',
      neededFor,
      where,
    }));
  try {
    const { results, versionStatus, warnings } = await client.call('apiKey.info', {}, keySchema);
    const states = (results.scopes ?? []).length === 0 ? null : new Set(results.scopes?.map(plain));
    return {
      account: [
        ...(results.title ? [{ label: 'API key', value: results.title }] : []),
        ...(results.createdAt ? [{ label: 'Made', value: results.createdAt }] : []),
      ],
      permissions: listed(
        needs.map(({ name }) =>
          states === null ? 'not_checked' : states.has(plain(name)) ? 'granted' : 'missing',
        ),
      ),
      warnings: [
        ...standingWarnings,
        ...(/deprecat|remov|retir/i.test(versionStatus ?? '')
          ? [
              'Ashby is about to retire the API version that this connector uses. Update Loopwright.',
            ]
          : []),
        ...warnings.map((code) => `Ashby answered with the warning ${code}. Look it up there.`),
      ],
    };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.kind !== 'forbidden') throw thrown;
  }
  const states: Permission['state'][] = [];
  for (const need of needs) {
    states.push(need.name === 'apiKeysRead' ? 'missing' : await probe(client, need));
  }
  return {
    account: [],
    permissions: listed(states),
    warnings: [
      'The key may not tell about itself, so its other permissions were tried one by one, without changing anything. Grant apiKeysRead for a complete answer.',
      ...standingWarnings,
    ],
  };
};

/** Nothing in the API tells whether the option is on. */
const standingWarnings: readonly string[] = [
  'Confidential jobs stay invisible unless the key has the option "Allow access to confidential jobs and projects". Switch it on in Ashby if such jobs matter.',
];

/** `hiringProcessMetadata:read`, as keys tell it, and `hiringProcessMetadataRead`, as the docs do. */
const plain = (permission: string): string => permission.replace(/[^a-z]/gi, '').toLowerCase();

const probe = async (client: AshbyClient, need: Need): Promise<Permission['state']> => {
  if (!need.probe) return 'not_checked';
  try {
    await client.call(need.probe.endpoint, need.probe.body, z.unknown());
    return 'granted';
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'not_found') return 'granted';
    if (thrown.kind === 'forbidden') return 'missing';
    // Whether input is checked before or after the permission is not documented.
    if (thrown.kind === 'rejected') return 'not_checked';
    throw thrown;
  }
};
