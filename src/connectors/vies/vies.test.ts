import fc from 'fast-check'
import { describe, expect, it, test, vi } from 'vitest'
import { virtualClock } from '../../../test/support/virtual-clock.ts'
import { explain } from '../../problems/catalogue.ts'
import { seededRandom } from '../../world/random.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../http.ts'
import { createVies, type ViesAnswer } from './vies.ts'

type Result = HttpAnswer | HttpSilence

interface Asked {
  countryCode: string
  vatNumber: string
  requesterMemberStateCode?: string
  requesterNumber?: string
}

const json = (body: unknown, status = 200): HttpAnswer => ({
  is: 'answer',
  status,
  headers: {},
  body: JSON.stringify(body),
})
const code = (error: string, status = 200) =>
  json({ actionSucceed: false, errorWrappers: [{ error }] }, status)
const verdict = (valid: boolean) => (asked: Asked) =>
  json({
    countryCode: asked.countryCode,
    vatNumber: asked.vatNumber,
    requestDate: '2026-11-20T10:00:00.000Z',
    valid,
    requestIdentifier: asked.requesterNumber === undefined ? '' : 'WAPIAAAAaDxc_5Zb',
    name: 'John Doe',
    address: '---',
  })
const lost: HttpSilence = { is: 'silence', cause: 'connection-lost', mayHaveArrived: true }

const requester = { country: 'NL', number: '123456782B90' }
const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** A client on a clock of its own; `remote` says what VIES answers, and when. */
const stage = (
  first: (asked: Asked, count: number) => Result | Promise<Result> = verdict(true),
) => {
  const clock = virtualClock()
  const sent: { request: HttpRequest; asked: Asked; atMs: number }[] = []
  const inside = new Map<string, number>()
  const most = new Map<string, number>()
  let remote = first

  const vies = createVies({
    clock,
    random: seededRandom(7),
    http: {
      async send(request) {
        const asked = JSON.parse(request.body ?? '') as Asked
        const { countryCode } = asked
        sent.push({ request, asked, atMs: clock.monotonicMs() })
        inside.set(countryCode, (inside.get(countryCode) ?? 0) + 1)
        most.set(countryCode, Math.max(most.get(countryCode) ?? 0, inside.get(countryCode) ?? 0))
        const result = await remote(asked, sent.length)
        inside.set(countryCode, (inside.get(countryCode) ?? 0) - 1)
        return result
      },
    },
  })

  const check = (number = '123456789', country = 'DE', by: typeof requester | null = requester) =>
    vies.check({ country, number, requester: by })
  /** The answer, after as much time as it takes. */
  const soon = async (pending: Promise<ViesAnswer>, withinMs = 15 * secondMs) => {
    const ended = vi.fn()
    void pending.then(ended)
    for (let ms = 0; ms <= withinMs; ms += 100) {
      await clock.advance(ms === 0 ? 0 : 100)
      if (ended.mock.calls.length > 0) break
    }
    return await pending
  }
  return {
    clock,
    sent,
    most,
    check,
    soon,
    ask: (...given: Parameters<typeof check>) => soon(check(...given)),
    answerWith: (next: typeof remote) => (remote = next),
  }
}

/** An answer that takes its time. */
const after =
  (clock: ReturnType<typeof virtualClock>, ms: number, make: (asked: Asked) => Result) =>
  async (asked: Asked): Promise<Result> => {
    await clock.sleep(ms)
    return make(asked)
  }

const silence = (answer: ViesAnswer) => {
  if (answer.is !== 'silent') throw new Error(`not silent but ${answer.is}`)
  return answer
}

