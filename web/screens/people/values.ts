/** A person as the form holds it, and as the hub takes it. */
import type { Schemas } from '../../hub/client.ts';
import { ownZone } from '../../parts/time.tsx';
import type { Hours } from '../../parts/hours-field.tsx';
import type { Person } from './queries.ts';
import { words } from './words.ts';

/** A type, not an interface: forms take what has an index. Empty numbers are no limit. */
export type Values = Omit<
  Required<Schemas['PersonInput']>,
  'perDay' | 'perWeek' | 'hours' | 'daysOff' | 'buffer' | 'preferred'
> & {
  hours: Hours;
  daysOff: Person['daysOff'];
  preferred: Hours | null;
  perDay: number | '';
  perWeek: number | '';
  buffer: { before: number | ''; after: number | '' };
};

const weekdays = (spans: Hours['mon'], weekend: Hours['mon']): Hours => ({
  mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: weekend, sun: weekend,
}); // prettier-ignore

export const noHours = weekdays([], []);
export const officeHours = weekdays([{ from: '09:00', to: '17:00' }], []);
export const allHours = weekdays(
  [{ from: '00:00', to: '24:00' }],
  [{ from: '00:00', to: '24:00' }],
);

export const newPerson = (): Values => ({
  kind: 'person',
  name: '',
  email: '',
  title: '',
  bio: '',
  linkedIn: '',
  zone: ownZone(),
  hours: officeHours,
  daysOff: [],
  perDay: '',
  perWeek: '',
  preferred: null,
  buffer: { before: 0, after: 0 },
  tags: [],
  active: true,
  busySources: [],
});

/** `sources`: connections that there still are; null: that may not be known here. */
export const valuesOf = (person: Person, sources: ReadonlySet<string> | null): Values => {
  const { id: _id, version: _version, bounced: _bounced, createdAt: _made, updatedAt: _changed, ...rest } = person; // prettier-ignore
  return {
    ...rest,
    perDay: rest.perDay ?? '',
    perWeek: rest.perWeek ?? '',
    busySources: rest.busySources.filter((one) => sources?.has(one) ?? true),
  };
};

/** How people call them. */
export const labels: Record<keyof Values, string> = {
  kind: words.form.kind,
  name: words.form.name,
  email: words.form.email,
  title: words.form.title,
  bio: words.form.bio,
  linkedIn: words.form.linkedIn,
  zone: words.form.zone,
  hours: words.form.hours,
  daysOff: words.form.daysOff,
  preferred: words.form.preferred,
  perDay: words.form.perDay,
  perWeek: words.form.perWeek,
  buffer: words.form.buffer,
  tags: words.form.tags,
  active: words.active.label,
  busySources: words.form.calendars,
};

/** A room has no limits, buffers or preferred hours. */
export const bodyOf = (values: Values): Schemas['PersonInput'] => {
  const isRoom = values.kind === 'room';
  const limit = (value: number | ''): number | null => (value === '' || isRoom ? null : value);
  const minutes = (value: number | ''): number => (value === '' || isRoom ? 0 : value);
  return {
    ...values,
    perDay: limit(values.perDay),
    perWeek: limit(values.perWeek),
    preferred: isRoom ? null : values.preferred,
    buffer: { before: minutes(values.buffer.before), after: minutes(values.buffer.after) },
  };
};
