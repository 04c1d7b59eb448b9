import type { Clock } from '../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest, HttpSilence } from '../connectors/http.ts'
import type { Pace, PaceWindow } from '../connectors/pace.ts'

/** We aim just below what a remote allows, so that its clock and ours may differ a little. */
const share = 0.97

/**
 * Who waits for a call: a live sale goes first, and finds calls left over by whoever has time (a migration, a
 * reconciliation).
 */
export type Rank = 'urgent' | 'patient'
const ranks: readonly Rank[] = ['urgent', 'patient']

/** Of the calls of a window, and of those under way, this part is kept from the patient. */
const keptShare = 0.1

const keptOf = (calls: number, rank: Rank): number =>
  rank === 'urgent' ? 0 : Math.floor(calls * keptShare)

/** What was sent within one window of a remote. */
interface Count {
  /** Whether one more call may go out now. */
  allows(rank: Rank): boolean
  /** When one more may go out, in milliseconds of the monotonic clock; only asked when none may. */
  allowsAtMs(nowMs: number, rank: Rank): number
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
  queues: Readonly<Record<Rank, (() => void)[]>>
  waking: Record<Rank, boolean>
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
  const mostOf = (rank: Rank) => callsMax - keptOf(callsMax, rank)

  return {
    allows: (rank) =>
      told === null ? sentMs.length - from < mostOf(rank) : told.left >= 1 + keptOf(callsMax, rank),
    allowsAtMs: (nowMs, rank) => {
      if (told !== null) return told.untilMs
      const inTheWay = Math.max(0, sentMs.length - from - mostOf(rank))
      return (sentMs[from + inTheWay] ?? nowMs) + windowMs
    },
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
  before(http: HttpClient, rank?: Rank): HttpClient
}

/**
 * At most `calls` in any of its windows, by bucket, and at most `concurrency` calls under way. Waiting is
 * first come, first served within a bucket and a rank.
 */
export const pacerOf = (pace: Pace, clock: Clock): Pacer => {
  const windows: readonly PaceWindow[] = [pace, ...(pace.also ?? [])]
  const buckets = new Map<string, Bucket>()
  let underWay = 0

  const bucketFor = (name: string): Bucket => {
    const kept = buckets.get(name)
    if (kept !== undefined) return kept
    const made: Bucket = {
      counts: windows.map((window) => countOf(window, clock)),
      queues: { urgent: [], patient: [] },
      waking: { urgent: false, patient: false },
    }
    buckets.set(name, made)
    return made
  }

  /** How many calls may be under way when one of this rank leaves. */
  const concurrencyOf = (rank: Rank) =>
    rank === 'patient' && pace.concurrency > 1
      ? pace.concurrency - Math.max(1, keptOf(pace.concurrency, rank))
      : pace.concurrency

  const mayGo = ({ counts }: Bucket, rank: Rank) => counts.every((count) => count.allows(rank))

  /** Milliseconds until one more call of this rank may go out. */
  const untilNext = ({ counts }: Bucket, nowMs: number, rank: Rank) => {
    const full = counts.filter((count) => !count.allows(rank))
    const atMs = Math.max(...full.map((count) => count.allowsAtMs(nowMs, rank)))
    return Math.max(1, Math.ceil(atMs - nowMs))
  }

  const learn = (bucket: Bucket, result: HttpAnswer | HttpSilence) => {
    if (result.is !== 'answer') return
    for (const count of bucket.counts) count.learn(result, underWay)
  }

  const admitRank = (bucket: Bucket, nowMs: number, rank: Rank) => {
    const queue = bucket.queues[rank]
    const most = concurrencyOf(rank)
    while (queue.length > 0 && underWay < most && mayGo(bucket, rank)) {
      for (const count of bucket.counts) count.sent(nowMs)
      underWay += 1
      queue.shift()?.()
    }
    if (queue.length === 0 || underWay >= most || bucket.waking[rank]) return
    bucket.waking[rank] = true
    void clock.sleep(untilNext(bucket, nowMs, rank)).then(() => {
      bucket.waking[rank] = false
      admit(bucket)
    })
  }

  const admit = (bucket: Bucket) => {
    const nowMs = clock.monotonicMs()
    for (const count of bucket.counts) count.forget(nowMs)
    for (const rank of ranks) admitRank(bucket, nowMs, rank)
  }

  const send = async (http: HttpClient, rank: Rank, request: HttpRequest) => {
    const bucket = bucketFor(pace.bucketOf?.(request.method, request.url) ?? '')
    await new Promise<void>((resolve) => {
      bucket.queues[rank].push(resolve)
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
  return {
    before: (http, rank = 'urgent') => ({ send: (request) => send(http, rank, request) }),
  }
}
