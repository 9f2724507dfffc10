/**
 * What a change would do, without doing it: it is made, compared with the ledger as the reconciler
 * compares it, and taken back by the end of its transaction. So what is foreseen is what happens.
 */
import type { Act, Owed } from '#core/interview/diff.ts';
import type { Scene } from '#core/interview/scene.ts';
import { neededSessions } from '#core/interview/sessions.ts';
import { audienceOf } from '#core/interview/things.ts';
import type { Executor } from '#store/database.ts';
import { findInterview, type InterviewRow } from '#store/interviews.ts';
import { changeAnd, type ChangeWish, type Consent } from './change-interview.ts';
import type { Hub } from './hub.ts';
import { gatherScene } from './gather-scene.ts';
import { countOrganizer } from './organizer.ts';
import { owedBy } from './reconcile-interview.ts';

export interface Foreseen {
  /** Everybody whom the interview concerns, before or after; without acts: hears nothing. */
  told: Array<{ audience: 'candidate' | 'interviewers'; name: string; acts: Act[] }>;
  /** What is done at vendors beside mail. */
  outside: Array<{ kind: Owed['kind']; act: Act; connectionId: string | null }>;
}

interface Outcome {
  row: InterviewRow;
  foreseen: Foreseen;
}

/** Ends the transaction with nothing done. */
class NothingDone extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('jobs: this was to be foreseen only.');
    this.outcome = outcome;
  }
}

/** Throws what the change itself would throw. */
export const foreseeChange = async (
  hub: Hub,
  id: string,
  wish: ChangeWish,
  consent: Consent,
): Promise<Outcome> => {
  const before = await findInterview(hub.db, id);
  try {
    return await changeAnd(hub, id, wish, consent, async (tx, row) => {
      throw new NothingDone({ row, foreseen: await foresee(hub, tx, before, row) });
    });
  } catch (thrown) {
    if (thrown instanceof NothingDone) return thrown.outcome;
    throw thrown;
  }
};

const foresee = async (
  hub: Hub,
  tx: Executor,
  before: InterviewRow,
  changed: InterviewRow,
): Promise<Foreseen> => {
  const row = await countOrganizer(hub, tx, changed);
  const { scene, things } = await gatherScene(hub, tx, row);
  const { owed } = owedBy(withLinks(scene), things, row.notify);
  const mails = owed.filter(({ kind }) => kind === 'mail');
  const actsOf = (isTheirs: (thing: string) => boolean): Act[] => [
    ...new Set(mails.filter(({ thing }) => isTheirs(thing)).map(({ act }) => act)),
  ];
  const people = new Map(
    [...before.plan.events, ...row.plan.events]
      .flatMap(({ seats }) => seats)
      .filter(({ email }) => email !== '')
      .map(({ personId, name }) => [personId, name]),
  );
  return {
    told: [
      {
        audience: 'candidate',
        name: scene.facts.candidate.name,
        acts: actsOf((thing) => audienceOf(thing) === 'candidate'),
      },
      ...[...people].map(([personId, name]) => ({
        audience: 'interviewers' as const,
        name,
        acts: actsOf((thing) => `${thing}/`.includes(`/invite/${personId}/`)),
      })),
    ],
    outside: owed.flatMap(({ kind, act, connectionId }) =>
      kind === 'mail' ? [] : [{ kind, act, connectionId }],
    ),
  };
};

/** As if the rooms that are to be made were there: what waits for their links is told as well. */
const withLinks = (scene: Scene): Scene => {
  const made = neededSessions(scene).flatMap(
    ({ thing }): Array<[string, { url: string; result: null }]> =>
      scene.standing.has(thing) ? [] : [[thing, { url: `https://${thing}`, result: null }]],
  );
  return { ...scene, standing: new Map([...scene.standing, ...made]) };
};
