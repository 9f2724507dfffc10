/** Tags given to many people at once, or taken from them. */
import { invalid } from '#core/errors.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { inTransaction, type Database } from '#store/database.ts';
import { lockPeopleByIds, setTags } from '#store/people.ts';

export const mostTags = 50;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** All of them or, where one would have too many tags, none. Returns how many were changed. */
export const changeTags = (
  db: Database,
  {
    personIds,
    add,
    remove,
  }: { personIds: readonly string[]; add: readonly string[]; remove: readonly string[] },
  actor: Actor,
): Promise<number> =>
  inTransaction(db, async (tx) => {
    let changed = 0;
    for (const row of await lockPeopleByIds(tx, [...new Set(personIds)])) {
      const kept = row.tags.filter((tag) => !remove.some((one) => same(one, tag)));
      const tags = [...kept];
      for (const tag of add) if (!tags.some((one) => same(one, tag))) tags.push(tag);
      if (tags.length > mostTags)
        throw invalid(
          'too_many_tags',
          `person: ${row.name} would have more than ${String(mostTags)} tags. Take some away first.`,
          'add',
        );
      if (tags.join('\n') === row.tags.join('\n')) continue;
      await setTags(tx, row.id, tags);
      changed += 1;
    }
    await insertAudit(tx, actor, 'people.tags', 'people', {
      people: [...new Set(personIds)],
      add: [...add],
      remove: [...remove],
    });
    return changed;
  });
