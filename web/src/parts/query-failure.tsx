import type { UseQueryResult } from '@tanstack/react-query'
import { FailureNotice } from './failure-notice.tsx'

interface Props {
  query: Pick<UseQueryResult, 'error' | 'isFetching' | 'refetch'>
}

/** What went wrong with a question to the server, and the question asked again. Nothing when all is well. */
export const QueryFailure = ({ query: { error, isFetching, refetch } }: Props) =>
  error && <FailureNotice error={error} retrying={isFetching} onRetry={() => void refetch()} />
