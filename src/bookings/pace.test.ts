import { describe, expect, test } from 'vitest'
import { virtualClock, type VirtualClock } from '../../test/support/virtual-clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'
import { seededRandom } from '../world/random.ts'
import { pacerOf } from './pace.ts'

const answer = (headers: HttpAnswer['headers'] = {}, status = 200): HttpAnswer => ({
  is: 'answer',
  status,
  headers,
  body: '',
})

const get = (path = ''): HttpRequest => ({ method: 'GET', url: `https://remote.example/${path}` })

/** A remote that takes its time and writes down when each call came. */
const remoteOf = (clock: VirtualClock, latencyMs: () => number) => {
  const arrivals: { atMs: number; url: string }[] = []
  const calls = { now: 0, most: 0 }
  const http: HttpClient = {
    async send({ url }) {
      arrivals.push({ atMs: clock.monotonicMs(), url })
      calls.now += 1
      calls.most = Math.max(calls.most, calls.now)
      await clock.sleep(latencyMs())
      calls.now -= 1
      return answer()
    },
  }
  return { http, arrivals, calls }
}

/** The most that arrived within any `windowMs`. */
const mostWithin = (arrivals: readonly { atMs: number }[], windowMs: number): number =>
  arrivals.reduce((most, { atMs }, index) => {
    const inside = arrivals.slice(index).findIndex((other) => other.atMs >= atMs + windowMs)
    return Math.max(most, inside === -1 ? arrivals.length - index : inside)
  }, 0)

const all = async (clock: VirtualClock, calls: readonly Promise<unknown>[], stepMs: number) => {
  let left = calls.length
  for (const call of calls) void call.then(() => (left -= 1))
  for (let steps = 0; left > 0 && steps < 10_000; steps += 1) await clock.advance(stepMs)
  expect(left).toBe(0)
}

const pace: Pace = { calls: 60, windowMs: 60_000, concurrency: 8 }

