/**
 * An invite belongs to one reader for life: one address, in one organizer's entry. Where either is
 * another now, it is another thing of the same place: the old one is taken back from whoever has it,
 * the new one is made, and neither waits for the other.
 */
import type { Held, Wanted } from './diff.ts';

/** Whether a thing stands at this place, under whichever number. */
export const isAt = (place: string, thing: string): boolean =>
  thing === place || (thing.startsWith(`${place}/`) && /^\d+$/.test(thing.slice(place.length + 1)));

export interface Assigned {
  wanted: Wanted[];
  /** Things of readers whose address is unknown now: nobody else has come in their place yet. */
  stays: ReadonlySet<string>;
}

/** Names each invite after its reader: as before where there is one, else by the next number. */
export const assignReaders = (
  wanted: readonly Wanted[],
  held: readonly Pick<Held, 'thing' | 'reader'>[],
): Assigned => {
  const stays = new Set<string>();
  const assigned = wanted.map((want): Wanted => {
    if (want.reader === undefined) return want;
    const place = want.thing;
    const known = held.filter(({ thing }) => isAt(place, thing));
    const same = known.find(({ reader }) => reader === want.reader);
    // What waited for an address has no reader yet.
    const free = known.find(({ reader }) => reader === null);
    const next = known.length === 0 ? place : `${place}/${String(known.length)}`;
    const thing = (same ?? free)?.thing ?? next;
    if (want.reader === null) for (const one of known) stays.add(one.thing);
    stays.delete(thing);
    return { ...want, thing, place };
  });
  return { wanted: assigned, stays };
};
