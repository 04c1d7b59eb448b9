import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Failure } from './failure.ts'

const retriesMax = 2

/** Worth asking again by itself: no answer at all, or a server that has trouble for a moment. */
const passes = (error: unknown): boolean =>
  error instanceof Failure && (error.status === 0 || error.status >= 500)

/** @param onExpired called whenever the server says that nobody is signed in */
export const queryClientFor = (onExpired: () => void): QueryClient => {
  const onError = (error: unknown) => {
    if (error instanceof Failure && error.status === 401) onExpired()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Without a connection a question fails with words, instead of waiting without any.
        networkMode: 'always',
        retry: (count, error) => count < retriesMax && passes(error),
        retryDelay: (count) => 500 * 2 ** count,
        staleTime: 10_000,
      },
    },
  })
}