describe('a question', () => {
  it('is asked with the names of the REST contract, and within ten seconds', async () => {
    const { ask, sent } = stage()
    await ask()
    expect(sent.map(({ request }) => request)).toEqual([
      {
        method: 'POST',
        url: 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: '{"countryCode":"DE","vatNumber":"123456789","requesterMemberStateCode":"NL","requesterNumber":"123456782B90"}',
        budgetMs: 10_000,
      },
    ])
  })

  it('leaves the requester out when there is none', async () => {
    const { ask, sent } = stage()
    expect(await ask('123456789', 'DE', null)).toMatchObject({
      is: 'valid',
      consultationNumber: null,
    })
    expect(sent[0]?.asked).toEqual({ countryCode: 'DE', vatNumber: '123456789' })
  })

  it('names Greece as VIES does, wherever it stands', async () => {
    const { ask, sent } = stage()
    expect(await ask('094259216', 'GR', { country: 'gr', number: '094259216' })).toMatchObject({
      is: 'valid',
    })
    expect(sent[0]?.asked).toMatchObject({ countryCode: 'EL', requesterMemberStateCode: 'EL' })
  })

  test.each(['GB', 'CHE', 'NO', 'US', '', '__proto__', 'EU'])(
    'about %j, which VIES does not know, is not asked',
    async (country) => {
      const { ask, sent } = stage()
      expect(await ask('123456789', country)).toEqual({ is: 'impossible', requesterRefused: false })
      expect(sent).toEqual([])
    },
  )

  it('is asked with whole milliseconds, also by a clock with fractions', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, 0.37, () => code('INVALID_REQUESTER_INFO')))
    const pending = check()
    await clock.advance(secondMs)
    await pending
    expect(sent.map(({ request }) => request.budgetMs)).toEqual([10_000, 9_999])
  })
})

describe('an answer', () => {
  test.each([true, false])('of VIES comes with everything: valid %s', async (valid) => {
    const { ask } = stage(verdict(valid))
    expect(await ask()).toEqual({
      is: valid ? 'valid' : 'invalid',
      checkedAt: new Date('2026-11-20T10:00:00.000Z'),
      consultationNumber: 'WAPIAAAAaDxc_5Zb',
      name: 'John Doe',
      address: null,
      requesterRefused: false,
    })
  })

  it('to a number that cannot exist is final', async () => {
    const { ask, sent } = stage(() => code('INVALID_INPUT', 400))
    expect(await ask()).toEqual({ is: 'impossible', requesterRefused: false })
    expect(sent).toHaveLength(1)
  })
})

describe('a requester that VIES does not take', () => {
  const refusing = (asked: Asked) =>
    asked.requesterNumber === undefined ? verdict(true)(asked) : code('INVALID_REQUESTER_INFO', 400)

  it('is left out, once, and the answer says so', async () => {
    const { ask, sent } = stage(refusing)
    expect(await ask()).toMatchObject({
      is: 'valid',
      consultationNumber: null,
      requesterRefused: true,
    })
    expect(sent.map(({ asked }) => asked.requesterNumber)).toEqual(['123456782B90', undefined])
  })

  it('is told apart from silence, and from a number that cannot exist', async () => {
    const { ask, answerWith } = stage()
    answerWith((asked) => (asked.requesterNumber === undefined ? code('TIMEOUT') : refusing(asked)))
    expect(await ask()).toMatchObject({ is: 'silent', blame: 'state', requesterRefused: true })
    answerWith((asked) =>
      asked.requesterNumber === undefined ? code('INVALID_INPUT') : refusing(asked),
    )
    expect(await ask()).toEqual({ is: 'impossible', requesterRefused: true })
  })

  it('is to blame when a question without one is refused too', async () => {
    const { ask, sent } = stage(() => code('INVALID_REQUESTER_INFO'))
    const answer = silence(await ask())
    expect(answer).toMatchObject({
      reason: { code: 'VIES_REQUESTER_REFUSED', params: { country: 'NL' } },
      blame: 'requester',
      requesterRefused: true,
    })
    expect(answer.retryAfterMs).toBeGreaterThanOrEqual(45 * minuteMs)
    expect(sent).toHaveLength(2)

    const without = stage(() => code('INVALID_REQUESTER_INFO'))
    expect(await without.ask('123456789', 'DE', null)).toMatchObject({
      reason: { code: 'VIES_REQUESTER_REFUSED', params: { country: 'DE' } },
      requesterRefused: false,
    })
    expect(without.sent).toHaveLength(1)
  })

  it('says nothing about the state: no breaker opens', async () => {
    const { ask, sent, answerWith } = stage(() => code('INVALID_REQUESTER_INFO'))
    for (let count = 0; count < 10; count += 1) await ask()
    answerWith(verdict(true))
    expect(await ask()).toMatchObject({ is: 'valid' })
    expect(sent).toHaveLength(21)
  })
})

