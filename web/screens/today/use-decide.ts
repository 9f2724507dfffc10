/** Takes a decision about a row, and goes on to the one that stands in its place. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { decideEffect } from '../../parts/effect-decisions/decide.ts';
import { words as decisions } from '../../parts/effect-decisions/words.ts';
import { tell } from '../../parts/tell.ts';
import type { Change } from './act.ts';
import { keepPlace } from './keys.ts';
import { todayKey } from './today-key.ts';
import { words } from './words.ts';

const send = async (change: Change): Promise<void> => {
  if ('refresh' in change) {
    const params = { path: { id: change.refresh } };
    await got(api.POST('/api/v1/candidates/{id}/refresh', { params }));
    return;
  }
  await decideEffect(change.effectId, change.decision);
};

/** `inRow`: something in the row that it is about. */
export const useDecide = (inRow: RefObject<Element | null>) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: () => keepPlace(inRow.current),
    onSuccess: async (_answer, change, goOn) => {
      tell.done('refresh' in change ? words.refreshed : decisions.decided);
      await queries.invalidateQueries({ queryKey: [todayKey] });
      goOn();
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
};
