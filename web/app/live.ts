/**
 * What has changed at the hub is asked for anew: the hub says which noun, the queries begin with it,
 * or with all that they depend on: `['rules effects', …]`.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { found, lost } from './connection-state.ts';

export const useLive = (): void => {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let wasOpen = false;
    const begin = (): void => {
      source = new EventSource('/api/v1/events');
      // Nobody knows what went by while nobody listened.
      source.onopen = () => {
        if (wasOpen) void queries.invalidateQueries();
        wasOpen = true;
        found();
      };
      source.onerror = lost;
      source.addEventListener('changed', (event: MessageEvent<string>) => {
        const { noun } = JSON.parse(event.data) as { noun: string };
        void queries.invalidateQueries({
          predicate: ({ queryKey: [nouns] }) =>
            typeof nouns === 'string' && nouns.split(' ').includes(noun),
        });
      });
    };
    // A line that was lost without a word is begun anew; one that still stands tells by being there.
    const back = (): void => {
      source?.close();
      begin();
    };
    // Browsers allow an address few lines at once: a page that nobody looks at gives its own back.
    const follow = (): void => {
      if (document.hidden) {
        source?.close();
        source = null;
      } else if (source === null || source.readyState === EventSource.CLOSED) begin();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    addEventListener('offline', lost);
    addEventListener('online', back);
    const again = setInterval(follow, 60_000);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      removeEventListener('offline', lost);
      removeEventListener('online', back);
      clearInterval(again);
      source?.close();
    };
  }, [queries]);
};
