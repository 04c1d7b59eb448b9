import type { HttpClient, HttpSilence } from '../connectors/http.ts'
import type { Lease } from './mailbox.ts'
import { callBudgetMs } from './schedule.ts'

/** Less than this left of a lease is not worth starting a call for. */
const shortestCallMs = 2_000

const keptIn: HttpSilence = { is: 'silence', cause: 'not-sent', mayHaveArrived: false }

/**
 * Lets a call out only while the lease surely outlives it. A worker that slept past its lease finds the door
 * closed: what it was about to create, somebody else may be creating already.
 */
export const leasedHttp = (http: HttpClient, leaseOf: () => Lease | null): HttpClient => {
  const leftMs = () => (leaseOf()?.remainingMs() ?? 0) - 1_000
  return {
    async send({ mayLeave, ...request }) {
      if (leftMs() < shortestCallMs) return keptIn
      if (mayLeave !== undefined && !((await mayLeave()) && leftMs() >= shortestCallMs)) {
        return keptIn
      }
      const budgetMs = Math.min(request.budgetMs ?? callBudgetMs, callBudgetMs, leftMs())
      return http.send({ ...request, budgetMs })
    },
  }
}
