import { expect, test } from 'vitest'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../connectors/http.ts'
import type { Outcome } from '../problems/outcome.ts'
import { reason } from '../problems/reason.ts'
import type { Desk } from './desk.ts'
import { makeOnce } from './make-once.ts'
import { callBudgetMs, leaveWithinMs } from './schedule.ts'

/** Something is made at most once: its hold lasts as long as its request can have an effect. */
const lateEffectMs = 120_000
const heldMs = leaveWithinMs + callBudgetMs + lateEffectMs

const answer: HttpAnswer = { is: 'answer', status: 201, headers: {}, body: '17' }
const post: HttpRequest = { method: 'POST', url: 'https://books.example/clients' }
const notSent = reason('REMOTE_TROUBLE', { status: 503, system: 'Boeken' })

/** A desk whose requests wait `turnMs` for their turn, and a shelf that takes `commitMs` to write. */
const deskOf = ({ turnMs = 0, commitMs = 0, isFree = true } = {}) => {
  const clock = virtualClock()
  const startsAt = clock.now().getTime()
  const told: string[] = []
  const http: HttpClient = {
    async send({ mayLeave, method }) {
      clock.oversleep(turnMs)
      if (mayLeave !== undefined && !(await mayLeave())) {
        return { is: 'silence', cause: 'not-sent', mayHaveArrived: false }
      }
      told.push(`${method} left at ${clock.now().getTime() - startsAt}`)
      return answer
    },
  }
  const connector = { id: 'boeken', title: 'Boeken', capabilities: { lateEffectMs } }
  // Only what making needs: the rest of a desk is asked nowhere in it.
  const desk = { clock, accounting: { connector, session: { http, clock } } } as unknown as Desk
  const shelf = {
    hold: (until: Date) => {
      clock.oversleep(commitMs)
      told.push(`held until ${until.getTime() - startsAt}`)
      return Promise.resolve(isFree)
    },
    remember: (made: string | null) => {
      told.push(`remembered ${String(made)}`)
      return Promise.resolve()
    },
  }
  const make = (requests: readonly HttpRequest[] = [post], outcome?: Outcome<string>) =>
    makeOnce(desk, shelf, async (session): Promise<Outcome<string>> => {
      for (const request of requests) {
        const result = await session.http.send(request)
        if (result.is === 'silence') return { is: 'postponed', reason: notSent }
      }
      return outcome ?? { is: 'done', value: '17' }
    })
  return { make, told, at: (ms: number) => new Date(startsAt + ms) }
}

test('FAULT: the hold lasts from the moment the request leaves, however long it waited for its turn', async () => {
  const { make, told } = deskOf({ turnMs: 60_000 })
  expect(await make()).toEqual({ is: 'made', value: '17' })
  expect(told).toEqual([`held until ${60_000 + heldMs}`, 'POST left at 60000', 'remembered 17'])
})

test('an answer that is lost leaves the hold as it is', async () => {
  const { make, told, at } = deskOf({ turnMs: 60_000 })
  const lost = reason('OUTCOME_UNKNOWN', { system: 'Boeken' })
  expect(await make([post], { is: 'uncertain', reason: lost })).toEqual({
    is: 'failed',
    reason: lost,
    until: at(60_000 + heldMs),
  })
  expect(told).toEqual([`held until ${60_000 + heldMs}`, 'POST left at 60000'])
})

test.each([
  [leaveWithinMs, 'made', ['POST left at 5000', 'remembered 17']],
  [leaveWithinMs + 1, 'failed', ['remembered null']],
] as const)(
  'a request whose hold took %i ms to commit is %s: it leaves within what the hold counts with',
  async (commitMs, is, then) => {
    const { make, told } = deskOf({ commitMs })
    expect(await make()).toMatchObject({ is })
    expect(told).toEqual([`held until ${heldMs}`, ...then])
  },
)

test('what somebody else holds does not leave and is not released', async () => {
  const { make, told, at } = deskOf({ isFree: false })
  expect(await make()).toEqual({
    is: 'wait',
    reason: reason('OUTCOME_UNKNOWN', { system: 'Boeken' }),
    until: at(heldMs),
  })
  expect(told).toEqual([`held until ${heldMs}`])
})

test('what was refused before anything left was never held, and nobody’s hold is released', async () => {
  const { make, told } = deskOf()
  const why = reason('DEBTOR_REFUSED', { system: 'Boeken', message: 'no name' })
  expect(await make([], { is: 'refused', reason: why })).toEqual({ is: 'refused', reason: why })
  expect(told).toEqual([])
})

test('what the books refused may be tried again by anybody', async () => {
  const { make, told } = deskOf()
  const why = reason('DEBTOR_REFUSED', { system: 'Boeken', message: 'no name' })
  expect(await make([post], { is: 'refused', reason: why })).toMatchObject({ is: 'refused' })
  expect(told.at(-1)).toBe('remembered null')
})

test('reading needs no hold, and several writes of one create have one', async () => {
  const { make, told } = deskOf({ turnMs: 1_000 })
  await make([{ ...post, method: 'GET' }, post, { ...post, method: 'PUT' }])
  expect(told).toEqual([
    'GET left at 1000',
    `held until ${2_000 + heldMs}`,
    'POST left at 2000',
    'PUT left at 3000',
    'remembered 17',
  ])
})

test('a connector that creates past the door is a bug that is told', async () => {
  const { make } = deskOf()
  await expect(make([{ ...post, method: 'GET' }])).rejects.toThrow('nobody let out')
})