describe('a pace', () => {
  test('lets a call out at once while there is room', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 0)
    const sending = pacerOf(pace, clock).before(http).send(get())
    await clock.advance(0)
    await sending
    expect(arrivals).toEqual([{ atMs: 0, url: 'https://remote.example/' }])
  })

  test('lets out at least 95 of 100 of what the remote allows, for as long as there is work', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 50)
    const paced = pacerOf(pace, clock).before(http)
    const startMs = clock.monotonicMs()
    await all(
      clock,
      Array.from({ length: 600 }, () => paced.send(get())),
      500,
    )
    // Ten windows' worth.
    const lastMs = arrivals.at(-1)?.atMs ?? Infinity
    expect(lastMs - startMs).toBeLessThanOrEqual((10 / 0.95) * pace.windowMs)
  })

  test('never lets out more than it saved up and what came in since', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 50)
    const paced = pacerOf(pace, clock).before(http)
    await all(
      clock,
      Array.from({ length: 300 }, () => paced.send(get())),
      500,
    )
    const firstMs = arrivals[0]?.atMs ?? 0
    for (const [index, { atMs }] of arrivals.entries()) {
      const allowed = pace.calls * (1 + (atMs - firstMs) / pace.windowMs)
      expect(index + 1).toBeLessThanOrEqual(allowed)
    }
  })

  test('never lets out more than the remote allows in any window', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 50)
    const paced = pacerOf(pace, clock).before(http)
    await all(
      clock,
      Array.from({ length: 300 }, () => paced.send(get())),
      500,
    )
    expect(mostWithin(arrivals, pace.windowMs)).toBeLessThanOrEqual(pace.calls)
  })

  test.for([1, 3, 8])('has at most %i calls under way', async (concurrency) => {
    const clock = virtualClock()
    const random = seededRandom(concurrency)
    const { http, calls, arrivals } = remoteOf(clock, () => random.fraction() * 2_000)
    const paced = pacerOf({ ...pace, calls: 10_000, concurrency }, clock).before(http)
    await all(
      clock,
      Array.from({ length: 60 }, () => paced.send(get())),
      1_000,
    )
    expect(calls.most).toBe(concurrency)
    expect(arrivals).toHaveLength(60)
  })

  test('serves first who came first', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 10)
    const paced = pacerOf({ calls: 10, windowMs: 1_000, concurrency: 2 }, clock).before(http)
    await all(
      clock,
      Array.from({ length: 40 }, (_, index) => paced.send(get(String(index)))),
      100,
    )
    expect(arrivals.map(({ url }) => Number(url.split('/').at(-1)))).toEqual(
      Array.from({ length: 40 }, (_, index) => index),
    )
  })

  test('counts apart what the remote counts apart', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 0)
    const apart: Pace = {
      calls: 10,
      windowMs: 60_000,
      concurrency: 100,
      bucketOf: (method, url) => `${method} ${url.split('/').at(-1) ?? ''}`,
    }
    const paced = pacerOf(apart, clock).before(http)
    const calls = ['a', 'b', 'c'].flatMap((path) =>
      Array.from({ length: 20 }, () => paced.send(get(path))),
    )
    await clock.advance(0)
    for (const path of ['a', 'b', 'c']) {
      expect(arrivals.filter(({ url }) => url.endsWith(path))).toHaveLength(9)
    }
    await all(clock, calls, 1_000)
  })

  test('keeps to every window that the remote counts by', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 50)
    const hour = { calls: 100, windowMs: 3_600_000 }
    const paced = pacerOf({ ...pace, also: [hour] }, clock).before(http)
    await all(
      clock,
      Array.from({ length: 250 }, () => paced.send(get())),
      10_000,
    )
    expect(mostWithin(arrivals, pace.windowMs)).toBeLessThanOrEqual(pace.calls)
    expect(mostWithin(arrivals, hour.windowMs)).toBeLessThanOrEqual(hour.calls)
    // And uses them: the last 56 wait for the third hour, no longer.
    const lastMs = arrivals.at(-1)?.atMs ?? Infinity
    expect(lastMs).toBeGreaterThan(2 * hour.windowMs)
    expect(lastMs).toBeLessThan(2 * hour.windowMs + 2 * pace.windowMs)
  })

  test('makes room again after a call that failed', async () => {
    const clock = virtualClock()
    const broken: HttpClient = { send: () => Promise.reject(new Error('no')) }
    const paced = pacerOf({ ...pace, concurrency: 1 }, clock).before(broken)
    const calls = Array.from({ length: 5 }, () => paced.send(get()).catch(() => 'failed'))
    await clock.advance(0)
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 5 }, () => 'failed'))
  })

  test('of less than one call a window still lets calls out, one at a time', async () => {
    const clock = virtualClock()
    const { http, arrivals } = remoteOf(clock, () => 0)
    const paced = pacerOf({ calls: 1, windowMs: 10_000, concurrency: 4 }, clock).before(http)
    await all(
      clock,
      Array.from({ length: 4 }, () => paced.send(get())),
      1_000,
    )
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([0, 10_000, 20_000, 30_000])
  })

  test('sleeps only while somebody waits', async () => {
    const clock = virtualClock()
    const { http } = remoteOf(clock, () => 0)
    const paced = pacerOf({ calls: 2, windowMs: 1_000, concurrency: 1 }, clock).before(http)
    await all(
      clock,
      Array.from({ length: 5 }, () => paced.send(get())),
      100,
    )
    await clock.advance(10_000)
    expect(clock.sleepers()).toBe(0)
  })
})