describe('silence', () => {
  const down: [error: string, blame: string, fromMs: number, toMs: number][] = [
    ['GLOBAL_MAX_CONCURRENT_REQ', 'vies', 30_000, 60_000],
    ['GLOBAL_MAX_CONCURRENT_REQ_TIME', 'vies', 30_000, 60_000],
    ['MS_MAX_CONCURRENT_REQ', 'state', 30_000, 60_000],
    ['MS_MAX_CONCURRENT_REQ_TIME', 'state', 30_000, 60_000],
    ['SERVICE_UNAVAILABLE', 'vies', 45_000, 75_000],
    ['MS_UNAVAILABLE', 'state', 45_000, 75_000],
    ['TIMEOUT', 'state', 45_000, 75_000],
    ['SERVER_BUSY', 'vies', 45_000, 75_000],
    ['TECHNICAL_ERROR', 'vies', 45_000, 75_000],
    ['IO_ERROR', 'vies', 45_000, 75_000],
    ['NEVER_SEEN_BEFORE', 'vies', 45_000, 75_000],
  ]

  test.each(down)('of %s is to blame on: %s', async (error, blame, fromMs, toMs) => {
    for (const status of [200, 400, 500]) {
      const { ask, sent } = stage(() => code(error, status))
      const answer = silence(await ask())
      const cause = error === 'NEVER_SEEN_BEFORE' ? 'unknown-code' : error
      expect(answer.reason).toEqual({ code: 'VIES_NO_ANSWER', params: { country: 'DE', cause } })
      expect(answer.blame).toBe(blame)
      expect(answer.retryAfterMs).toBeGreaterThanOrEqual(fromMs)
      expect(answer.retryAfterMs).toBeLessThanOrEqual(toMs)
      expect(sent).toHaveLength(1)
    }
  })

  it('of the network', async () => {
    const { ask } = stage(() => lost)
    expect(await ask()).toMatchObject({
      is: 'silent',
      reason: { code: 'VIES_NO_ANSWER', params: { country: 'DE', cause: 'connection-lost' } },
      blame: 'network',
      requesterRefused: false,
    })
  })

  it('of a number that VIES blocked is told to the merchant, and lasts', async () => {
    const { ask, answerWith } = stage(() => code('VAT_BLOCKED'))
    const answer = silence(await ask())
    expect(answer.reason).toEqual({ code: 'VIES_NUMBER_BLOCKED', params: { country: 'DE' } })
    expect(answer.blame).toBe('requester')
    expect(answer.retryAfterMs).toBeGreaterThanOrEqual(4.5 * hourMs)
    // Nobody else is kept waiting for it.
    answerWith(verdict(true))
    expect(await ask('987654321')).toMatchObject({ is: 'valid' })
  })

  it('heeds a Retry-After, within reason', async () => {
    const waits = async (value: string) => {
      const { ask } = stage(() => ({
        is: 'answer',
        status: 503,
        headers: { 'retry-after': value },
        body: '',
      }))
      return silence(await ask()).retryAfterMs
    }
    expect(await waits('600')).toBe(600_000)
    expect(await waits('0')).toBeGreaterThanOrEqual(45_000)
    expect(await waits('999999')).toBe(6 * hourMs)
  })

  it('can be explained in both languages', async () => {
    for (const error of ['TIMEOUT', 'IP_BLOCKED', 'VAT_BLOCKED', 'INVALID_REQUESTER_INFO']) {
      const { ask } = stage(() => code(error))
      const { reason } = silence(await ask())
      for (const language of ['nl', 'en'] as const) {
        const words = Object.values(explain(reason.code, reason.params, language)).join(' ')
        expect(words).not.toMatch(/[{}]/)
      }
    }
  })
})

