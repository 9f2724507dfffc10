/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Interview = Schemas['InterviewWithEffects'];
export type Listed = Schemas['Interview'];
export type Event = Listed['events'][number];
export type Seat = Event['seats'][number];
export type Effect = Interview['effects'][number];
export type Change = Schemas['InterviewChange'];

/** What stands outside and who the candidate is changes by itself, too. */
export const interviewsKey = 'interviews effects candidates';

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: [interviewsKey, id],
    queryFn: () => got(api.GET('/api/v1/interviews/{id}', { params: { path: { id } } })),
  });

/** All of them: an interview has some dozens at most. */
export const changesQuery = (id: string) =>
  queryOptions({
    queryKey: [interviewsKey, id, 'changes'],
    queryFn: () =>
      got(
        api.GET('/api/v1/interviews/{id}/changes', {
          params: { path: { id }, query: { limit: 100 } },
        }),
      ),
  });
