/** What may be done to an interview, by where it stands. */
import type { Effect, Event, Interview, Seat } from '../queries.ts';

export type Operation =
  | { kind: 'hold' | 'confirm' | 'putBack' | 'cancel' | 'reschedule' | 'add' | 'texts' | 'coding' }
  | { kind: 'move' | 'edit' | 'remove'; event: Event }
  | { kind: 'replace'; event: Event; seat: Seat }
  | { kind: 'newLink'; link: Effect };

export const mayChange = ({ state }: Interview): boolean =>
  state === 'draft' || state === 'hold' || state === 'confirmed';
