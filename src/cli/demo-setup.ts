/** Connections and rules of the demo: found again by name, else made. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Api,
  type Candidate,
  type Choice,
  type Connection,
  type Found,
  type Rule,
  type RuleInput,
} from './demo-api.ts';
import { newcomer, type Desk, type Hands } from './demo-hands.ts';
import { until, type Report } from './demo-report.ts';

export interface Stage {
  api: Api;
  hands: Hands;
  report: Report;
}

/** A connected ATS with the person who plays its side. */
export interface Ats {
  connection: Connection;
  desk: Desk;
}

/** Settings that a second start does not ask for again: the stored ones go on. */
const chosenOnce = ['apiKey', 'performAs', 'clientId', 'clientSecret'];

/**
 * Connects an account, or finds the connection of an earlier start: its addresses follow the
 * sandbox's port, its key and webhooks are checked anew.
 */
export const connect = async (
  { api, hands }: Stage,
  wanted: { connector: string; name: string; makeKey: (() => Promise<string>) | null },
): Promise<{ connection: Connection; found: boolean }> => {
  const { connector, name } = wanted;
  const shown = await hands.settings(connector);
  const addresses = Object.fromEntries(
    Object.entries(shown).filter(([setting]) => !chosenOnce.includes(setting)),
  );
  const known = (await api.list<Connection>('/connections')).find(
    (one) => one.connector === connector && one.name === name,
  );
  if (!known) {
    const settings = {
      ...addresses,
      ...(wanted.makeKey ? { apiKey: await wanted.makeKey() } : {}),
      ...(await chooseUser(api, shown, connector)),
    };
    const made = await api.send<Connection>('POST', '/connections', { connector, name, settings });
    return { connection: made, found: false };
  }
  const { settings } = await api.get<Connection>(`/connections/${known.id}`);
  const moved = Object.entries(addresses).some(([setting, value]) => settings[setting] !== value);
  if (moved) await api.send('PATCH', `/connections/${known.id}`, { settings: addresses });
  const connection = await api.send<Connection>('POST', `/connections/${known.id}/resume`);
  return { connection, found: true };
};

/** The user in whose name an ATS wants writes to be made, from the list that the vendor offers. */
const chooseUser = async (
  api: Api,
  shown: Record<string, string>,
  connector: string,
): Promise<Record<string, string>> => {
  const { performAs, apiKey, clientId, clientSecret, ...addresses } = shown;
  if (performAs === undefined) return {};
  const { choices } = await api.send<{ choices: { performAs?: Choice[] } }>(
    'POST',
    '/connections/test',
    { connector, settings: { ...addresses, apiKey } },
  );
  const user = choices.performAs?.find(({ id }) => id === performAs);
  if (!user) throw new Error('The account offers no user in whose name notes can be written.');
  return { performAs: user.id };
};

/** Makes the rule, or brings the one of that name to this shape and switches it on. */
export const ensureRule = async (
  api: Api,
  wanted: Omit<RuleInput, 'repeats' | 'enabled' | 'jobId'>,
): Promise<{ rule: Rule; found: boolean }> => {
  const input: RuleInput = { ...wanted, jobId: null, repeats: false, enabled: true };
  const known = (await api.list<Rule>('/rules')).find(({ name }) => name === input.name);
  if (!known) return { rule: await api.send<Rule>('POST', '/rules', input), found: false };
  const shape = (rule: RuleInput): unknown => [
    rule.connectionId,
    rule.stageIds.toSorted(),
    rule.tag,
    rule.jobId,
    rule.action,
    rule.platformId,
    rule.testId,
    rule.enabled,
  ];
  if (isDeepStrictEqual(shape(known), shape(input))) return { rule: known, found: true };
  return { rule: await api.send<Rule>('PUT', `/rules/${known.id}`, input), found: true };
};

export const choices = (
  { api }: Stage,
  connection: Connection,
  kind: 'stages' | 'jobs' | 'tests' | 'templates' | 'feedback-forms',
): Promise<Choice[]> => api.list<Choice>(`/connections/${connection.id}/choices/${kind}`);

/** All of that name: at Ashby every interview plan has its own. Throws when there is none. */
export const named = (all: readonly Choice[], name: string): Choice[] => {
  const found = all.filter((choice) => choice.name === name);
  if (found.length === 0) throw new Error(`The vendor offers nothing named ${name}.`);
  return found;
};

/**
 * The next person who stands in one of the stages and was never moved by the demo; when the seeded
 * ones are used up, somebody applies.
 */
export const nextCandidate = async (
  { api }: Stage,
  { connection, desk }: Ats,
  wanted: { from: readonly Choice[]; job: Choice; email: boolean },
): Promise<Found> => {
  const look = async (): Promise<Found | null> => {
    const { candidates } = await api.send<{ candidates: Found[] }>('POST', '/rules/preview', {
      connectionId: connection.id,
      stageIds: wanted.from.map(({ id }) => id),
      jobId: wanted.job.id,
    });
    return candidates.find(({ email }) => (email !== null) === wanted.email) ?? null;
  };
  const found = await look();
  if (found) return found;
  const person = newcomer();
  await desk.addApplicant(wanted.email ? person : { ...person, email: '' }, wanted.job.id);
  return until('a new applicant shows up in the ATS', look);
};

/** The hub's own record of a candidacy, as soon as `fits` is true of it. */
export const mirrored = (
  { api }: Stage,
  { connection }: Ats,
  candidate: Found,
  fits: (mirror: Candidate) => boolean,
): Promise<Candidate> =>
  until('the hub has read the candidate', async () => {
    const search = encodeURIComponent(candidate.name);
    const all = await api.list<Candidate>(
      `/candidates?connectionId=${connection.id}&search=${search}`,
    );
    const mirror = all.find(({ remoteId }) => remoteId === candidate.remoteId);
    return mirror && fits(mirror) ? mirror : null;
  });
