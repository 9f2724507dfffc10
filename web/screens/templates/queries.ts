/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { whole } from '../../parts/choices.ts';
import { layerLabels } from '../../parts/layer/layer-form.ts';
import { givenLayer, type Layer } from '../../parts/layer/layers.ts';
import { words } from './words.ts';

export type Template = Schemas['Template'];

/** A template as its form holds it. */
export interface TemplateValues extends Record<string, unknown> {
  name: string;
  parentId: string | null;
  connectionId: string | null;
  jobId: string | null;
  stageId: string | null;
  layer: Layer;
}

export const emptyTemplate: TemplateValues = {
  name: '', parentId: null, connectionId: null, jobId: null, stageId: null, layer: {},
}; // prettier-ignore

export const valuesOf = ({ name, parentId, connectionId, jobId, stageId, layer }: Template): TemplateValues => ({
  name,
  parentId: parentId ?? null,
  connectionId: connectionId ?? null,
  jobId: jobId ?? null,
  stageId: stageId ?? null,
  layer: givenLayer(layer ?? {}),
}); // prettier-ignore

/** How people call the parts of it. */
export const labels: Readonly<Record<string, string>> = {
  name: words.name,
  parentId: words.base,
  connectionId: words.ats,
  jobId: words.job,
  stageId: words.stage,
  ...layerLabels,
};

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['templates', id],
    queryFn: () => got(api.GET('/api/v1/templates/{id}', { params: { path: { id } } })),
  });

export const childrenQuery = (id: string) =>
  queryOptions({
    queryKey: ['templates', id, 'children'],
    queryFn: () =>
      whole((query) =>
        got(api.GET('/api/v1/templates', { params: { query: { ...query, parentId: id } } })),
      ),
  });
