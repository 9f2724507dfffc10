/** Pause, resume, consent once more, read through. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { tell } from '../../parts/tell.ts';
import type { Connection, Connector } from './queries.ts';
import { words } from './words.ts';

const acts = {
  pause: '/api/v1/connections/{id}/pause',
  resume: '/api/v1/connections/{id}/resume',
  sweep: '/api/v1/connections/{id}/sweep',
} as const;

const done = {
  pause: words.state.paused,
  resume: words.state.resumed,
  sweep: words.state.sweeping,
};

export const StateActions = ({
  connection: { id, state, role },
  connector: { name, oauth },
}: {
  connection: Connection;
  connector: Connector;
}) => {
  const queries = useQueryClient();
  const onError = (thrown: Error): void => {
    tell.failed(wordsOf(problemOf(thrown)));
  };
  const act = useMutation({
    mutationFn: (what: keyof typeof acts): Promise<unknown> =>
      got<unknown>(api.POST(acts[what], { params: { path: { id } } })),
    onSuccess: async (_, what) => {
      tell.done(done[what]);
      await queries.invalidateQueries({ queryKey: ['connections'] });
    },
    onError,
  });
  const consent = useMutation({
    mutationFn: () => got(api.POST('/api/v1/connections/{id}/oauth', { params: { path: { id } } })),
    onSuccess: ({ authorizeUrl }) => {
      window.location.assign(authorizeUrl);
    },
    onError,
  });
  const button = (what: keyof typeof acts, label: string) => (
    <Button
      variant={what === 'resume' ? 'filled' : 'default'}
      loading={act.isPending && act.variables === what}
      onClick={() => {
        act.mutate(what);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      {oauth.configured && (
        <Button
          variant="default"
          loading={consent.isPending || consent.isSuccess}
          onClick={() => {
            consent.mutate();
          }}
        >
          {words.state.again(name)}
        </Button>
      )}
      {role === 'ats' && state === 'active' && button('sweep', words.state.sweep)}
      {state === 'paused'
        ? button('resume', words.state.resume)
        : button('pause', words.state.pause)}
    </>
  );
};
