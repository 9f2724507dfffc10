/** Whom this hub really talks to: played vendors or real ones, a mail server or the outbox. */
import { queryOptions } from '@tanstack/react-query';
import { api, got } from '../hub/client.ts';

export const installationQuery = queryOptions({
  queryKey: ['connections mails', 'installation'],
  queryFn: () => got(api.GET('/api/v1/installation')),
  staleTime: 60_000,
});
