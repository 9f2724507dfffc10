/** What the candidate's page shows of an interview: its events as the candidate may know them. */
import { namedToCandidate, placeOf } from './operations.ts';
import type { Place, Plan, PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { linkOf, neededSessions, type NeededSession } from './sessions.ts';

/** Milliseconds that the page stays after the end: somebody may look up whom they talked to. */
const kept = 30 * 86_400_000;

export interface PageLink {
  /** `meeting`: where the event itself takes place. */
  kind: 'meeting' | 'coding';
  /** Of the coding platform; empty: a meeting. */
  platform: string;
  /** Null: not open yet. */
  url: string | null;
  /** Null: it is open, or nobody knows when it will be. */
  opensAt: number | null;
}

export interface PageEvent {
  id: string;
  name: string;
  topic: string;
  prepare: string;
  start: number;
  end: number;
  place: string;
  /** `bio`: some words about the person, for candidates. */
  people: Array<{ name: string; title: string; bio: string }>;
  links: PageLink[];
}

export interface CandidatePage {
  /** `on_hold`: what was told is not sure any more. `expired`: nothing is shown of it. */
  state: 'confirmed' | 'on_hold' | 'cancelled' | 'over' | 'expired';
  events: PageEvent[];
  /** Of the interview as a whole. */
  links: PageLink[];
  /** The way to an interview that is not remote; null: it is, or nobody said where. */
  place: Omit<Place, 'id'> | null;
}

const isAddress = (place: string): boolean => /^https?:\/\/\S+$/i.test(place);

/** `linksOpenMinutes`: how long before an event its links open; null: as soon as they are there. */
export const candidatePageOf = (scene: Scene, linksOpenMinutes: number | null): CandidatePage => {
  const events = scene.plan.events
    .filter(({ internal }) => !internal)
    .toSorted((a, b) => a.start - b.start);
  const state = stateOf(scene, events);
  if (state === 'expired' || state === 'on_hold')
    return { state, events: [], links: [], place: null };
  const sessions = state === 'confirmed' ? liveSessions(scene) : [];
  const opening = (start: number): number =>
    linksOpenMinutes === null ? 0 : start - linksOpenMinutes * 60_000;
  const codingLinks = (eventId: string | null, start: number): PageLink[] =>
    sessions
      .filter((one) => one.eventId === eventId)
      .map((one) => ({
        kind: 'coding',
        platform: one.platform,
        ...openedAt(scene, urlOf(scene, one), Math.max(opening(start), one.notBefore)),
      }));
  const meeting = (place: string, start: number): PageLink[] =>
    state === 'confirmed' && isAddress(place)
      ? [{ kind: 'meeting', platform: '', ...openedAt(scene, place, opening(start)) }]
      : [];
  return {
    state,
    events: events.map((event) => {
      const { id, name, topic, prepare = '', start, end } = event;
      const place = placeOf(event);
      return {
        id,
        name,
        topic,
        prepare,
        start,
        end,
        place: isAddress(place) ? '' : place,
        people: namedToCandidate(event).map(({ name, title, bio = '' }) => ({ name, title, bio })),
        links: [...meeting(place, start), ...codingLinks(id, start)],
      };
    }),
    links: codingLinks(null, events[0]?.start ?? 0),
    place: wayThere(scene.plan),
  };
};

const wayThere = ({ remote, place }: Plan): CandidatePage['place'] => {
  if (remote || place === undefined) return null;
  const { name, address, mapLink, instructions } = place;
  return { name, address, mapLink, instructions };
};

const stateOf = (scene: Scene, events: readonly PlannedEvent[]): CandidatePage['state'] => {
  const end = Math.max(0, ...events.map((event) => event.end));
  if (end > 0 && scene.now > end + kept) return 'expired';
  if (scene.state === 'cancelled') return 'cancelled';
  if (scene.state === 'hold' || scene.state === 'draft') return 'on_hold';
  return scene.state === 'completed' || scene.now >= end ? 'over' : 'confirmed';
};

const liveSessions = (scene: Scene): NeededSession[] =>
  neededSessions(scene).filter(({ kind }) => kind === 'live_session');

const urlOf = (scene: Scene, session: NeededSession): string | null => {
  const link = linkOf(scene, session);
  return link.state === 'ready' ? link.url : null;
};

const openedAt = (
  { now }: Scene,
  url: string | null,
  opens: number,
): Pick<PageLink, 'url' | 'opensAt'> =>
  opens > now ? { url: null, opensAt: opens } : { url, opensAt: null };
