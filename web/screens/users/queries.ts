/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { whole } from '../../parts/choices.ts';

export type User = Schemas['User'];

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: () => got(api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
  });

/** Who may do everything; of them, there is always one. */
export const adminsQuery = queryOptions({
  queryKey: ['users', 'admins'],
  queryFn: async () =>
    (await whole((query) => got(api.GET('/api/v1/users', { params: { query } })))).filter(
      ({ role, active }) => active && role === 'super_admin',
    ),
});
