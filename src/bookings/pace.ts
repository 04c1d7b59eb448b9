import type { Clock } from '../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest, HttpSilence } from '../connectors/http.ts'
import type { Pace, PaceWindow } from '../connectors/pace.ts'

/** We aim just below what a remote allows, so that its clock and ours may differ a little. */
const share = 0.97

/** What was sent within one window of a remote. */
interface Count {
  /** Whether one more call may go out now. */
  allows(): boolean
  /** When one more may go out, in milliseconds of the monotonic clock; only asked when none may. */
  allowsAtMs(nowMs: number): number
  /** Drops what has left the window. */
  forget(nowMs: number): void
  sent(nowMs: number): void
  /** @param underWay calls that the remote may not have counted yet, the answered one included */
  learn(answer: HttpAnswer, underWay: number): void
}

/** What one remote counts together. */
interface Bucket {
  /** One for each window; a call needs leave of all. */
  counts: readonly Count[]
  queue: (() => void)[]
  waking: boolean
}

/** At most `calls` in any window. Where the remote tells how many are left, its count replaces ours. */
const countOf = (within: PaceWindow, clock: Clock): Count => {
  const { calls, windowMs } = within
  const callsMax = Math.max(1, Math.floor(calls * share))
  /** When calls went out, oldest first; those before `from` have left the window. */
  let sentMs: number[] = []
  let from = 0
  /** The remote's own count, while its window lasts: then it alone decides. Null: it never told. */
  let told: { lowest: number; left: number; untilMs: number } | null = null

  return {
    allows: () => (told === null ? sentMs.length - from < callsMax : told.left >= 1),
    allowsAtMs: (nowMs) => told?.untilMs ?? (sentMs[from] ?? nowMs) + windowMs,
    forget: (nowMs) => {
      if (told !== null && nowMs >= told.untilMs) {
        // A new window: the remote counts from nothing, and its first answer tells how much there is.
        told = null
        sentMs = []
        from = 0
      }
      while ((sentMs[from] ?? Infinity) <= nowMs - windowMs) from += 1
      if (from > 1_000) {
        sentMs = sentMs.slice(from)
        from = 0
      }
    },
    sent: (nowMs) => {
      sentMs.push(nowMs)
      if (told !== null) told.left -= 1
    },
    /**
     * Answers may overtake each other, so only the lowest count of a window is believed; calls that are under
     * way may not be in it yet.
     */
    learn: (answer, underWay) => {
      const allowance = within.allowanceOf?.(answer.headers, clock.now()) ?? null
      if (allowance === null) return
      const lowest = Math.min(allowance.callsLeft, told?.lowest ?? Infinity)
      const left = Math.max(0, Math.floor(lowest * share) - (underWay - 1))
      const untilMs = told?.untilMs ?? clock.monotonicMs() + allowance.windowEndsInMs
      told = { lowest, left, untilMs }
    },
  }
}

/** Stands in front of a remote, for everybody who calls it with the same credentials. */
export interface Pacer {
  /** `http`, at this pace. It is asked when a call's turn has come, so that it can still say no. */
  before(http: HttpClient): HttpClient
}

/**
 * At most `calls` in any of its windows, by bucket, and at most `concurrency` calls under way. Waiting is
 * first come, first served within a bucket.
 */
export const pacerOf = (pace: Pace, clock: Clock): Pacer => {
  const windows: readonly PaceWindow[] = [pace, ...(pace.also ?? [])]
  const buckets = new Map<string, Bucket>()
  let underWay = 0

  const bucketFor = (name: string): Bucket => {
    const kept = buckets.get(name)
    if (kept !== undefined) return kept
    const counts = windows.map((window) => countOf(window, clock))
    const made: Bucket = { counts, queue: [], waking: false }
    buckets.set(name, made)
    return made
  }

  const mayGo = ({ counts }: Bucket) => counts.every((count) => count.allows())

  /** Milliseconds until one more call may go out. */
  const untilNext = ({ counts }: Bucket, nowMs: number) => {
    const full = counts.filter((count) => !count.allows())
    const atMs = Math.max(...full.map((count) => count.allowsAtMs(nowMs)))
    return Math.max(1, Math.ceil(atMs - nowMs))
  }

  const learn = (bucket: Bucket, result: HttpAnswer | HttpSilence) => {
    if (result.is !== 'answer') return
    for (const count of bucket.counts) count.learn(result, underWay)
  }

  const admit = (bucket: Bucket) => {
    const nowMs = clock.monotonicMs()
    for (const count of bucket.counts) count.forget(nowMs)
    while (bucket.queue.length > 0 && underWay < pace.concurrency && mayGo(bucket)) {
      for (const count of bucket.counts) count.sent(nowMs)
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
