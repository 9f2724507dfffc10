/**
 * Settings in layers, as the API has them: Loopwright's own < the company < a base template < a
 * template. A layer holds only what it says; a text is said as a whole.
 */
import type { Schemas } from '../../hub/client.ts';

export type Layer = Schemas['Layer'];
type Texts = NonNullable<Layer['texts']>;
export type EventTemplate = NonNullable<Layer['events']>[number];
export type Seat = EventTemplate['seats'][number];
export type CodingChoice = NonNullable<Layer['coding']>[number];
export type Contact = NonNullable<Layer['recruiter']>;
/** One of the company's: an office to which texts tell the way. */
export type Place = Schemas['Company']['places'][number];

/** Every setting by its address within the layer: `texts.itinerary`. */
export type Said = Omit<Layer, 'texts' | 'oneDay'> & {
  [Name in keyof Texts as `texts.${Name}`]?: Texts[Name];
};
export type SettingName = keyof Said;
export type Settled = {
  [Name in SettingName]-?: NonNullable<Said[Name]> | Extract<Said[Name], null>;
};

const mostDays = 5;

const givenEvent = ({ coding, ...event }: EventTemplate): EventTemplate => ({
  ...event,
  ...(coding === undefined
    ? {}
    : { coding: coding.map(({ connectionId, kind, id }) => ({ connectionId, kind, id })) }),
});

/** As the API takes it back: what it tells of choices beside their ids is left out. */
export const givenLayer = ({ oneDay, maxDays, coding, events, ...rest }: Layer): Layer => {
  const days = maxDays ?? (oneDay === undefined ? undefined : oneDay ? 1 : mostDays);
  return {
    ...rest,
    ...(days === undefined ? {} : { maxDays: days }),
    ...(coding === undefined
      ? {}
      : { coding: coding.map(({ connectionId, kind, id }) => ({ connectionId, kind, id })) }),
    ...(events === undefined ? {} : { events: events.map(givenEvent) }),
  };
};

export const saidOf = ({ texts = {}, ...rest }: Layer): Said => ({
  ...givenLayer(rest),
  ...(Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`texts.${name}`, text]),
  ) as Said),
});

export const layerOf = (said: Said): Layer => {
  const isText = ([name]: [string, unknown]): boolean => name.startsWith('texts.');
  const entries = Object.entries(said);
  const texts = entries.filter(isText).map(([name, text]) => [name.slice(6), text]);
  return {
    ...(Object.fromEntries(entries.filter((one) => !isText(one))) as Layer),
    ...(texts.length === 0 ? {} : { texts: Object.fromEntries(texts) as Texts }),
  };
};

/** A layer beneath the one that is edited, and how people call it. */
export interface Below {
  name: string;
  layer: Layer;
}

/** What holds when the layers are laid over each other, the lowest first. */
export const settled = (layers: readonly Layer[]): Settled =>
  Object.assign({}, ...layers.map(saidOf)) as Settled;

/** Who says it, of the layers beneath. */
export const saidBy = (name: SettingName, below: readonly Below[]): string =>
  below.findLast(({ layer }) => saidOf(layer)[name] !== undefined)?.name ?? '';

/** The layer with one setting said anew; undefined: it says nothing of it any more. */
export const saying = <Name extends SettingName>(
  layer: Layer,
  name: Name,
  value: Settled[Name] | undefined,
): Layer => {
  const { [name]: _before, ...rest } = saidOf(layer);
  return layerOf(value === undefined ? rest : { ...rest, [name]: value });
};
