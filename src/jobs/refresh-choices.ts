/** Reads what a vendor offers to choose from: one call a list, each list replaced as a whole. */
import { ConnectorError, type Capabilities } from '#connectors/contract.ts';
import { findChoices, listAllChoices, replaceChoices, type NewChoice } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { moveStages } from '#store/rules.ts';
import type { ChoiceKind } from '#store/schema.ts';
import { isPassing } from './policy.ts';
import type { Hub } from './hub.ts';

type Reader = () => Promise<NewChoice[]>;

const plain = (choices: ReadonlyArray<{ id: string; name: string }>): NewChoice[] =>
  choices.map(({ id, name }) => ({ id, name, detail: {} }));

/** The lists a connection has, by kind. */
export const readersOf = (vendor: Capabilities): Partial<Record<ChoiceKind, Reader>> => {
  const { ats, assessments, liveSessions } = vendor;
  const interviews = ats?.interviews;
  return {
    ...(ats
      ? {
          stage: async () =>
            (await ats.stages()).map(({ id, name, group }) => ({ id, name, detail: { group } })),
          tag: async () => plain(await ats.tags()),
          job: async () =>
            (await ats.jobs()).map(({ id, name, ...detail }) => ({ id, name, detail })),
          user: async () =>
            (await ats.users()).map(({ id, name, email, active }) => ({
              id,
              name,
              detail: { email, active },
            })),
        }
      : {}),
    ...(interviews ? { feedback_form: async () => plain(await interviews.feedbackForms()) } : {}),
    ...(assessments ? { test: async () => plain(await assessments.tests()) } : {}),
    ...(liveSessions ? { template: async () => plain(await liveSessions.templates()) } : {}),
  };
};

/** A list that this key may not read stays as it was; the others are still refreshed. */
export const refreshChoices = async (hub: Hub, job: { connectionId: string }): Promise<void> => {
  const connection = await findConnection(hub.db, job.connectionId).catch(() => null);
  if (connection?.state !== 'active') return;
  const readers = readersOf(await hub.open(connection));
  for (const [kind, read] of Object.entries(readers) as Array<[ChoiceKind, Reader]>) {
    try {
      const choices = await read();
      await inTransaction(hub.db, async (tx) => {
        if (kind === 'job') await followPlans(tx, connection.id, choices);
        await replaceChoices(tx, connection.id, kind, choices, hub.now());
      });
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || isPassing(thrown)) throw thrown;
      hub.log.warn({ connection: connection.id, list: kind, kind: thrown.kind }, thrown.message);
    }
  }
};

/**
 * A job that follows another plan than when it was read last: its rules follow too, as they would
 * have been told by the webhook that was lost. Stages of the two plans meet by their titles; the
 * stages themselves have been read just before the jobs.
 */
const followPlans = async (
  tx: Executor,
  connectionId: string,
  jobs: readonly NewChoice[],
): Promise<void> => {
  const before = await findChoices(
    tx,
    connectionId,
    'job',
    jobs.map(({ id }) => id),
  );
  const plansOf = new Map(before.map((row) => [row.remote_id, row.detail.plans ?? []]));
  const moved = jobs.filter(({ id, detail }) => {
    const old = plansOf.get(id) ?? [];
    return old.length > 0 && !old.every((plan) => detail.plans?.includes(plan));
  });
  if (moved.length === 0) return;
  const stages = await listAllChoices(tx, connectionId, 'stage');
  for (const job of moved) {
    const within = (plans: readonly string[]) =>
      stages.filter(({ detail }) => plans.includes(detail.group?.id ?? ''));
    const now = within(job.detail.plans ?? []);
    const moves = within(plansOf.get(job.id) ?? []).flatMap((stage) => {
      const to = now.find(({ name }) => name === stage.name);
      return to && to.remote_id !== stage.remote_id
        ? [{ from: stage.remote_id, to: to.remote_id }]
        : [];
    });
    await moveStages(tx, connectionId, { jobId: job.id, moves });
  }
};
