/** Interviewers from the ATS's users: whoever has an address and is not there yet. */
import { isSimpleAddress } from '#core/calendar/invite.ts';
import { officeHours } from '#core/people/conflicts.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { listAllChoices } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { findPersonByEmail, insertPerson } from '#store/people.ts';
import type { Hub } from './hub.ts';
import { refreshChoices } from './refresh-choices.ts';

export interface Imported {
  added: number;
  known: number;
  withoutAddress: number;
}

/** Nobody who is there already is changed: people correct what is known of them. */
export const importPeople = async (
  hub: Hub,
  connectionId: string,
  actor: Actor,
): Promise<Imported> => {
  await findConnection(hub.db, connectionId);
  await refreshChoices(hub, { connectionId });
  return inTransaction(hub.db, async (tx) => {
    const users = await listAllChoices(tx, connectionId, 'user');
    const result: Imported = { added: 0, known: 0, withoutAddress: 0 };
    for (const { name, detail } of users.filter((user) => user.detail.active !== false)) {
      const email = detail.email ?? '';
      if (!isSimpleAddress(email)) result.withoutAddress += 1;
      else if (await findPersonByEmail(tx, email)) result.known += 1;
      else {
        await insertPerson(tx, {
          kind: 'person',
          name,
          email,
          title: '',
          zone: 'UTC',
          hours: officeHours,
          daysOff: [],
          perDay: null,
          perWeek: null,
          preferred: null,
          buffer: { before: 0, after: 0 },
          tags: [],
          active: true,
        });
        result.added += 1;
      }
    }
    await insertAudit(tx, actor, 'people.import', connectionId, { ...result });
    return result;
  });
};
