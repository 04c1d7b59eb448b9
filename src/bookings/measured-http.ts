import type { HttpClient } from '../connectors/http.ts'
import type { Clock } from '../world/clock.ts'

/** Told of every call of a remote: by system, how it ended, and how long it took in seconds. */
export type Observe = (system: string, result: string, seconds: number) => void

/** Tells how long each call took, from when it left: waiting for its turn is no matter of the remote. */
export const measuredHttp = (
  http: HttpClient,
  system: string,
  clock: Clock,
  observe: Observe,
): HttpClient => ({
  async send(request) {
    const startedMs = clock.monotonicMs()
    const result = await http.send(request)
    const how = result.is === 'answer' ? `${Math.floor(result.status / 100)}xx` : result.cause
    observe(system, how, (clock.monotonicMs() - startedMs) / 1000)
    return result
  },
})
