/** Tells the hub what a person decided about an effect. */
import { api, got, type Schemas } from '../../hub/client.ts';

export type Decision = Schemas['Effect']['decisions'][number];

export const decideEffect = (id: string, decision: Decision) =>
  got(api.POST('/api/v1/effects/{id}/decide', { params: { path: { id } }, body: { decision } }));
