import type { Clock } from '../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpSilence } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'

/** We aim just below what a remote allows, so that its clock and ours may differ a little. */
const share = 0.97

/** A token bucket: what was not used is saved up, to at most one window's worth. */
interface Bucket {
  tokens: number
  filledMs: number
  /** Until then the remote's own count is all there is: nothing trickles in. Null: it never told. */
  toldUntilMs: number | null
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
    const made: Bucket = {
      tokens: full,
      filledMs: clock.monotonicMs(),
      toldUntilMs: null,
      queue: [],
      waking: false,
    }
    buckets.set(name, made)
    return made
  }

  const fill = (bucket: Bucket, nowMs: number) => {
    if (bucket.toldUntilMs === null) {
      bucket.tokens = Math.min(full, bucket.tokens + (nowMs - bucket.filledMs) * perMs)
    } else if (nowMs >= bucket.toldUntilMs) {
      // A new window: its first answer tells how much it holds.
      bucket.tokens = Math.max(1, bucket.tokens)
      bucket.toldUntilMs = null
    }
    bucket.filledMs = nowMs
  }

  /** Milliseconds until one more call may go out. */
  const untilNext = (bucket: Bucket, nowMs: number) =>
    bucket.toldUntilMs === null
      ? Math.ceil((1 - bucket.tokens) / perMs)
      : Math.max(1, Math.ceil(bucket.toldUntilMs - nowMs))

  /** The remote's own count replaces ours; calls that are under way are not in it yet. */
  const learn = (bucket: Bucket, result: HttpAnswer | HttpSilence) => {
    if (result.is !== 'answer') return
    const told = pace.allowanceOf?.(result.headers, clock.now()) ?? null
    if (told === null) return
    bucket.tokens = Math.max(0, Math.floor(told.callsLeft * share) - underWay)
    bucket.toldUntilMs = clock.monotonicMs() + told.windowEndsInMs
  }

  const admit = (bucket: Bucket) => {
    const nowMs = clock.monotonicMs()
    fill(bucket, nowMs)
    while (bucket.queue.length > 0 && underWay < pace.concurrency && bucket.tokens >= 1) {
      bucket.tokens -= 1
      underWay += 1
      bucket.queue.shift()?.()
    }
    if (bucket.queue.length === 0 || underWay >= pace.concurrency || bucket.waking) return
    bucket.waking = true
    void clock.sleep(untilNext(bucket, nowMs)).then(() => {
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
        const result = await http.send(request)
        learn(bucket, result)
        return result
      } finally {
        underWay -= 1
        for (const each of buckets.values()) admit(each)
      }
    },
  }
}
