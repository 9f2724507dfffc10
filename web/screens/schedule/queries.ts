/** What this screen asks of the hub. Options depend on interviews, people and their pools. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import type { Booking, Search } from './plan.ts';

export const draftQuery = (connection: string, candidate: string, template: string | null) =>
  queryOptions({
    queryKey: ['draft', connection, candidate, template],
    queryFn: () =>
      got(
        api.GET('/api/v1/schedule', {
          params: {
            query: { connection, candidate, ...(template === null ? {} : { template }) },
          },
        }),
      ),
    // What was planned upon it must not be taken away.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

const engine = 'interviews people pools';

/** A newer question cancels the one before; its answer stands, dimmed, until the new one is there. */
export const optionsQuery = (search: Search | null) =>
  queryOptions({
    queryKey: [engine, 'options', search],
    queryFn: async ({ signal }) => {
      if (search === null) throw new Error('app: nothing is asked yet');
      const found = await got(api.POST('/api/v1/panels/solve', { body: search, signal }));
      return found as Schemas['LoopSolution'];
    },
    enabled: search !== null,
    placeholderData: keepPreviousData,
  });

export const whyNotQuery = (search: Search | null) =>
  queryOptions({
    queryKey: [engine, 'why not', search],
    queryFn: ({ signal }) => {
      if (search === null) throw new Error('app: nothing is asked yet');
      const { schedules: _schedules, ...asked } = search;
      return got(api.POST('/api/v1/panels/explain', { body: { ...asked, limit: 8 }, signal }));
    },
    enabled: search !== null,
    placeholderData: keepPreviousData,
  });

export const previewQuery = (booking: Booking | null) =>
  queryOptions({
    queryKey: ['interviews people', 'preview', booking],
    queryFn: ({ signal }) => {
      if (booking === null) throw new Error('app: nothing is planned yet');
      return got(api.POST('/api/v1/interviews/preview', { body: booking, signal }));
    },
    enabled: booking !== null,
    placeholderData: keepPreviousData,
  });

/** Interviews of the candidate that are not over and stand. */
export const comingQuery = (candidateId: string) =>
  queryOptions({
    queryKey: ['interviews', 'coming', candidateId],
    queryFn: async () => {
      const query = { candidateId, from: new Date().toISOString() };
      const { items } = await got(api.GET('/api/v1/interviews', { params: { query } }));
      return items.filter(({ state }) => state !== 'cancelled');
    },
  });

/** When people are taken between two instants; nobody is asked about where nobody sits. */
export const takenQuery = (people: readonly string[], { from, to }: { from: number; to: number }) =>
  queryOptions({
    queryKey: [engine, 'taken', people, from, to],
    queryFn: ({ signal }) =>
      got(
        api.GET('/api/v1/taken-times', {
          params: {
            query: {
              people: people.join(','),
              from: new Date(from).toISOString(),
              to: new Date(to).toISOString(),
            },
          },
          signal,
        }),
      ),
    enabled: people.length > 0,
    placeholderData: keepPreviousData,
  });
