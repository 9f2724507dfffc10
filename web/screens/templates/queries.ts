/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { everyPage } from '../../parts/layer/choices.ts';
import { givenLayer, type Layer } from '../../parts/layer/layers.ts';

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

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['templates', id],
    queryFn: () => got(api.GET('/api/v1/templates/{id}', { params: { path: { id } } })),
  });

/** What can be built upon: templates without a base. */
export const basesQuery = queryOptions({
  queryKey: ['templates', 'bases'],
  queryFn: () =>
    everyPage((query) =>
      got(api.GET('/api/v1/templates', { params: { query: { ...query, parentId: 'none' } } })),
    ),
});

export const childrenQuery = (id: string) =>
  queryOptions({
    queryKey: ['templates', id, 'children'],
    queryFn: () =>
      everyPage((query) =>
        got(api.GET('/api/v1/templates', { params: { query: { ...query, parentId: id } } })),
      ),
  });
