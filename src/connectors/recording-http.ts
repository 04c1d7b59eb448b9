import type { HttpClient } from './http.ts'
import { withoutSecrets } from './sent-secrets.ts'

/** One call as somebody who helps needs to see it. The answer may hold a buyer's data; no secret is in it. */
export interface RecordedCall {
  method: string
  /** Without the values of the query: some systems carry keys in it. */
  address: string
  /** The status, or why no answer came. */
  outcome: number | string
  durationMs: number
  /** The beginning of an answer to a read; answers to anything else may carry tokens. */
  answer: string | null
}

const callsMax = 50
const answerCharsMax = 8_000

const addressOf = (url: string): string => {
  if (!URL.canParse(url)) return ''
  const { origin, pathname, searchParams } = new URL(url)
  const names = [...new Set(searchParams.keys())]
  return `${origin}${pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/**
 * Sends as `http` does, and keeps what was asked and answered; never a header, never what was sent, also where
 * the answer repeats it, as pages for developers do.
 */
export const recordingHttp = (
  http: HttpClient,
  monotonicMs: () => number,
): HttpClient & { calls: RecordedCall[] } => {
  const calls: RecordedCall[] = []
  return {
    calls,
    async send(request) {
      const startedMs = monotonicMs()
      const answer = await http.send(request)
      if (calls.length < callsMax) {
        const read = request.method === 'GET' && answer.is === 'answer'
        calls.push({
          method: request.method,
          address: addressOf(request.url),
          outcome: answer.is === 'answer' ? answer.status : answer.cause,
          durationMs: Math.round(monotonicMs() - startedMs),
          answer: read ? withoutSecrets(answer.body, request).slice(0, answerCharsMax) : null,
        })
      }
      return answer
    },
  }
}
