import type { Clock } from '../world/clock.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'

/** We aim just below what a remote allows, so that its clock and ours may differ a little. */
const share = 0.97

/** A token bucket: what was not used is saved up, to at most one window's worth. */
interface Bucket {
  tokens: number
  filledMs: number
  queue: (() => void)[]
  waking: boolean
}

/**
 * Stands in front of a remote: at most `calls` per window and bucket, at most `concurrency` calls under way.
 * Waiting is first come, first served within a bucket.
 */
export const pacedBy = (http: HttpClient, pace: Pace, clock: Clock): HttpClient => {
  const full = Math.max(1, pace.calls * share)
  const perMs = full / pace.windowMs
  const buckets = new Map<string, Bucket>()
  let underWay = 0

  const bucketFor = (name: string): Bucket => {
    const kept = buckets.get(name)
    if (kept !== undefined) return kept
    const made: Bucket = { tokens: full, filledMs: clock.monotonicMs(), queue: [], waking: false }
    buckets.set(name, made)
    return made
  }

  const admit = (bucket: Bucket) => {
    const nowMs = clock.monotonicMs()
    bucket.tokens = Math.min(full, bucket.tokens + (nowMs - bucket.filledMs) * perMs)
    bucket.filledMs = nowMs
    while (bucket.queue.length > 0 && underWay < pace.concurrency && bucket.tokens >= 1) {
      bucket.tokens -= 1
      underWay += 1
      bucket.queue.shift()?.()
    }
    if (bucket.queue.length === 0 || underWay >= pace.concurrency || bucket.waking) return
    bucket.waking = true
    void clock.sleep(Math.ceil((1 - bucket.tokens) / perMs)).then(() => {
      bucket.waking = false
      admit(bucket)
    })
  }

  return {
    async send(request) {
      const bucket = bucketFor(pace.bucketOf?.(request.method, request.url) ?? '')
      await new Promise<void>((resolve) => {
        bucket.queue.push(resolve)
        admit(bucket)
      })
      try {
        return await http.send(request)
      } finally {
        underWay -= 1
        for (const each of buckets.values()) admit(each)
      }
    },
  }
}
