/** State that an earlier version of the sandbox saved, or a later one. */
import { messageOf } from '#core/errors.ts';
import type { Emulator } from '#connectors/emulator.ts';

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What was saved, with what a new state has besides; `added` names it, such as `panels`. Throws
 * where something else stands in the place of a list.
 */
export const withDefaults = (saved: Part, fresh: Part): { part: Part; added: string[] } => {
  const added: string[] = [];
  const part: Record<string, unknown> = { ...saved };
  for (const [name, value] of Object.entries(fresh)) {
    const kept = saved[name];
    if (kept === undefined) {
      part[name] = value;
      added.push(name);
    } else if (Array.isArray(value) && !Array.isArray(kept)) {
      throw new TypeError(`${name} is no list`);
    } else if (isPart(kept) && isPart(value)) {
      const inner = withDefaults(kept, value);
      part[name] = inner.part;
      added.push(...inner.added.map((one) => `${name}.${one}`));
    }
  }
  return { part, added };
};

/**
 * An emulator that goes on from what was saved. What the state lacks is filled in as a new one has
 * it; where it cannot be used all the same, the emulator begins anew and `log` is told.
 */
export const goOn = (setup: {
  id: string;
  saved: unknown;
  /** Makes the emulator; `undefined` seeds it, with so many candidates. */
  create(saved: unknown, candidates?: number): Emulator;
  log(line: string): void;
}): { emulator: Emulator; isChanged: boolean } => {
  const { id, saved, create, log } = setup;
  const anew = (why: string): { emulator: Emulator; isChanged: boolean } => {
    log(
      `sandbox: what ${id} had saved cannot be used by this version (${why}). It begins anew, with new keys: connect it again.`,
    );
    return { emulator: create(undefined), isChanged: true };
  };
  if (!isPart(saved)) return anew('it is no object');
  try {
    const model = create(undefined, 1);
    const fresh = model.snapshot();
    model.stop();
    const { part, added } = withDefaults(saved, isPart(fresh) ? fresh : {});
    if (added.length > 0)
      log(`sandbox: another version had saved ${id}; filled in was: ${added.join(', ')}.`);
    return { emulator: create(part), isChanged: added.length > 0 };
  } catch (thrown) {
    return anew(messageOf(thrown));
  }
};
