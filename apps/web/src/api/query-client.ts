import { QueryClient } from '@tanstack/react-query';

import { Refused } from './problem';

const MOST_TRIES = 2;

/** What was asked for is kept in memory alone: when a person is erased here, nothing of them stays in a browser. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the API refused it refuses again.
      retry: (tries, error) => !(error instanceof Refused) && tries < MOST_TRIES,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
