/** What holds beneath a template: Loopwright's own settings, the company's, and its base's. */
import { queryOptions } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import type { Below } from './layers.ts';
import { words } from './words.ts';

export const companyQuery = queryOptions({
  queryKey: ['company'],
  queryFn: () => got(api.GET('/api/v1/company')),
});

export const defaultsQuery = queryOptions({
  queryKey: ['company', 'defaults'],
  queryFn: () => got(api.GET('/api/v1/company/defaults')),
  staleTime: Infinity,
});

export const beneath = (
  defaults: Below['layer'],
  ...layers: ReadonlyArray<Below | null>
): Below[] => [{ name: words.loopwright, layer: defaults }, ...layers.flatMap((one) => one ?? [])];
