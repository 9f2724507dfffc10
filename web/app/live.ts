/** What has changed at the hub is asked for anew: the hub says which noun, the queries begin with it. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

export const useLive = (): void => {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      const { noun } = JSON.parse(event.data) as { noun: string };
      void queries.invalidateQueries({ queryKey: [noun] });
    });
    return () => {
      source.close();
    };
  }, [queries]);
};
