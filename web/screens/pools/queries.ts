/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Pool = Schemas['Pool'];

export const poolQuery = (id: string) =>
  queryOptions({
    queryKey: ['pools', id],
    queryFn: () => got(api.GET('/api/v1/pools/{id}', { params: { path: { id } } })),
  });

/** Who is in it now; live as people change. */
export const membersQuery = (expression: string) =>
  queryOptions({
    queryKey: ['people', 'pool', expression],
    queryFn: () => got(api.POST('/api/v1/pools/preview', { body: { expression } })),
    enabled: expression !== '',
    retry: false,
  });
