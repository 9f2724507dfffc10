/** Panels for tests: a light one, and one that keeps the engine busy for long. */
import type { Panel, Resource } from '#core/panel/model.ts';

const hour = 3_600_000;
const start = Date.parse('2026-12-07T00:00:00Z');
const nineToFive = [{ from: '09:00', to: '17:00' }];

const person = (index: number, busy: Resource['busy']): Resource => ({
  id: `p${String(index)}`,
  name: `Person ${String(index)}`,
  kind: 'person',
  zone: index % 3 === 0 ? 'America/New_York' : 'Europe/Berlin',
  hours: {
    mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive, sat: [], sun: [],
  },
  daysOff: [],
  busy,
  booked: [],
  buffer: { before: 0, after: 0 },
  perDay: 3,
  perWeek: null,
  preferred: null,
  met: false,
}); // prettier-ignore

const panelOf = (people: number, events: number, days: number, positions: number): Panel => {
  const horizon = { start, end: start + days * 24 * hour };
  const resources = Array.from({ length: people }, (_, index) =>
    person(
      index,
      Array.from({ length: days * 4 }, (_, turn) => {
        const from = start + turn * 6 * hour + ((index * 7_919 + turn * 104_729) % 24) * (hour / 4);
        return { start: from, end: from + hour, kind: turn % 5 === 0 ? 'soft' : 'hard' };
      }),
    ),
  );
  return {
    seed: 1,
    zone: 'Europe/Berlin',
    horizon,
    windows: [horizon],
    grain: 15,
    lattice: 15,
    resources,
    events: Array.from({ length: events }, (_, index) => ({
      id: `e${String(index)}`,
      name: `Event ${String(index)}`,
      minutes: 45,
      seats: [
        {
          id: 's',
          of: resources.filter((_, at) => (at + index) % 2 === 0).map(({ id }) => id),
          count: positions,
          required: true,
          ranked: false,
        },
      ],
      between: null,
      after: [],
      gap: null,
    })),
    order: 'any',
    gap: { min: 0, max: null },
    lunch: null,
    maxDays: Math.min(5, days),
    repeat: false,
    limits: 'keep',
    buffers: 'keep',
    objective: { order: ['soft', 'idle', 'days', 'load', 'start'] },
  };
};

export const light = (): Panel => panelOf(4, 1, 2, 1);

/** Solving it takes half a second, explaining it far longer than any test waits. */
export const heavy = (): Panel => panelOf(40, 8, 14, 2);

/** Reading it takes more memory than a small thread has. */
export const vast = (): Panel => panelOf(1_200, 1, 60, 2);
