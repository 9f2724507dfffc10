/** The hub as a story asks it: rules, the ledger and the decisions, over the hub's own API. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Hub } from '#jobs/hub.ts';
import type { Database } from '#store/database.ts';
import { until, type Api, type World } from './world.ts';

export interface Effect {
  id: string;
  key: string;
  kind: 'assessment' | 'live_link' | 'note' | 'ats_link';
  state: string;
  ref: string;
  remoteId: string | null;
  remoteUrl: string | null;
  attempts: number;
  error: { kind: string | null; text: string } | null;
  nextTryAt: string | null;
  decisions: string[];
}

export interface Decision {
  ruleId: string;
  candidateId: string;
  stageId: string;
  outcome: 'fired' | 'skipped';
  reason: string | null;
  effectId: string | null;
}

export interface Rule {
  id: string;
  name: string;
  stageIds: string[];
  tag: string | null;
  state: string;
}

/** What a story leaves out of a rule is: any tag, any job, once, on. */
export interface RuleWish {
  name?: string;
  connectionId: string;
  stageIds: string[];
  tag?: string | null;
  jobId?: string | null;
  platformId: string;
  /** Left out: a live link. */
  testId?: string;
  repeats?: boolean;
  enabled?: boolean;
}

interface Choice {
  id: string;
  name: string;
  group?: { id: string; name: string } | null;
}

const queues = [
  'apply-rule',
  'perform-effects',
  'reconcile-interview',
  'look-at-ats',
  'record-result',
  'refresh-choices',
  'sweep',
];

export const ruleBody = (wish: RuleWish) => ({
  name: 'A rule',
  action: wish.testId === undefined ? 'live_link' : 'assessment',
  ...wish,
});

/** What is asked of a hub: its API, and its database for what no API tells. */
export interface Asked {
  api: Api;
  hub: { hub: Pick<Hub, 'db'> };
}

/** Jobs that are queued or running. */
export const openJobsOf = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pgboss.job
    where name = any(${queues}) and state in ('created', 'retry', 'active')`.execute(db);
  return rows[0]?.count ?? 0;
};

/** Until no job is queued or running: what has not happened by then will not. */
export const quietOf = ({ hub }: Pick<Asked, 'hub'>): Promise<boolean> =>
  until('the hub has nothing left to do', async () => (await openJobsOf(hub.hub.db)) === 0, 30_000);

/** Webhooks that no vendor has tried to deliver yet. */
const untold = ({ sandbox }: World): number =>
  [...sandbox.emulators.values()]
    .flatMap(({ webhooks = [] }) => webhooks)
    .filter(({ state, attempts }) => state === 'pending' && attempts.length === 0).length;

export const hubOf = (world: World) => {
  const items = async <T>(path: string): Promise<T[]> =>
    (await world.api.get<{ items: T[] }>(path)).items;

  const candidate = async (
    remoteId: string,
  ): Promise<{ id: string; stageId: string } | undefined> =>
    (await items<{ id: string; remoteId: string; stageId: string }>('/candidates?limit=100')).find(
      (one) => one.remoteId === remoteId,
    );

  const effects = async (remoteId: string): Promise<Effect[]> => {
    const found = await candidate(remoteId);
    return found ? items<Effect>(`/effects?candidateId=${found.id}`) : [];
  };

  const decisions = async (ruleId: string, remoteId: string): Promise<Decision[]> => {
    const found = await candidate(remoteId);
    const all = await items<Decision>(`/rules/${ruleId}/decisions`);
    return all.filter((one) => one.candidateId === found?.id);
  };

  /** What the vendors have to tell is heard, and nothing is left to do. */
  const quiet = async (): Promise<void> => {
    await until('the vendors have told everything once', () => untold(world) === 0);
    await quietOf(world);
  };

  return {
    quiet,
    candidate,
    effects,
    decisions,

    rule: (wish: RuleWish) => world.api.post<Rule>('/rules', ruleBody(wish)),

    async replace(id: string, wish: RuleWish): Promise<Rule> {
      const { status, body } = await world.api.call<Rule>('PUT', `/rules/${id}`, ruleBody(wish));
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },

    choices: (connectionId: string, kind: string) =>
      items<Choice>(`/connections/${connectionId}/choices/${kind}?limit=100`),

    /** Connects and waits until its lists are read and its first sweep is over. */
    async connect(id: string): Promise<string> {
      const connectionId = await world.connect(id);
      await quiet();
      return connectionId;
    },

    /** Until the hub has read the candidacy in this stage, and decided what that means. */
    seen: (remoteId: string, stageId: string) =>
      until(
        'the hub reads the candidate',
        async () => (await candidate(remoteId))?.stageId === stageId,
      ),

    /** The effect of this kind for a candidacy, once it is in this state. */
    effect: (remoteId: string, kind: Effect['kind'], state: string) =>
      until(`the ${kind} is ${state}`, async () =>
        (await effects(remoteId)).find((one) => one.kind === kind && one.state === state),
      ),

    /** The newest decision of a rule about a candidacy, once there are `count` of them. */
    decided: (ruleId: string, remoteId: string, count = 1) =>
      until('the decision is recorded', async () => {
        const found = await decisions(ruleId, remoteId);
        return found.length >= count && found[0];
      }),

    /** Sweeps now and waits for all that follows from it. */
    async sweep(connectionId: string): Promise<void> {
      const sweptAt = async () =>
        (await world.api.get<{ sweptAt: string | null }>(`/connections/${connectionId}`)).sweptAt;
      const before = await sweptAt();
      await world.api.post(`/connections/${connectionId}/sweep`);
      await until('the sweep is over', async () => (await sweptAt()) !== before);
      await quiet();
    },
  };
};

export type HubSide = ReturnType<typeof hubOf>;
