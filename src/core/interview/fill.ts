/**
 * Who sits where at given times. Whoever was chosen together with the times sits; else a seat takes the
 * first who is free: named people in their order, a pool's members in the order of their names.
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

/** Something that speaks against a person in a seat, or the candidate's time; or a seat that nobody can take. */
export interface SeatProblem {
  code:
    | Conflict['code']
    | ('nobody_free' | 'person_unknown' | 'pool_unknown' | 'no_ats_user')
    | 'candidate_busy';
  eventId: string;
  personId: string | null;
  text: string;
  /** False: a warning. */
  blocks: boolean;
  /** Of `candidate_busy`: the other interview; `start` of the event in it. */
  interview?: { id: string; name: string; start: number };
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
  'candidate_busy',
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

/** A room needs none. */
export const lacksAtsUser = (
  { kind, atsUserId }: Pick<Occupant, 'kind' | 'atsUserId'>,
  { needsAtsUsers }: Pick<Room, 'needsAtsUsers'>,
): boolean => needsAtsUsers && atsUserId === null && kind !== 'room';

/** The members of a pool, in the order of their names. */
export const membersOf = ({ expression }: Pool, people: Room['people']): Person[] => {
  const wanted = parsePool(expression);
  return [...people.values()]
    .filter(({ active, tags }) => active && matches(wanted, tags))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
};

/** `sitting`: who sits in the event already. */
export const fillSeats = (
  eventId: string,
  templates: readonly SeatTemplate[],
  room: Room,
  sitting: Iterable<string> = [],
): { seats: FilledSeat[]; problems: SeatProblem[] } => {
  const seats: FilledSeat[] = [];
  const problems: SeatProblem[] = [];
  const taken = new Set(sitting);

  const sit = (person: Person, template: SeatTemplate, why: string): void => {
    taken.add(person.personId);
    const { personId, name } = person;
    const { tags: _tags, active: _active, ...occupant } = person;
    seats.push({
      ...occupant,
      required: template.required,
      feedbackFormId: template.feedbackFormId,
      why,
      from: template.from,
    });
    if (lacksAtsUser(person, room))
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

  /** Somebody optional who is not free any more is left out. */
  const sitChosen = (template: SeatTemplate, ids: readonly string[], members: readonly Person[], whence: string): void => {
    for (const id of ids) {
      const person = members.find(({ personId, active }) => personId === id && active);
      if (!person || taken.has(id))
        complain('person_unknown', 'Somebody who was chosen for a seat may not sit there any more. Look for times again.');
      else if (template.required || isFree(person)) sit(person, template, `chosen by the panel engine, ${whence}`);
    }
    const least = template.from.kind === 'pool' ? template.from.count : 1;
    if (template.required && ids.length < least)
      complain('nobody_free', `A seat needs ${String(least)}, and ${String(ids.length)} were chosen. Look for times again.`);
  };

  for (const template of templates) {
    const { from, required, chosen: wanted } = template;
    if (from.kind === 'people') {
      const known = from.personIds.flatMap((id) => room.people.get(id) ?? []);
      if (known.length < from.personIds.length)
        complain('person_unknown', 'A person of this seat is not known any more. Choose another one.');
      if (wanted) {
        sitChosen(template, wanted, known, `of ${String(known.length)} named`);
        continue;
      }
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
    const members = membersOf(pool, room.people);
    if (wanted) {
      sitChosen(template, wanted, members, `from the pool ${pool.name} (${String(members.length)} members)`);
      continue;
    }
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
