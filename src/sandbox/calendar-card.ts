/** The calendar entry of a mail, as a calendar would show it. */
import ICAL from 'ical.js';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';

export interface CalendarEntry {
  uid: string;
  method: string;
  sequence: number;
  title: string;
  /** Milliseconds since the epoch; invites are in UTC. */
  start: number;
  end: number;
  location: string;
  description: string;
  organizer: string;
  attendees: string[];
  status: string;
}

/** Null where it cannot be read. */
export const readEntry = (calendar: string): CalendarEntry | null => {
  try {
    const root = new ICAL.Component(ICAL.parse(calendar) as [string, [], []]);
    const component = root.getFirstSubcomponent('vevent');
    if (!component) return null;
    const event = new ICAL.Event(component);
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return {
      uid: event.uid,
      method: text(root.getFirstPropertyValue('method')),
      sequence: event.sequence,
      title: text(event.summary),
      start: event.startDate.toJSDate().getTime(),
      end: event.endDate.toJSDate().getTime(),
      location: text(event.location),
      description: text(event.description),
      organizer: person(component.getFirstProperty('organizer')),
      attendees: component.getAllProperties('attendee').map(person),
      status: text(component.getFirstPropertyValue('status')),
    };
  } catch {
    return null;
  }
};

const person = (property: ICAL.Property | null): string => {
  if (!property) return '';
  const value: unknown = property.getFirstValue();
  const address = typeof value === 'string' ? value.replace(/^mailto:/i, '') : '';
  const name = property.getFirstParameter('cn');
  const isOptional = property.getFirstParameter('role') === 'OPT-PARTICIPANT';
  return `${name ? `${name} <${address}>` : address}${isOptional ? ' (optional)' : ''}`;
};

/** What a calendar makes of it, given the sequences that its reader had of this entry before. */
export const stateOf = (entry: CalendarEntry, earlier: readonly CalendarEntry[]): string => {
  if (entry.method === 'CANCEL') return 'cancelled';
  if (earlier.some(({ sequence }) => sequence > entry.sequence)) return 'out of date: ignored';
  if (earlier.length > 0) return 'updated';
  return entry.status === 'TENTATIVE' ? 'invitation, held' : 'invitation';
};

export const calendarCard = (
  entry: CalendarEntry,
  state: string,
  zone: string,
  linked: (text: string) => Html,
): Html =>
  html`<section class="notice" aria-label="Calendar entry">
    <h2>${entry.title || '(no title)'}</h2>
    <p><strong>${state}</strong></p>
    <dl>
      <dt>When</dt>
      <dd>
        ${span(entry, zone)}${zone === 'UTC' ? '' : html`<br />${span(entry, 'UTC')}, as sent`}
      </dd>
      ${
        entry.location === ''
          ? ''
          : html`<dt>Where</dt>
              <dd>${linked(entry.location)}</dd>`
      }
      <dt>Organizer</dt>
      <dd>${entry.organizer}</dd>
      <dt>Who</dt>
      <dd>${entry.attendees.map((one) => html`${one}<br />`)}</dd>
      <dt>Sent as</dt>
      <dd>${entry.method}, version ${entry.sequence}, <code>${entry.uid}</code></dd>
    </dl>
    <pre>${linked(entry.description)}</pre>
  </section>`;

const span = ({ start, end }: CalendarEntry, zone: string): string => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'full',
    timeStyle: 'short',
  });
  return `${format.formatRange(start, end)} (${zone})`;
};
