/** Tags that people have, to choose from. */
import { queryOptions } from '@tanstack/react-query';
import { api, got } from '../hub/client.ts';
import { whole } from './choices.ts';

export const tagsQuery = queryOptions({
  queryKey: ['people', 'tags'],
  queryFn: async () =>
    (await whole((query) => got(api.GET('/api/v1/people/tags', { params: { query } })))).map(
      ({ tag }) => tag,
    ),
});
