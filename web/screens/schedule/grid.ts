/** What stands in the grid of a day: its rows, its columns, and what each cell says. */
import type { Schemas } from '../../hub/client.ts';
import { type Arrangement, endOf } from './plan.ts';
import { words } from './words.ts';
import { addDays, instantOf, wallOf } from './zoned.ts';

/** Milliseconds of a row. */
const step = 30 * 60_000;

export interface Row {
  start: number;
  end: number;
  isHour: boolean;
  /** An option begins here. */
  isOffered: boolean;
}

export interface Cell {
  kind: 'event' | 'interview' | 'busy' | 'tentative' | 'unknown' | 'outside' | 'free';
  /** What is shown; empty: its colour tells, and its kind is heard. */
  text: string;
}

export interface Column {
  id: string;
  name: string;
  cellAt: (row: Row) => Cell;
}

/** The hours of a usual day, more where an event lies outside of them. */
const usual = { from: 8, to: 19 };

export const rowsOf = (
  day: string,
  zone: string,
  events: Arrangement,
  starts: readonly string[],
): Row[] => {
  const [from, to] = [instantOf(`${day}T00:00`, zone), instantOf(`${addDays(day, 1)}T00:00`, zone)];
  const within = events.filter((one) => Date.parse(one.start) >= from && Date.parse(one.start) < to);
  const first = instantOf(`${day}T${String(usual.from).padStart(2, '0')}:00`, zone);
  const last = instantOf(`${day}T${String(usual.to).padStart(2, '0')}:00`, zone);
  const begin = Math.min(first, ...within.map((one) => Math.floor(Date.parse(one.start) / step) * step));
  const end = Math.max(last, ...within.map((one) => Date.parse(endOf(one))));
  const offered = starts.map((start) => Date.parse(start));
  const rows: Row[] = [];
  for (let at = begin; at < end; at += step)
    rows.push({
      start: at,
      end: at + step,
      isHour: wallOf(at, zone).endsWith(':00'),
      isOffered: offered.some((start) => at <= start && start < at + step),
    });
  return rows;
}; // prettier-ignore

type Person = Schemas['Person'];
type Taken = Schemas['TakenTimes']['items'][number];

const meets = (row: Row, { start, end }: { start: string; end: string }): boolean =>
  Date.parse(start) < row.end && row.start < Date.parse(end);

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const isOutside = ({ hours, daysOff, zone }: Person, at: number): boolean => {
  const wall = wallOf(at, zone);
  const [day = '', clock = ''] = wall.split('T');
  if (daysOff.some(({ from, to }) => from <= day && day <= to)) return true;
  const weekday = weekdays[new Date(`${day}T12:00Z`).getUTCDay()] ?? 'sun';
  return !hours[weekday].some(({ from, to }) => from <= clock && clock < to);
};

const eventCell = (events: Arrangement, row: Row): Cell | null => {
  const found = events.find((one) => meets(row, { start: one.start, end: endOf(one) }));
  if (!found) return null;
  const begins = Date.parse(found.start) >= row.start;
  return { kind: 'event', text: begins ? (found.name ?? '') : '' };
};

export const columnsOf = ({
  events,
  seated,
  people,
  taken,
}: {
  events: Arrangement;
  seated: readonly string[];
  people: readonly Person[];
  taken: readonly Taken[];
}): Column[] => [
  {
    id: 'interview',
    name: words.grid.interview,
    cellAt: (row) => eventCell(events, row) ?? { kind: 'free', text: '' },
  },
  ...seated.map((id): Column => {
    const person = people.find((one) => one.id === id);
    const known = taken.find(({ personId }) => personId === id);
    const own = events.filter(({ seats = [] }) =>
      seats.some(({ chosen = [] }) => chosen.includes(id)),
    );
    return {
      id,
      name: person?.name ?? '',
      cellAt: (row) => {
        const busy = known?.times.find((time) => meets(row, time));
        const event = eventCell(own, row);
        if (event && busy) return { ...event, text: words.grid.clash(event.text, busy.kind) };
        if (event) return event;
        if (busy) return { kind: busy.kind, text: '' };
        if (known?.known === false) return { kind: 'unknown', text: '' };
        return { kind: person && isOutside(person, row.start) ? 'outside' : 'free', text: '' };
      },
    };
  }),
];
