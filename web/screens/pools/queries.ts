/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Pool = Schemas['Pool'];

export const poolQuery = (id: string) =>
  queryOptions({
    queryKey: ['pools', id],
    queryFn: () => got(api.GET('/api/v1/pools/{id}', { params: { path: { id } } })),
  });

/** What an expression finds now; live as people change. */
export const previewQuery = (expression: string) =>
  queryOptions({
    queryKey: ['people', 'pool', expression],
    queryFn: async () => {
      const found = await got(api.POST('/api/v1/pools/preview', { body: { expression } }));
      return { ...found, expression };
    },
    enabled: expression !== '',
    retry: false,
  });
