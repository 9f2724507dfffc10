/**
 * What has changed at the hub is asked for anew: the hub says which noun, the queries begin with it,
 * or with all that they depend on: `['rules effects', …]`. It knows how far the page has heard, and
 * says what changed since; what is on the page at first is no older than the session.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { found, lost } from './connection-state.ts';
import { type Session, sessionKey } from './session.ts';

export const useLive = (): void => {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let heard = queries.getQueryData<Session>(sessionKey)?.position ?? '';
    const hear = ({ lastEventId }: MessageEvent): void => {
      if (lastEventId !== '') heard = lastEventId;
    };
    const begin = (): void => {
      source = new EventSource(`/api/v1/events?since=${encodeURIComponent(heard)}`);
      source.onopen = found;
      source.onerror = lost;
      source.addEventListener('missed', (event: MessageEvent<string>) => {
        hear(event);
        void queries.invalidateQueries();
      });
      source.addEventListener('changed', (event: MessageEvent<string>) => {
        hear(event);
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
