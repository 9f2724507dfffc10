/** An effect of an interview in words: what it is, how far it is, and whom it is for. */
import type { Effect, Interview } from './queries.ts';
import { words } from './words.ts';

/** `interview/iv_1/event/e2/invite/pe_3/1`: which event and which person it is about. */
export const placeOf = (key: string): { eventId: string | null; personId: string | null } => ({
  eventId: /\/event\/(e\d+)\//.exec(key)?.[1] ?? null,
  personId: /\/invite\/(pe_[0-9a-z]+)/.exec(key)?.[1] ?? null,
});

export const eventName = ({ events }: Interview, id: string | null): string | null =>
  events.find((event) => event.id === id)?.name ?? null;

/** Who is no longer in the plan is known by the mail. */
const readerOf = (interview: Interview, { key, request }: Effect): string => {
  const { personId } = placeOf(key);
  const seat = interview.events
    .flatMap(({ seats }) => seats)
    .find((one) => one.personId === personId);
  const to = request['to'];
  const told = typeof to === 'object' && to !== null && 'name' in to ? to.name : undefined;
  return seat?.name ?? (typeof told === 'string' ? told : words.somebody);
};

export const vendorOf = ({ accounts }: Interview, { connectionId }: Effect): string =>
  connectionId === null ? words.outbox : (accounts[connectionId] ?? words.vendor);

export const effectText = (interview: Interview, effect: Effect): string => {
  const { kind, key } = effect;
  const vendor = vendorOf(interview, effect);
  const event = eventName(interview, placeOf(key).eventId);
  const of = words.ofEvent(event);
  switch (kind) {
    case 'live_session':
    case 'live_link':
      return words.effects.room(vendor, of);
    case 'assessment':
      return key.endsWith('/page') ? words.effects.testPage : words.effects.test(vendor);
    case 'ats_interview':
      return words.effects.ats(vendor);
    case 'note':
    case 'ats_link':
      return words.effects.note(vendor);
    case 'mail': {
      if (key.endsWith('/candidate/mail')) return words.effects.mail(interview.candidate.name);
      if (key.includes('/candidate/')) return words.effects.invite(interview.candidate.name, '');
      return words.effects.invite(readerOf(interview, effect), of);
    }
  }
};

export const effectState = ({ state, act, kind }: Effect): string => {
  if (state !== 'done') return words.effectStates[state];
  if (act === 'remove') return words.done.remove;
  if (kind === 'mail') return act === 'update' ? words.done.updateSent : words.done.sent;
  return act === 'update' ? words.done.update : words.done.create;
};
