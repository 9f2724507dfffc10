/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type User = Schemas['User'];

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: () => got(api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
  });

/** Who may do everything; of them, there is always one. Whether there is another is all that matters. */
export const adminsQuery = queryOptions({
  queryKey: ['users', 'admins'],
  queryFn: async () => {
    const query = { role: 'super_admin', active: 'true', limit: 2 } as const;
    return (await got(api.GET('/api/v1/users', { params: { query } }))).items;
  },
});
