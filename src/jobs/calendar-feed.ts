/** An interviewer's own interviews as a calendar that other calendars read, under a secret address. */
import { serializeFeed } from '#core/calendar/invite.ts';
import { feedEntries } from '#core/interview/feed.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import {
  interviewsInFeed,
  removeFeed,
  replaceFeed,
  findFeed,
  type CalendarFeedRow,
} from '#store/calendar-feeds.ts';
import { findCompany } from '#store/company.ts';
import { inTransaction, type Database } from '#store/database.ts';
import { standingOfAll } from '#store/interview-effects.ts';
import { sequencesOf } from '#store/invites.ts';
import { lockPeople } from '#store/bookings.ts';
import type { PersonRow } from '#store/people.ts';
import type { Hub } from './hub.ts';
import { gatherScenes } from './gather-scene.ts';

const day = 86_400_000;
const past = 30 * day;
const ahead = 365 * day;
/** Calendars take no larger ones. */
const mostOctets = 1_000_000;

/** The whole calendar; the same as long as nothing changes. */
export const calendarFeed = async (hub: Hub, personId: string): Promise<string> => {
  const now = hub.now();
  const span = { from: now - past, to: now + ahead };
  const interviews = await interviewsInFeed(hub.db, personId, { ...span, now });
  const stamps = new Map(interviews.map((one) => [one.id, one.updated_at]));
  const standing = await standingOfAll(hub.db, [...stamps.keys()]);
  const scenes = await gatherScenes(hub, hub.db, interviews, standing);
  const found = scenes.flatMap((scene) =>
    feedEntries(scene, personId, span).map((entry) => ({
      ...entry,
      stamp: stamps.get(scene.id) ?? now,
    })),
  );
  const sequences = await sequencesOf(
    hub.db,
    found.map(({ uid }) => uid),
  );
  const { name } = await findCompany(hub.db);
  return serializeFeed({
    name: name === '' ? 'Interviews' : `Interviews at ${name}`,
    refreshMinutes: 60,
    entries: found.map((entry) => ({ ...entry, sequence: sequences.get(entry.uid) ?? 0 })),
    mostOctets,
  });
};

/** Makes the feed, or gives it another address; the one before is refused from now on. */
export const turnOnFeed = (
  db: Database,
  person: PersonRow,
  actor: Actor,
): Promise<{ row: CalendarFeedRow; token: string }> =>
  inTransaction(db, async (tx) => {
    await lockPeople(tx, [person.id]);
    const before = await findFeed(tx, person);
    const made = await replaceFeed(tx, person);
    await insertAudit(tx, actor, `calendar_feed.${before ? 'renew' : 'enable'}`, person.id);
    return made;
  });

/** Its address is refused from now on. What is off stays off. */
export const turnOffFeed = (db: Database, person: PersonRow, actor: Actor): Promise<void> =>
  inTransaction(db, async (tx) => {
    if (await removeFeed(tx, person.id))
      await insertAudit(tx, actor, 'calendar_feed.disable', person.id);
  });
