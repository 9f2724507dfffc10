/** Interviewers from the ATS's users: whoever has an address and is not there yet. */
import { isSimpleAddress } from '#core/calendar/invite.ts';
import { officeHours } from '#core/people/conflicts.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { listAllChoices, type ChoiceRow } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { activePeople, findPersonByEmail, insertPerson } from '#store/people.ts';
import type { Hub } from './hub.ts';
import { refreshChoices } from './refresh-choices.ts';

export interface Imported {
  added: number;
  known: number;
  withoutAddress: number;
}

export interface ImportPreview {
  added: Array<{ name: string; email: string }>;
  known: number;
  withoutAddress: string[];
  /** Of ours whom the ATS does not know: they cannot be put into its interviews. */
  missing: Array<{ id: string; name: string; email: string }>;
}

/** What an import would do, by the ATS's users as they are now. Does nothing. */
export const previewImport = async (hub: Hub, connectionId: string): Promise<ImportPreview> => {
  await findConnection(hub.db, connectionId);
  await refreshChoices(hub, { connectionId });
  const users = (await listAllChoices(hub.db, connectionId, 'user')).filter(isActive);
  const ours = await activePeople(hub.db);
  const preview: ImportPreview = { added: [], known: 0, withoutAddress: [], missing: [] };
  for (const { name, detail } of users) {
    const email = detail.email ?? '';
    if (!isSimpleAddress(email)) preview.withoutAddress.push(name);
    else if (await findPersonByEmail(hub.db, email)) preview.known += 1;
    else preview.added.push({ name, email });
  }
  const addresses = new Set(users.map(({ detail }) => (detail.email ?? '').toLowerCase()));
  preview.missing = ours
    .filter(({ kind, email }) => kind === 'person' && !addresses.has(email.toLowerCase()))
    .map(({ id, name, email }) => ({ id, name, email }));
  return preview;
};

const isActive = ({ detail }: ChoiceRow): boolean => detail.active !== false;

/** Nobody who is there already is changed: people correct what is known of them. */
export const importPeople = async (
  hub: Hub,
  { connectionId, zone }: { connectionId: string; zone: string },
  actor: Actor,
): Promise<Imported> => {
  await findConnection(hub.db, connectionId);
  await refreshChoices(hub, { connectionId });
  return inTransaction(hub.db, async (tx) => {
    const users = await listAllChoices(tx, connectionId, 'user');
    const result: Imported = { added: 0, known: 0, withoutAddress: 0 };
    for (const { name, detail } of users.filter(isActive)) {
      const email = detail.email ?? '';
      if (!isSimpleAddress(email)) result.withoutAddress += 1;
      else if (await findPersonByEmail(tx, email)) result.known += 1;
      else {
        await insertPerson(tx, {
          kind: 'person',
          name,
          email,
          title: '',
          zone,
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
