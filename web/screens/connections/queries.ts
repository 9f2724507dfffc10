/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Connection = Schemas['Connection'];
export type Connector = Schemas['Connector'];
export type Verification = NonNullable<Schemas['Verification']>;

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: () => got(api.GET('/api/v1/connectors')),
  staleTime: 600_000,
});

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connections', id],
    queryFn: () => got(api.GET('/api/v1/connections/{id}', { params: { path: { id } } })),
  });
