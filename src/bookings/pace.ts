import type { Clock } from '../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest, HttpSilence } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'

/** We aim just below what a remote allows, so that its clock and ours may differ a little. */
const share = 0.97

/** What one remote counts together. */
interface Bucket {
  /** When calls went out, oldest first; those before `from` have left the window. */
  sentMs: number[]
  from: number
  /** The remote's own count, while its window lasts: then it alone decides. Null: it never told. */
  told: { lowest: number; left: number; untilMs: number } | null
  queue: (() => void)[]
  waking: boolean
}

/** Stands in front of a remote, for everybody who calls it with the same credentials. */
export interface Pacer {
  /** `http`, at this pace. It is asked when a call's turn has come, so that it can still say no. */
  before(http: HttpClient): HttpClient
}

/**
 * At most `calls` in any window, by bucket, and at most `concurrency` calls under way. Waiting is first come,
 * first served within a bucket. Where the remote tells how many are left, its count replaces ours.
 */
export const pacerOf = (pace: Pace, clock: Clock): Pacer => {
  const callsMax = Math.max(1, Math.floor(pace.calls * share))
  const buckets = new Map<string, Bucket>()
  let underWay = 0

  const bucketFor = (name: string): Bucket => {
    const kept = buckets.get(name)
    if (kept !== undefined) return kept
    const made: Bucket = { sentMs: [], from: 0, told: null, queue: [], waking: false }
    buckets.set(name, made)
    return made
  }

  const forget = (bucket: Bucket, nowMs: number) => {
    if (bucket.told !== null && nowMs >= bucket.told.untilMs) {
      // A new window: the remote counts from nothing, and its first answer tells how much there is.
      bucket.told = null
      bucket.sentMs = []
      bucket.from = 0
    }
    while ((bucket.sentMs[bucket.from] ?? Infinity) <= nowMs - pace.windowMs) bucket.from += 1
    if (bucket.from > 1_000) {
      bucket.sentMs = bucket.sentMs.slice(bucket.from)
      bucket.from = 0
    }
  }

  const mayGo = (bucket: Bucket) =>
    bucket.told === null ? bucket.sentMs.length - bucket.from < callsMax : bucket.told.left >= 1

  /** Milliseconds until one more call may go out. */
  const untilNext = (bucket: Bucket, nowMs: number) => {
    const atMs = bucket.told?.untilMs ?? (bucket.sentMs[bucket.from] ?? nowMs) + pace.windowMs
    return Math.max(1, Math.ceil(atMs - nowMs))
  }

  /**
   * Answers may overtake each other, so only the lowest count of a window is believed; calls that are under
   * way may not be in it yet.
   */
  const learn = (bucket: Bucket, result: HttpAnswer | HttpSilence) => {
    if (result.is !== 'answer') return
    const told = pace.allowanceOf?.(result.headers, clock.now()) ?? null
    if (told === null) return
    const lowest = Math.min(told.callsLeft, bucket.told?.lowest ?? Infinity)
    const left = Math.max(0, Math.floor(lowest * share) - (underWay - 1))
    const untilMs = bucket.told?.untilMs ?? clock.monotonicMs() + told.windowEndsInMs
    bucket.told = { lowest, left, untilMs }
  }

  const admit = (bucket: Bucket) => {
    const nowMs = clock.monotonicMs()
    forget(bucket, nowMs)
    while (bucket.queue.length > 0 && underWay < pace.concurrency && mayGo(bucket)) {
      bucket.sentMs.push(nowMs)
      if (bucket.told !== null) bucket.told.left -= 1
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

  const send = async (http: HttpClient, request: HttpRequest) => {
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
  }
  return { before: (http) => ({ send: (request) => send(http, request) }) }
}
