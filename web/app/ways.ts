/** How one signs in here. */
import { queryOptions } from '@tanstack/react-query';
import { api, got } from '../hub/client.ts';

export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: () => got(api.GET('/api/v1/sign-in')),
  staleTime: 60_000,
});
