/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Person = Schemas['Person'];
export type Ties = Schemas['PersonTies'];

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id],
    queryFn: () => got(api.GET('/api/v1/people/{id}', { params: { path: { id } } })),
  });

export const tiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['people pools templates interviews connections', id, 'ties'],
    queryFn: () => got(api.GET('/api/v1/people/{id}/ties', { params: { path: { id } } })),
  });

export const feedQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendar-feed', id],
    queryFn: () => got(api.GET('/api/v1/people/{id}/calendar-feed', { params: { path: { id } } })),
  });
