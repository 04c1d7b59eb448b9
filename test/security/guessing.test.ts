import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMerchant } from '../../src/merchants/people.ts'
import { systemRandom } from '../../src/world/random.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { cookieOf, newCaller, openHouse, type TestHouse } from '../support/house.ts'
import { lettersTo, tokenIn } from '../support/letters.ts'

let database: TestDatabase
let there: TestHouse

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database, { trustProxy: true, callsPerMinute: 100_000 })
})
afterAll(async () => {
  await there.close()
  await database.close()
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  there.ask(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: there.house.publicUrl,
      // Every try from another address: a botnet.
      ...newCaller(),
      ...headers,
    },
    body: JSON.stringify(body),
  })

const signIn = (email: string, password: string, headers = {}) =>
  post('/api/auth/sign-in/email', { email, password }, headers)

let people = 0
const person = async () => {
  people += 1
  const email = `gast${people}@voorbeeld.example`
  const password = `een lang wachtwoord ${people}`
  const { pool, signIn: door } = there.house
  const room = { pool, signIn: door, clock: there.clock, random: systemRandom }
  const wanted = { company: 'Zaak', name: 'Noor', email, password, language: 'nl' } as const
  await createMerchant(room, wanted)
  return { email, password }
}

const statusesOf = async (times: number, once: () => Promise<Response>) => {
  const statuses: number[] = []
  for (let n = 0; n < times; n += 1) statuses.push((await once()).status)
  return statuses
}

describe('guessing at one person from everywhere', { timeout: 120_000 }, () => {
  it('ends after fifty tries in an hour, and the mailbox opens the door again', async () => {
    const { email, password } = await person()
    const statuses = await statusesOf(51, () => signIn(email.toUpperCase(), 'geraden'))
    expect(statuses.slice(0, 50)).toEqual(Array<number>(50).fill(401))
    expect(statuses[50]).toBe(429)
    expect((await signIn(email, password)).status).toBe(429)
    // Who is locked out by others gets in by a new password.
    await post('/api/password-link', { email })
    const letters = await lettersTo(there.engine, email)
    const token = tokenIn(letters.at(-1), '/password')
    expect((await post('/api/password', { token, password: 'een nieuw wachtwoord' })).status).toBe(
      200,
    )
    expect((await signIn(email, 'een nieuw wachtwoord')).status).toBe(200)
  })

  it('tells nobody who exists: an address that nobody has is shut as well', async () => {
    const email = 'niemand@voorbeeld.example'
    const statuses = await statusesOf(51, () => signIn(email, 'geraden'))
    expect(statuses[50]).toBe(429)
    const known = await (await signIn(email, 'geraden')).json()
    expect(known).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } })
    // Another person is not held up by it.
    const other = await person()
    expect((await signIn(other.email, other.password)).status).toBe(200)
    const rows = await database.pool.query<{ text: string }>('select k::text as text from knocks k')
    expect(JSON.stringify(rows.rows)).not.toContain('niemand')
  })

  it('is forgotten after an hour, and by the right password', async () => {
    const { email, password } = await person()
    await statusesOf(20, () => signIn(email, 'geraden'))
    expect((await signIn(email, password)).status).toBe(200)
    const statuses = await statusesOf(51, () => signIn(email, 'geraden'))
    expect(statuses.indexOf(429)).toBe(50)
    there.clock.moveOn(61 * 60_000)
    expect((await signIn(email, password)).status).toBe(200)
  })
})

it('a wrong password and an unknown address take the same time and say the same', async () => {
  const { email } = await person()
  const told = async (address: string) => {
    const startedMs = performance.now()
    const answer = await signIn(address, 'geraden wachtwoord')
    return { took: performance.now() - startedMs, said: [answer.status, await answer.json()] }
  }
  // The fastest of several: what else the machine does only makes it slower.
  const known: number[] = []
  const unknown: number[] = []
  for (let n = 0; n < 8; n += 1) {
    const one = await told(email)
    const other = await told(`vreemd${n}@voorbeeld.example`)
    expect(one.said).toEqual(other.said)
    known.push(one.took)
    unknown.push(other.took)
  }
  const ratio = Math.min(...known) / Math.min(...unknown)
  expect(ratio).toBeGreaterThan(0.4)
  expect(ratio).toBeLessThan(2.5)
})

it('asking for a new password takes as long for who exists as for who does not', async () => {
  const { email } = await person()
  const { clock } = there
  const usual = clock.sleep.bind(clock)
  try {
    for (const address of [email, 'wie@voorbeeld.example']) {
      const asleep = Promise.withResolvers<string>()
      const wake = Promise.withResolvers<undefined>()
      clock.sleep = (durationMs, signal) => {
        // Nobody else sleeps as long as the answer has to.
        if (durationMs !== 350) return usual(durationMs, signal)
        asleep.resolve('waits')
        return wake.promise
      }
      const answer = post('/api/password-link', { email: address })
      // Whatever there was to do is done meanwhile; the answer waits for the whole time all the same.
      expect(await Promise.race([answer.then(() => 'answered'), asleep.promise])).toBe('waits')
      wake.resolve(undefined)
      expect(await (await answer).json()).toEqual({ mailed: true })
    }
  } finally {
    clock.sleep = usual
  }
})

it('a session that somebody put into the browser beforehand is never the one that is signed in', async () => {
  const victim = await person()
  const attacker = await person()
  const planted = cookieOf(await signIn(attacker.email, attacker.password))
  const answer = await signIn(victim.email, victim.password, { cookie: planted })
  const after = cookieOf(answer)
  expect(after.split('=')[1]).not.toBe(planted.split('=')[1])
  const me = async (cookie: string) =>
    (
      (await (await there.ask('/api/me', { headers: { cookie } })).json()) as {
        user?: { email: string }
      }
    ).user?.email
  expect(await me(after)).toBe(victim.email)
  expect(await me(planted)).not.toBe(victim.email)
  const madeUp = 'doorvoer.session_token=plantedplantedplantedplantedplanted.abc'
  const other = cookieOf(await signIn(victim.email, victim.password, { cookie: madeUp }))
  expect(other).not.toContain('planted')
  expect(await me(madeUp)).toBeUndefined()
})
