/**
 * Compares what should exist outside with what the ledger says of it, and answers with the acts that
 * are owed. Schedule, reschedule, replace, cancel, *New link* and repair are all this one comparison.
 */
import type { EffectKind, EffectState } from '#core/model.ts';

export type ThingKind = Exclude<EffectKind, 'live_link'>;

/** One thing that should exist outside. */
export interface Wanted {
  /** Readable and unique: `interview/iv_12/event/e2/live-session/cn_3`. */
  thing: string;
  kind: ThingKind;
  /** Null: mail while no server is configured; it is kept in the outbox. */
  connectionId: string | null;
  /** What it should be. */
  content: unknown;
  /** What is compared, as canonical JSON, where it is not the whole content. */
  identity?: unknown;
  /** Acts of a smaller step go first. */
  step: number;
  /** Not before this instant (milliseconds); 0: at once. */
  notBefore: number;
  /** Gone from the plan, and yet nothing can or need be undone (a mail that was read). */
  lasting?: boolean;
  /** Of an invite: whose it is for life (`readers.ts`); null: nobody's yet, for want of an address. */
  reader?: string | null;
  /** Of an invite: what its readers one after the other have in common. */
  place?: string;
}

export type Act = 'create' | 'update' | 'remove';

/** What the ledger knows of a thing. */
export interface Held {
  thing: string;
  kind: ThingKind;
  connectionId: string | null;
  /** Of the act that was wanted last. */
  state: EffectState;
  act: Act;
  /** Fingerprint of the content of that act; null for a removal. */
  asked: string | null;
  /** Fingerprint of what stands outside now; null: nothing does. */
  stands: string | null;
  /** That act was tried, and may have gone through although nobody was told. */
  inDoubt: boolean;
  /** Whether its absence from the plan removes it. */
  lasting: boolean;
  step: number;
  reader?: string | null;
}

export interface Owed {
  thing: string;
  kind: ThingKind;
  connectionId: string | null;
  act: Act;
  /** Null for a removal: what stands there is in the ledger. */
  content: unknown;
  fingerprint: string | null;
  step: number;
  lasting: boolean;
}

export interface Difference {
  /** In the order in which they are to be done. */
  owed: Owed[];
  /** Acts that were asked for and are wanted no more; nothing was begun. */
  obsolete: string[];
  /** When something becomes due by itself; null: nothing does. */
  nextLook: number | null;
}

/** JSON with sorted keys: equal content has equal text. */
export const fingerprintOf = (content: unknown): string =>
  JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Nobody has begun with it, and nobody knows that anything happened. */
const isOpen = (state: EffectState): boolean =>
  state === 'owed' || state === 'waiting' || state === 'failed' || state === 'skipped';

/** Somebody is at it, or nobody can tell: what follows waits for that. */
const isBusy = (state: EffectState): boolean => state === 'started' || state === 'unknown';

export const diff = (
  wanted: readonly Wanted[],
  held: readonly Held[],
  now: number,
  /** Things that stay as they are, whatever is wanted: whoever reads them is not to be told. */
  leave: (thing: string) => boolean = () => false,
): Difference => {
  const before = new Map(held.map((one) => [one.thing, one]));
  const owed: Owed[] = [];
  const obsolete: string[] = [];
  const later: number[] = [];

  for (const want of wanted) {
    const has = before.get(want.thing);
    before.delete(want.thing);
    if ((has && isBusy(has.state)) || leave(want.thing)) continue;
    // Perhaps it is gone: it is taken back for sure before it is made again.
    if (has?.inDoubt && has.act === 'remove') continue;
    const fingerprint = fingerprintOf(want.identity ?? want.content);
    const stands = has?.stands ?? null;
    // After a change that may have gone through nobody knows what stands there.
    if (stands === fingerprint && !has?.inDoubt) {
      if (has && isOpen(has.state) && has.state !== 'skipped') obsolete.push(has.thing);
      continue;
    }
    const act = stands === null ? 'create' : 'update';
    // Asked for already: on its way, or stopped until a person decides.
    if (has && isOpen(has.state) && has.act === act && has.asked === fingerprint) continue;
    if (want.notBefore > now) {
      later.push(want.notBefore);
      continue;
    }
    const { thing, kind, connectionId, content, step, lasting = false } = want;
    owed.push({ thing, kind, connectionId, act, content, fingerprint, step, lasting });
  }

  for (const has of before.values()) {
    if (isBusy(has.state) || leave(has.thing)) continue;
    // What may be there although nobody was told is taken back like what is.
    if (has.lasting || (has.stands === null && !has.inDoubt)) {
      if (has.state === 'owed' || has.state === 'waiting' || has.state === 'failed')
        obsolete.push(has.thing);
      continue;
    }
    if (has.act === 'remove' && isOpen(has.state)) continue;
    const { thing, kind, connectionId, step } = has;
    owed.push({
      thing,
      kind,
      connectionId,
      act: 'remove',
      content: null,
      fingerprint: null,
      step,
      lasting: false,
    });
  }

  owed.sort((a, b) => a.step - b.step);
  const nextLook = Math.min(...later);
  return { owed, obsolete, nextLook: Number.isFinite(nextLook) ? nextLook : null };
};
