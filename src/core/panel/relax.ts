/** A panel with one thing given up. */
import { dateTimeText } from '../template/times.ts';
import type { Hours } from '../people/conflicts.ts';
import type { Panel, PanelEvent, Relaxation, Resource } from './model.ts';

const minute = 60_000;
/** How far hours and windows are widened on both sides. */
const hour = 60;

export type Change = Omit<Relaxation, 'opens'>;

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const clockMinutes = (text: string): number =>
  Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Each span of each day an hour longer on both sides, within the day. */
const widened = (hours: Hours): Hours =>
  Object.fromEntries(
    Object.entries<Hours['mon']>({ ...hours }).map(([day, spans]) => [
      day,
      spans.map(({ from, to }) => ({
        from: clockText(Math.max(0, clockMinutes(from) - hour)),
        to: clockText(Math.min(1_440, clockMinutes(to) + hour)),
      })),
    ]),
  ) as Hours;

const withResource = (panel: Panel, id: string | null, change: (one: Resource) => Resource): Panel => ({
  ...panel,
  resources: panel.resources.map((one) => (one.id === id ? change(one) : one)),
}); // prettier-ignore

const withEvent = (panel: Panel, id: string | null, change: (one: PanelEvent) => PanelEvent): Panel => ({
  ...panel,
  events: panel.events.map((one) => (one.id === id ? change(one) : one)),
}); // prettier-ignore

const without = <T>(list: readonly T[], index: number | null): T[] =>
  list.filter((_, at) => at !== index);

/** The panel as it is once the relaxation is granted. */
export const applyRelaxation = (panel: Panel, change: Change): Panel => {
  const { kind, resourceId, eventId, index } = change;
  switch (kind) {
    case 'busy':
      return withResource(panel, resourceId, (one) => ({ ...one, busy: without(one.busy, index) }));
    case 'day_off':
      return withResource(panel, resourceId, (one) => ({ ...one, daysOff: without(one.daysOff, index) }));
    case 'hours':
      return withResource(panel, resourceId, (one) => ({ ...one, hours: one.hours && widened(one.hours) }));
    case 'limit':
      return withResource(panel, resourceId, (one) => ({ ...one, perDay: null, perWeek: null }));
    case 'buffer':
      return { ...panel, buffers: 'avoid' };
    case 'window':
      return {
        ...panel,
        windows: panel.windows.map(({ start, end }) => ({ start: start - hour * minute, end: end + hour * minute })),
      };
    case 'days':
      return { ...panel, maxDays: panel.maxDays + 1 };
    case 'gap':
      return {
        ...panel,
        gap: { min: 0, max: null },
        events: panel.events.map((one) => ({ ...one, gap: null })),
      };
    case 'lunch':
      return { ...panel, lunch: null };
    case 'order':
      return { ...panel, order: 'any', events: panel.events.map((one) => ({ ...one, after: [] })) };
    case 'between':
      return withEvent(panel, eventId, (one) => ({ ...one, between: null }));
    case 'repeat':
      return { ...panel, repeat: true };
    case 'seat':
      return withEvent(panel, eventId, (one) => ({
        ...one,
        seats: one.seats.map((seat, at) => (at === index ? { ...seat, required: false } : seat)),
      }));
  }
}; // prettier-ignore

const change = (kind: Change['kind'], text: string, about: Partial<Change> = {}): Change => ({
  kind, text, resourceId: null, eventId: null, index: null, ...about,
}); // prettier-ignore

/** Rules of the panel itself that could be given up. */
export const panelChanges = (panel: Panel): Change[] => {
  const { events, gap, lunch, order, repeat, buffers } = panel;
  const some = (test: (event: PanelEvent) => boolean): boolean => events.some(test);
  const tight = (one: { min: number; max: number | null } | null): boolean =>
    one !== null && (one.min > 0 || one.max !== null);
  return [
    ...(tight(gap) || some((one) => tight(one.gap))
      ? [change('gap', 'Let gaps between events be as short or as long as they come.')]
      : []),
    ...(lunch ? [change('lunch', 'Do without the lunch break.')] : []),
    ...(order === 'fixed' || some(({ after }) => after.length > 0)
      ? [change('order', 'Let events come in any order.')]
      : []),
    ...events.flatMap(({ id, name, between }) =>
      between
        ? [change('between', `Let ${name} take place outside ${between.from} to ${between.to}.`, { eventId: id })]
        : [],
    ),
    ...(repeat || events.length === 1 ? [] : [change('repeat', 'Let the same person sit in several events.')]),
    ...(buffers === 'keep' ? [change('buffer', 'Do without the pauses that people keep around events.')] : []),
    ...events.flatMap(({ id, name, seats }) =>
      seats.flatMap((seat, index) =>
        seat.required
          ? [change('seat', `Make ${seats.length > 1 ? `seat ${String(index + 1)} of ${name}` : `the seat in ${name}`} optional.`, { eventId: id, index })]
          : [],
      ),
    ),
  ];
}; // prettier-ignore

/** More time for the whole of it: what takes longest to find out. */
export const timeChanges = ({ events, maxDays }: Panel): Change[] => [
  change('window', 'Ask the candidate for an hour more before and after each of their times.'),
  ...(maxDays < Math.min(5, events.length)
    ? [change('days', `Allow ${String(maxDays + 1)} days.`)]
    : []),
];

/** What one person could give up. `within`: busy times that do not touch it are left out. */
export const resourceChanges = (
  panel: Panel,
  one: Resource,
  touches: (span: { start: number; end: number }) => boolean,
): Change[] => {
  const about = { resourceId: one.id };
  const times = one.busy.flatMap((busy, index) => {
    if (busy.kind !== 'hard' || busy.start >= busy.end || !touches(busy)) return [];
    const what = busy.title === undefined || busy.title === '' ? 'what is' : busy.title;
    return [change('busy', `Let ${one.name} skip ${what} on ${dateTimeText(busy.start, one.zone)}.`, { ...about, index })];
  });
  return [
    ...times,
    ...(one.hours ? [change('hours', `Let ${one.name} work an hour earlier and later.`, about)] : []),
    ...one.daysOff.map(({ from, to }, index) =>
      change('day_off', `Let ${one.name} come in on ${from === to ? from : `${from} to ${to}`}, a day off.`, { ...about, index }),
    ),
    ...(panel.limits === 'keep' && (one.perDay !== null || one.perWeek !== null)
      ? [change('limit', `Let ${one.name} go beyond the limit of interviews.`, about)]
      : []),
  ];
}; // prettier-ignore