describe('a remote that tells what is left', () => {
  /** Counts by the clock's hour, tells what is left after each call, and refuses what is too much. */
  const countingRemote = (clock: VirtualClock, perHour: number, latencyMs: () => number) => {
    const hourMs = 3_600_000
    const used = new Map<number, number>()
    const told = { refused: 0 }
    const http: HttpClient = {
      async send() {
        await clock.sleep(latencyMs())
        const hour = Math.floor(clock.now().getTime() / hourMs)
        const before = used.get(hour) ?? 0
        if (before >= perHour) told.refused += 1
        else used.set(hour, before + 1)
        const left = String(perHour - (used.get(hour) ?? 0))
        const refused = before >= perHour
        await clock.sleep(latencyMs())
        return answer({ left }, refused ? 403 : 200)
      },
    }
    const allowanceOf: NonNullable<Pace['allowanceOf']> = (headers, now) => ({
      callsLeft: Number(headers['left']),
      windowEndsInMs: hourMs - (now.getTime() % hourMs) + 10_000,
    })
    return { http, allowanceOf, told, used }
  }

  test('is asked no more than it has left, though we thought it had more', async () => {
    const clock = virtualClock()
    const { http, allowanceOf, told, used } = countingRemote(clock, 100, () => 20)
    const paced = pacerOf(
      { calls: 6_000, windowMs: 3_600_000, concurrency: 1, allowanceOf },
      clock,
    ).before(http)
    await all(
      clock,
      Array.from({ length: 250 }, () => paced.send(get())),
      60_000,
    )
    expect(told.refused).toBe(0)
    // And nearly all of it is used.
    for (const count of [...used.values()].slice(0, 2)) expect(count).toBeGreaterThanOrEqual(95)
  })

  test('is not asked more by eight at once', async () => {
    const clock = virtualClock()
    const { http, allowanceOf, told } = countingRemote(clock, 60, () => 100)
    const paced = pacerOf(
      { calls: 60, windowMs: 3_600_000, concurrency: 8, allowanceOf },
      clock,
    ).before(http)
    await all(
      clock,
      Array.from({ length: 200 }, () => paced.send(get())),
      60_000,
    )
    expect(told.refused).toBe(0)
  })

  test.for([1, 2, 3])(
    'is not asked more when its answers overtake each other (seed %i)',
    async (seed) => {
      const clock = virtualClock()
      const random = seededRandom(seed)
      const { http, allowanceOf, told } = countingRemote(clock, 60, () => random.fraction() * 500)
      const paced = pacerOf(
        { calls: 60, windowMs: 3_600_000, concurrency: 8, allowanceOf },
        clock,
      ).before(http)
      await all(
        clock,
        Array.from({ length: 200 }, () => paced.send(get())),
        60_000,
      )
      expect(told.refused).toBe(0)
    },
  )

  test('of a longer window only, is held to both', async () => {
    const clock = virtualClock()
    const { http, allowanceOf, told, used } = countingRemote(clock, 100, () => 20)
    const { http: counted, arrivals } = remoteOf(clock, () => 0)
    const both: HttpClient = {
      send: async (request) => {
        await counted.send(request)
        return http.send(request)
      },
    }
    const hour = { calls: 6_000, windowMs: 3_600_000, allowanceOf }
    const paced = pacerOf({ ...pace, concurrency: 2, also: [hour] }, clock).before(both)
    await all(
      clock,
      Array.from({ length: 250 }, () => paced.send(get())),
      60_000,
    )
    expect(told.refused).toBe(0)
    expect(mostWithin(arrivals, pace.windowMs)).toBeLessThanOrEqual(pace.calls)
    for (const count of [...used.values()].slice(0, 2)) expect(count).toBeGreaterThanOrEqual(95)
  })

  test('and has nothing left is asked again when its window ends', async () => {
    const clock = virtualClock('2026-11-20T10:50:00.000Z')
    const { http, allowanceOf } = countingRemote(clock, 0, () => 0)
    let asked = 0
    const counting: HttpClient = {
      send: (request) => {
        asked += 1
        return http.send(request)
      },
    }
    const paced = pacerOf(
      { calls: 60, windowMs: 3_600_000, concurrency: 1, allowanceOf },
      clock,
    ).before(counting)
    const first = paced.send(get())
    await clock.advance(0)
    await first
    const second = paced.send(get())
    await clock.advance(10 * 60_000 + 9_999)
    expect(asked).toBe(1)
    await clock.advance(1)
    expect(asked).toBe(2)
    await second
  })
})
