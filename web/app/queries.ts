/** What was asked of the hub, kept while it is fresh, and what happens when the session has ended. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, ProblemError } from '../hub/problem.ts';
import { sessionKey } from './session.ts';
import { askToSignIn } from './sign-in-again-state.ts';

/** Signing in stands over the page, so that nothing typed is lost. A visitor was never signed in. */
const onError = (thrown: Error): void => {
  if (isSignedOut(thrown) && queries.getQueryData(sessionKey) !== undefined) askToSignIn();
};

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // Whether the hub answers is found by asking it: a browser that thinks itself offline may be wrong.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      // Refusals are final; what time may cure is asked again.
      retry: (count, thrown) =>
        count < 2 &&
        thrown instanceof ProblemError &&
        (thrown.problem.status === 0 || thrown.problem.status >= 500),
    },
  },
});