describe('an address that VIES blocked', () => {
  it('stops everything for hours, for every state', async () => {
    const { ask, sent, clock, answerWith } = stage(() => code('IP_BLOCKED'))
    const answer = silence(await ask())
    expect(answer).toMatchObject({ reason: { code: 'VIES_BLOCKED', params: {} }, blame: 'blocked' })
    expect(answer.retryAfterMs).toBeGreaterThanOrEqual(4.5 * hourMs)
    expect(answer.retryAfterMs).toBeLessThanOrEqual(7.5 * hourMs)

    answerWith(verdict(true))
    for (const country of ['DE', 'FR', 'XI']) {
      expect(await ask('123456789', country)).toMatchObject({ is: 'silent', blame: 'blocked' })
    }
    await clock.advance(4 * hourMs)
    expect(await ask()).toMatchObject({ is: 'silent', blame: 'blocked' })
    expect(sent).toHaveLength(1)
    await clock.advance(3.5 * hourMs)
    expect(await ask()).toMatchObject({ is: 'valid' })
    expect(await ask('123456789', 'FR')).toMatchObject({ is: 'valid' })
    expect(sent).toHaveLength(3)
  })

  it('is tried by one question afterwards, and stops for longer when that is blocked too', async () => {
    const { check, ask, sent, clock, soon } = stage(() => code('IP_BLOCKED'))
    await ask()
    await clock.advance(8 * hourMs)
    const answers = await Promise.all(
      ['DE', 'FR', 'IT'].map((country) => soon(check('1', country))),
    )
    expect(answers.map((each) => silence(each).blame)).toEqual(['blocked', 'blocked', 'blocked'])
    expect(sent).toHaveLength(2)
    expect(silence(await ask()).retryAfterMs).toBeGreaterThanOrEqual(8.9 * hourMs)
  })

  it('stops the ones that wait for room as well', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, 100, () => code('IP_BLOCKED')))
    const pending = Array.from({ length: 20 }, (_, index) => check(`10000000${index}`))
    await clock.advance(secondMs)
    const answers = await Promise.all(pending)
    expect(new Set(answers.map((each) => silence(each).blame))).toEqual(new Set(['blocked']))
    expect(sent).toHaveLength(2)
  })

  it('is told at once, also where a state has no room', async () => {
    const { check, ask, clock, answerWith } = stage()
    answerWith(after(clock, 5 * secondMs, verdict(true)))
    for (const number of ['100000001', '100000002']) void check(number, 'FR')
    await clock.advance(0)
    answerWith(() => code('IP_BLOCKED'))
    await ask()
    const beforeMs = clock.monotonicMs()
    expect(await ask('100000003', 'FR')).toMatchObject({ blame: 'blocked' })
    expect(clock.monotonicMs()).toBe(beforeMs)
  })

  it('is not unblocked by the answer to a question from before', async () => {
    const { check, ask, clock, soon, answerWith } = stage()
    answerWith(after(clock, 500, verdict(true)))
    const earlier = check('123456789', 'FR')
    await clock.advance(0)
    answerWith(() => code('IP_BLOCKED'))
    await ask()
    expect(await soon(earlier)).toMatchObject({ is: 'valid' })
    expect(await ask()).toMatchObject({ blame: 'blocked' })
  })
})

