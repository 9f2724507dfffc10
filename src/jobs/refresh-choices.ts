/** Reads what a vendor offers to choose from: one call a list, each list replaced as a whole. */
import { ConnectorError, type Capabilities } from '#connectors/contract.ts';
import { replaceChoices, type NewChoice } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
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
            (await ats.jobs()).map(({ id, name, open, team }) => ({
              id,
              name,
              detail: { open, team },
            })),
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
      await inTransaction(hub.db, (tx) =>
        replaceChoices(tx, connection.id, kind, choices, hub.now()),
      );
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || isPassing(thrown)) throw thrown;
      hub.log.warn({ connection: connection.id, list: kind, kind: thrown.kind }, thrown.message);
    }
  }
};
