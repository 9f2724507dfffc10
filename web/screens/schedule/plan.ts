/** What a coordinator plans: what came with the template, what was changed here, and how it is asked. */
import type { Schemas } from '../../hub/client.ts';
import { wholeOf } from './halves.ts';
import { ownZone } from '../../parts/time.tsx';
import { askedWhen, faultOf, usualWhen, type When } from './when.ts';
import { addDays, dayOf, instantOf } from './zoned.ts';

export type Draft = Schemas['InterviewDraft'];
export type Layer = Schemas['Layer'];
export type Settings = Draft['settings'];
export type Option = Schemas['LoopSchedule'];
/** Events with their times and people, as they are booked. */
export type Arrangement = Option['events'];
export type Relaxation = Omit<Schemas['PanelExplanation']['relaxations'][number], 'opens'>;

export interface Plan {
  templateId: string | null;
  /** The candidate's zone: days of the search are its days. */
  zone: string;
  /** First and last day of the search, `2026-12-07`. */
  from: string;
  to: string;
  events: Draft['interview']['events'];
  /** What differs from the template, for this interview alone. */
  layer: Layer;
  note: string;
  when: When;
  /** Who is told of it now. */
  notify: ReadonlyArray<'candidate' | 'interviewers'>;
  /** What is given up, as an explanation offered it. */
  relax: Relaxation[];
}

/** From what it is at that moment: what shows a plan may lag behind it. */
export type ChangePlan = (change: (now: Plan) => Plan) => void;

const weeks = 2;

export const planOf = (draft: Draft, now: number): Plan => {
  const { interview, settings } = draft;
  const zone = settings.remote ? ownZone() : settings.zone;
  const today = dayOf(now, zone);
  return {
    templateId: interview.templateId,
    zone,
    from: today,
    to: addDays(today, weeks * 7),
    events: draft.interview.events,
    layer: {},
    note: '',
    when: usualWhen,
    notify: ['candidate', 'interviewers'],
    relax: [],
  };
};

/** Another template begins another plan; what was said of the candidate and the days stays. */
export const replan = (draft: Draft, before: Plan): Plan => ({
  ...before,
  templateId: draft.interview.templateId,
  events: draft.interview.events,
  layer: {},
  relax: [],
});

/** What holds for this interview. */
export const settledOf = (settings: Settings, layer: Layer): Settings => ({
  ...settings,
  ...layer,
  texts: { ...settings.texts, ...layer.texts },
});

const leastMinutes = 5;

const isEmpty = ({ from }: Plan['events'][number]['seats'][number]): boolean =>
  from.kind === 'people' && from.personIds.length === 0;

/** Null: it can be asked. Else why not yet. */
export const gapOf = ({
  events,
  from,
  to,
  when,
}: Plan): 'events' | 'name' | 'minutes' | 'seats' | 'days' | 'windows' | null => {
  if (events.length === 0) return 'events';
  if (events.some(({ name }) => name.trim() === '')) return 'name';
  if (events.some(({ minutes }) => minutes < leastMinutes)) return 'minutes';
  if (events.some(({ seats }) => seats.length === 0 || seats.some(isEmpty))) return 'seats';
  if (from === '' || to === '' || to < from) return 'days';
  const isHalf = when.windows.some((one) =>
    ['open', 'turned'].includes(faultOf(one, { from, to }) ?? ''),
  );
  return isHalf ? 'windows' : null;
};

const aboutOf = (draft: Draft, plan: Plan) => ({
  connectionId: draft.interview.connectionId,
  candidateId: draft.interview.candidateId,
  templateId: plan.templateId,
  candidateZone: plan.zone,
  layer: plan.layer,
});

/** All of an event is said, for what is left out comes from the template's event at the same place. */
const whole = ({ prepare = '', coding = [], ...event }: Plan['events'][number]) => ({
  ...event,
  prepare,
  coding,
});

/** How many options are looked for. */
const asked = 20;

export const searchOf = (draft: Draft, plan: Plan) => ({
  ...aboutOf(draft, { ...plan, layer: wholeOf(plan.layer) }),
  events: plan.events.map(whole),
  from: new Date(instantOf(`${plan.from}T00:00`, plan.zone)).toISOString(),
  to: new Date(instantOf(`${addDays(plan.to, 1)}T00:00`, plan.zone)).toISOString(),
  relax: plan.relax,
  ...askedWhen(plan.when, plan.zone),
  keep: true,
  schedules: asked,
  timeLimitMs: 2_000,
});

export type Search = ReturnType<typeof searchOf>;

export const bookingOf = (
  draft: Draft,
  plan: Plan,
  events: Arrangement,
  more: {
    state: 'hold' | 'confirmed';
    override: Schemas['InterviewInput']['override'];
    overrideReason: string;
  },
) => ({
  ...aboutOf(draft, plan),
  note: plan.note,
  events,
  ...askedWhen(plan.when, plan.zone),
  relax: [],
  notify: [...plan.notify],
  undoSeconds: 0,
  ...more,
});

export type Booking = ReturnType<typeof bookingOf>;

const timesAndPeople = (events: Arrangement) =>
  events.map(({ start, seats = [] }) => [start, seats.map(({ chosen }) => chosen)]);

/** When each event of the plan begins, and who was chosen for each seat; null: the first who are free. */
export type Times = ReadonlyArray<{ start: string; chosen: ReadonlyArray<string[] | null> }>;

export const timesOf = (events: Arrangement): Times =>
  events.map(({ start, seats = [] }) => ({
    start,
    chosen: seats.map(({ chosen }) => chosen ?? null),
  }));

/** Where there is no option to begin with: one after the other on the first day, with who is named first. */
export const timesByHand = ({ events, from, zone }: Plan): Times => {
  let at = instantOf(`${addDays(from, 1)}T10:00`, zone);
  return events.map(({ minutes, seats }) => {
    const start = new Date(at).toISOString();
    at += minutes * 60_000;
    return {
      start,
      chosen: seats.map(({ from: of }) => (of.kind === 'people' ? of.personIds.slice(0, 1) : null)),
    };
  });
};

/** The plan's events at these times; null: they are times of another plan. */
export const arrange = ({ events }: Plan, times: Times): Arrangement | null => {
  if (events.length !== times.length) return null;
  return events.map((event, index) => ({
    ...whole(event),
    start: times[index]?.start ?? '',
    seats: event.seats.map((seat, place) => {
      const chosen = times[index]?.chosen[place] ?? null;
      return chosen === null ? seat : { ...seat, chosen };
    }),
  }));
};

/** Options with the same times and people are the same. */
export const keyOf = ({ events }: Pick<Option, 'events'>): string =>
  JSON.stringify(timesAndPeople(events));

export const endOf = ({ start, minutes = 0 }: Arrangement[number]): string =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString();

export const spanOf = (events: Arrangement): { start: string; end: string } => ({
  start: events.map(({ start }) => start).toSorted()[0] ?? '',
  end: events.map(endOf).toSorted().at(-1) ?? '',
});