describe('questions at the same time', () => {
  it('share one call when they are the same', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, secondMs, verdict(true)))
    const pending = Array.from({ length: 10 }, () => check())
    await clock.advance(secondMs)
    const answers = await Promise.all(pending)
    expect(new Set(answers.map(({ is }) => is))).toEqual(new Set(['valid']))
    expect(sent).toHaveLength(1)
    const next = check()
    await clock.advance(secondMs)
    expect(await next).toMatchObject({ is: 'valid' })
    expect(sent).toHaveLength(2)
  })

  it('about one number by two merchants go one after the other: each has its own proof', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, secondMs, verdict(true)))
    const pending = [
      check('123456789', 'DE', requester),
      check('123456789', 'DE', { country: 'BE', number: '0123456749' }),
      check('123456789', 'DE', null),
    ]
    await clock.advance(3 * secondMs)
    const answers = await Promise.all(pending)
    expect(answers.map(({ is }) => is)).toEqual(['valid', 'valid', 'valid'])
    expect(sent.map(({ asked }) => asked.requesterMemberStateCode)).toEqual(['NL', 'BE', undefined])
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, secondMs, 2 * secondMs])
  })

  it('do not mistake one number for another by how they are written together', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, secondMs, verdict(true)))
    void check('1', 'DE', { country: 'NL', number: '2' })
    void check('1","NL', 'DE', { country: '2', number: '' })
    await clock.advance(5 * secondMs)
    expect(sent).toHaveLength(2)
  })

  it('are at most two per state, and the states do not wait for each other', async () => {
    const { check, sent, most, clock, answerWith } = stage()
    answerWith(after(clock, secondMs, verdict(true)))
    const pending = ['DE', 'FR', 'IT'].flatMap((country) =>
      Array.from({ length: 6 }, (_, index) => check(`10000000${index}`, country)),
    )
    await clock.advance(0)
    expect(sent).toHaveLength(6)
    await clock.advance(3 * secondMs)
    expect((await Promise.all(pending)).map(({ is }) => is)).toEqual(Array(18).fill('valid'))
    expect([...most]).toEqual([
      ['DE', 2],
      ['FR', 2],
      ['IT', 2],
    ])
  })

  it('never wait longer than ten seconds, and waiting in our own queue is no failure', async () => {
    const { check, ask, sent, clock, answerWith } = stage()
    answerWith(after(clock, 4 * secondMs, verdict(true)))
    const pending = Array.from({ length: 40 }, (_, index) => check(`1000000${10 + index}`))
    await clock.advance(10 * secondMs)
    const answers = await Promise.all(pending)
    expect(answers.filter(({ is }) => is === 'valid')).toHaveLength(4)
    const busy = answers.filter(({ is }) => is === 'silent').map(silence)
    expect(busy).toHaveLength(36)
    expect(new Set(busy.map(({ reason }) => reason.params['cause']))).toEqual(new Set(['busy']))
    // Nobody was sent off with too little time to be answered.
    expect(Math.min(...sent.map(({ request }) => request.budgetMs ?? 0))).toBeGreaterThan(2_500)
    expect(clock.sleepers()).toBe(0)
    answerWith(verdict(true))
    expect(await ask()).toMatchObject({ is: 'valid' })
  })

  it('give the room back when the client is at fault', async () => {
    const { check, ask, clock, answerWith } = stage()
    answerWith(() => Promise.reject(new Error('a bug')))
    for (let count = 0; count < 10; count += 1) {
      await expect(check()).rejects.toThrow('a bug')
    }
    answerWith(verdict(true))
    await clock.advance(0)
    expect(await ask()).toMatchObject({ is: 'valid' })
  })
})

