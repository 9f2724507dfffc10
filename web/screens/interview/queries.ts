/** What these screens ask of the hub. */
import { queryOptions } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';

export type Interview = Schemas['InterviewWithEffects'];
export type Listed = Schemas['Interview'];
/** What stands outside for an interview, as its page and the list of one's own tell it. */
export type Outside = Pick<
  Interview,
  'id' | 'events' | 'coding' | 'effects' | 'accounts' | 'feedback'
>;
export type Event = Listed['events'][number];
export type Seat = Event['seats'][number];
export type Effect = Interview['effects'][number];
export type Person = Schemas['Person'];
export type Change = Schemas['InterviewChange'];

/** What stands outside, who the candidate is and who can come changes by itself, too. */
export const interviewsKey = 'interviews effects candidates people';

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

/** The signed-in person among the interviewers, by the address; null: nobody has it. */
export const ownPersonQuery = (email: string) =>
  queryOptions({
    queryKey: ['people', 'own', email],
    queryFn: async () => {
      if (email === '') return null;
      const query = { search: email, kind: 'person' as const, limit: 100 };
      const { items } = await got(api.GET('/api/v1/people', { params: { query } }));
      return items.find((one) => one.email.toLowerCase() === email.toLowerCase()) ?? null;
    },
  });
