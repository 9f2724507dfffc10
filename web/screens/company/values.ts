/** The company as its form holds it. */
import type { UseFormReturnType } from '@mantine/form';
import type { Schemas } from '../../hub/client.ts';
import { layerLabels } from '../../parts/layer/layer-form.ts';
import { givenLayer, type Layer, type Place } from '../../parts/layer/layers.ts';
import { words } from './words.ts';

export type Company = Schemas['Company'];
/** A type, not an interface: forms take what has an index. */
export type Values = Omit<Company, 'version' | 'layer'> & { layer: Layer };
export type CompanyFields = UseFormReturnType<Values>;

export const valuesOf = ({ version: _version, ...company }: Company): Values => ({
  ...company,
  layer: givenLayer(company.layer ?? {}),
});

/** How people call the parts of it. */
export const labels: Readonly<Record<string, string>> = {
  name: words.name,
  website: words.website,
  phone: words.phone,
  careersLink: words.careers,
  places: words.places.title,
  organizer: words.organizer,
  undoSeconds: words.undo,
  linksOpenMinutes: words.linksOpen,
  ...layerLabels,
};

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 50) || 'place';

/** A new place has no id; it gets one after its name, and keeps it however it is called later. */
export const withIds = (places: readonly Place[]): Place[] =>
  places.reduce<Place[]>((all, one, index) => {
    const taken = [...all, ...places.slice(index + 1)].map(({ id }) => id);
    const wanted = slug(one.name);
    let id = one.id === '' ? wanted : one.id;
    for (let next = 2; one.id === '' && taken.includes(id); next += 1)
      id = `${wanted}-${String(next)}`;
    return [...all, { ...one, id }];
  }, []);
