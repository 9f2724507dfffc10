/** A connection as the form that changes it holds it, and what is sent of it. */
import type { Parts } from '../../parts/meanwhile/weigh.ts';
import type { Connection, Connector } from './queries.ts';
import { givenSettings, initialSettings, type Settings, type Values } from './settings-fields.tsx';
import { words } from './words.ts';

export type Changed = Values & { scheduleLink: boolean; requestsPerSecond: number | null };

export const valuesOf = (connector: Connector, connection: Connection): Changed => ({
  name: connection.name,
  scheduleLink: connection.scheduleLink,
  requestsPerSecond: connection.requestsPerSecond,
  settings: initialSettings(connector, connection.settings),
});

/** What the parts begin with that are settings. */
const under = 'settings.';

/** Each setting is a part of its own. */
export const split = ({ settings, ...values }: Changed): Parts => ({
  ...values,
  ...Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`${under}${name}`, value]),
  ),
});

export const join = (parts: Parts): Changed => {
  const { name, scheduleLink, requestsPerSecond, ...others } = parts;
  const settings = Object.entries(others).map(
    ([part, value]) => [part.slice(under.length), value] as const,
  );
  return { name, scheduleLink, requestsPerSecond, settings: Object.fromEntries(settings) } as Changed; // prettier-ignore
};

/** How people call the parts. */
export const labelsOf = (connector: Connector): Record<string, string> => ({
  name: words.connect.name,
  scheduleLink: words.change.scheduleLink,
  requestsPerSecond: words.change.rate,
  ...Object.fromEntries(connector.settings.map(({ name, title }) => [`${under}${name}`, title])),
});

/** Parts that are read as they are: not what is kept from sight, nor what is chosen from a list. */
export const textsOf = (connector: Connector): string[] => [
  'name',
  'requestsPerSecond',
  ...connector.settings.flatMap(({ name, secret, choices }) =>
    secret || choices !== null ? [] : [`${under}${name}`],
  ),
];

interface Body {
  name?: string;
  requestsPerSecond?: number | null;
  scheduleLink?: boolean;
  settings?: Settings;
}

/** What differs from what the form was filled from. */
export const bodyOf = (connector: Connector, before: Changed, values: Changed): Body => {
  const settings = Object.fromEntries(
    Object.entries(givenSettings(connector, values.settings)).filter(
      ([field, value]) => value !== before.settings[field],
    ),
  );
  const { name, scheduleLink, requestsPerSecond } = values;
  return {
    ...(name === before.name ? {} : { name }),
    ...(requestsPerSecond === before.requestsPerSecond ? {} : { requestsPerSecond }),
    ...(scheduleLink === before.scheduleLink ? {} : { scheduleLink }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
};