describe('a state that fails', () => {
  const failing = ['MS_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'MS_MAX_CONCURRENT_REQ'] as const

  test.each(failing)('five times, by %s, is left alone; others are not', async (error) => {
    const { ask, sent, answerWith } = stage(() => code(error))
    for (let count = 0; count < 5; count += 1) await ask(`10000000${count}`)
    expect(sent).toHaveLength(5)
    const paused = silence(await ask())
    expect(paused.reason).toEqual({
      code: 'VIES_NO_ANSWER',
      params: { country: 'DE', cause: 'paused' },
    })
    expect(paused.blame).toBe(error.startsWith('MS') ? 'state' : 'vies')
    expect(paused.retryAfterMs).toBeGreaterThan(20_000)
    expect(paused.retryAfterMs).toBeLessThanOrEqual(37_500)
    expect(sent).toHaveLength(5)
    answerWith(verdict(true))
    expect(await ask('123456789', 'FR')).toMatchObject({ is: 'valid' })
  })

  it('is not left alone when it answers now and then', async () => {
    const { ask, sent } = stage((asked, count) =>
      count % 5 === 0 ? verdict(true)(asked) : code('TIMEOUT'),
    )
    for (let count = 0; count < 50; count += 1) await ask()
    expect(sent).toHaveLength(50)
  })

  it('gets one probe after the pause, then everybody again', async () => {
    const { check, ask, sent, clock, answerWith } = stage(() => lost)
    for (let count = 0; count < 5; count += 1) await ask()
    answerWith(after(clock, secondMs, verdict(true)))
    await clock.advance(40 * secondMs)
    const pending = Array.from({ length: 4 }, (_, index) => check(`10000000${index}`))
    await clock.advance(secondMs)
    expect((await Promise.all(pending)).map(({ is }) => is)).toEqual([
      'valid',
      'silent',
      'silent',
      'silent',
    ])
    expect(sent).toHaveLength(6)
    expect(await ask('100000001')).toMatchObject({ is: 'valid' })
  })

  it('is asked ever more rarely, down to every quarter of an hour', async () => {
    const { ask, sent, clock } = stage(() => code('MS_UNAVAILABLE'))
    while (clock.monotonicMs() < 24 * hourMs) {
      const { retryAfterMs } = silence(await ask())
      await clock.advance(Math.min(retryAfterMs, minuteMs))
    }
    const gaps = sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15 * minuteMs * 1.25 + minuteMs)
    expect(sent.length).toBeLessThan(140)
    expect(sent.length).toBeGreaterThan(70)
  })

  it('also stops those that wait for room', async () => {
    const { check, sent, clock, answerWith } = stage()
    answerWith(after(clock, 100, () => code('MS_UNAVAILABLE')))
    const pending = Array.from({ length: 30 }, (_, index) => check(`1000000${10 + index}`))
    await clock.advance(5 * secondMs)
    const answers = await Promise.all(pending)
    expect(answers.every(({ is }) => is === 'silent')).toBe(true)
    expect(sent.length).toBeLessThanOrEqual(6)
  })

  test.each(['not-sent', 'address-refused', 'bad-url'] as const)(
    'is not what a call is that never went out: %s',
    async (cause) => {
      const { ask, sent } = stage(() => ({ is: 'silence', cause, mayHaveArrived: false }))
      for (let count = 0; count < 10; count += 1) await ask()
      expect(sent).toHaveLength(10)
    },
  )
})

