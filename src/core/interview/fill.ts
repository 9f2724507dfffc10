/**
 * Who sits where. Until the panel engine chooses times as well, a coordinator gives them, and each
 * seat takes the first who is free: named people in their order, a pool's members in the order of
 * their names.
 */
import type { Conflict } from '#core/people/conflicts.ts';
import { matches, parsePool } from '#core/people/pool.ts';
import type { SeatTemplate } from './layers.ts';
import type { FilledSeat, Occupant } from './model.ts';

export interface Person extends Occupant {
  tags: readonly string[];
  active: boolean;
}

export interface Pool {
  id: string;
  name: string;
  expression: string;
}

/** Something that speaks against a person in a seat, or a seat that nobody can take. */
export interface SeatProblem {
  code: Conflict['code'] | 'nobody_free' | 'person_unknown' | 'pool_unknown' | 'no_ats_user';
  eventId: string;
  personId: string | null;
  text: string;
  /** False: a warning. */
  blocks: boolean;
}

export interface Room {
  people: ReadonlyMap<string, Person>;
  pools: ReadonlyMap<string, Pool>;
  /** Whether the ATS shows interviews, and so has to know everybody in them. */
  needsAtsUsers: boolean;
  /** What speaks against this person at the time of the event. */
  conflicts(personId: string): readonly Conflict[];
}

/** What a coordinator may take upon itself; the rest has to be put right. */
export const overridable = [
  'double_booked',
  'busy',
  'outside_hours',
  'day_off',
  'over_day_limit',
  'over_week_limit',
] as const;

/** Planning names who is missing in the ATS, so that the push does not fail later. */
export const noAtsUser = (
  eventId: string,
  { personId, name, email }: Pick<Occupant, 'personId' | 'name' | 'email'>,
): SeatProblem => ({
  code: 'no_ats_user',
  eventId,
  personId,
  text: `${name} (${email}) has no user in the ATS. Create one there with this address, or choose somebody else.`,
  blocks: true,
});

export const fillSeats = (
  eventId: string,
  templates: readonly SeatTemplate[],
  room: Room,
): { seats: FilledSeat[]; problems: SeatProblem[] } => {
  const seats: FilledSeat[] = [];
  const problems: SeatProblem[] = [];
  const taken = new Set<string>();

  const sit = (person: Person, template: SeatTemplate, why: string): void => {
    taken.add(person.personId);
    const { personId, name, email, title, zone, atsUserId } = person;
    const occupant = { personId, name, email, title, zone, atsUserId };
    seats.push({
      ...occupant,
      required: template.required,
      feedbackFormId: template.feedbackFormId,
      why,
    });
    if (atsUserId === null && room.needsAtsUsers)
      problems.push(noAtsUser(eventId, person));
    for (const conflict of room.conflicts(personId))
      problems.push({
        code: conflict.code,
        eventId,
        personId,
        text: `${name} ${conflict.text}.`,
        blocks: conflict.blocks,
      });
  };

  const complain = (code: SeatProblem['code'], text: string): void => {
    problems.push({ code, eventId, personId: null, text, blocks: true });
  };

  const isFree = ({ personId }: Person): boolean =>
    !room.conflicts(personId).some(({ blocks }) => blocks);

  for (const template of templates) {
    const { from, required } = template;
    if (from.kind === 'people') {
      const known = from.personIds.flatMap((id) => room.people.get(id) ?? []);
      if (known.length < from.personIds.length)
        complain('person_unknown', 'A person of this seat is not known any more. Choose another one.');
      const open = known.filter(({ personId, active }) => active && !taken.has(personId));
      const free = open.find(isFree);
      // Somebody optional who is busy is left out; somebody required is shown with what is wrong.
      const chosen = free ?? (required ? open[0] : undefined);
      if (chosen) {
        const place = from.personIds.indexOf(chosen.personId) + 1;
        const of = from.personIds.length;
        sit(chosen, template, of === 1 ? 'named' : `number ${String(place)} of ${String(of)} named`);
      } else if (required && known.length > 0)
        complain('nobody_free', 'Nobody of those named for a seat can take it. Name somebody else.');
      continue;
    }
    const pool = room.pools.get(from.poolId);
    if (!pool) {
      complain('pool_unknown', 'The pool of a seat is not there any more. Choose another one.');
      continue;
    }
    const expression = parsePool(pool.expression);
    const members = [...room.people.values()]
      .filter(({ active, tags }) => active && matches(expression, tags))
      .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const free = members.filter((one) => !taken.has(one.personId) && isFree(one));
    const chosen = free.slice(0, from.count);
    chosen.forEach((person, index) => {
      const place = `number ${String(index + 1)} of ${String(free.length)} free`;
      sit(person, template, `${place} in the pool ${pool.name} (${String(members.length)} members)`);
    });
    if (chosen.length < from.count && required)
      complain(
        'nobody_free',
        `The pool ${pool.name} has ${String(free.length)} of ${String(from.count)} people free then (${String(members.length)} members). Move the event, or name somebody.`,
      );
  }
  return { seats, problems };
}; // prettier-ignore