describe('an invalid from a state that just failed', () => {
  /** Fails once, then calls everything invalid `falsely` times, then tells the truth. */
  const comingUp = (falsely: number, truth: boolean) => (asked: Asked, count: number) => {
    if (count === 1) return code('MS_UNAVAILABLE')
    return verdict(count <= 1 + falsely ? false : truth)(asked)
  }

  it('is asked a second time, a moment later, and a valid is believed', async () => {
    const { ask, sent } = stage(comingUp(1, true))
    await ask()
    expect(await ask()).toMatchObject({ is: 'valid', consultationNumber: 'WAPIAAAAaDxc_5Zb' })
    expect(sent).toHaveLength(3)
    expect((sent[2]?.atMs ?? 0) - (sent[1]?.atMs ?? 0)).toBe(1_500)
  })

  it('is believed when said twice', async () => {
    const { ask, sent } = stage(comingUp(1, false))
    await ask()
    expect(await ask()).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(3)
  })

  it('is not believed when the second ask gets no answer, or no time', async () => {
    const silentThen = stage((asked, count) =>
      count === 2 ? verdict(false)(asked) : code('TIMEOUT'),
    )
    await silentThen.ask()
    expect(await silentThen.ask()).toMatchObject({ is: 'silent', blame: 'state' })
    expect(silentThen.sent).toHaveLength(3)

    const { ask, sent, clock, answerWith } = stage(() => code('MS_UNAVAILABLE'))
    await ask()
    answerWith(after(clock, 7 * secondMs, verdict(false)))
    expect(await ask()).toMatchObject({
      is: 'silent',
      reason: { params: { cause: 'not-sent' } },
    })
    expect(sent).toHaveLength(2)
  })

  it('is asked only once when the failure was another state’s, or more than a minute ago', async () => {
    const { ask, sent, clock, answerWith } = stage(() => code('MS_UNAVAILABLE'))
    await ask()
    answerWith(verdict(false))
    expect(await ask('123456789', 'FR')).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(2)
    await clock.advance(minuteMs + 1)
    expect(await ask()).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(3)
  })

  it('is asked twice as the first word after a pause, however long, and for a minute after', async () => {
    const { ask, sent, clock, answerWith } = stage(() => code('MS_UNAVAILABLE'))
    for (let count = 0; count < 5; count += 1) await ask()
    await clock.advance(2 * hourMs)
    answerWith(verdict(false))
    expect(await ask()).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(7)
    expect(await ask()).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(9)
    await clock.advance(minuteMs)
    expect(await ask()).toMatchObject({ is: 'invalid' })
    expect(sent).toHaveLength(10)
  })

  it('is asked the second time without a requester that was refused', async () => {
    const { ask, sent, answerWith } = stage(() => code('TIMEOUT'))
    await ask()
    answerWith((asked) =>
      asked.requesterNumber === undefined ? verdict(false)(asked) : code('INVALID_REQUESTER_INFO'),
    )
    expect(await ask()).toMatchObject({ is: 'invalid', requesterRefused: true })
    expect(sent.map(({ asked }) => asked.requesterNumber)).toEqual([
      '123456782B90',
      '123456782B90',
      undefined,
      undefined,
    ])
  })

  it('is not what a valid is: that is believed at once', async () => {
    const { ask, sent, answerWith } = stage(() => code('TIMEOUT'))
    await ask()
    answerWith(verdict(true))
    expect(await ask()).toMatchObject({ is: 'valid' })
    expect(sent).toHaveLength(2)
  })
})

describe('any sequence of bodies', () => {
  /** Everything that a reason may carry: states and causes, from lists of ours. */
  const harmless = /^[A-Z]{2}$|^[A-Z_]{4,30}$|^[a-z-]{4,20}$/

  it('is survived, and puts nothing of itself into a reason', async () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ valid: fc.boolean() }).map((each) => JSON.stringify(each)),
      fc
        .oneof(fc.string(), fc.constantFrom('TIMEOUT', 'VAT_BLOCKED', 'DE123456789'))
        .map((error) => JSON.stringify({ actionSucceed: false, errorWrappers: [{ error }] })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 8 }), async (bodies) => {
        const { ask } = stage((_, count) => ({
          is: 'answer',
          status: 200,
          headers: {},
          body: bodies[(count - 1) % bodies.length] ?? '',
        }))
        for (const _ of bodies) {
          const answer = await ask()
          if (answer.is === 'valid') {
            expect(bodies.some((each) => /"valid"\s*:\s*true/.test(each))).toBe(true)
          }
          if (answer.is !== 'silent') continue
          for (const value of Object.values(answer.reason.params)) {
            expect(String(value)).toMatch(harmless)
          }
          expect(answer.retryAfterMs).toBeGreaterThan(0)
        }
      }),
      { numRuns: 150 },
    )
  })
})
