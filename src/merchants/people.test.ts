import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { wallClock } from '../world/clock.ts'
import { systemRandom } from '../world/random.ts'
import { createMerchant, seatsOf, setLanguage } from './people.ts'
import { migrateSignIn, signInOn, type SignIn } from './sign-in.ts'

let database: TestDatabase
let signIn: SignIn
const publicUrl = 'https://doorvoer.example'
const secret = 's'.repeat(32)

beforeAll(async () => {
  database = await createTestDatabase()
  signIn = signInOn({ pool: database.pool, publicUrl, secret })
})
afterAll(() => database.close())

const person = { company: 'Bakkerij Claes', name: 'Jan', password: 'een lang wachtwoord', language: 'nl' } as const

const create = (email: string, change: Partial<{ company: string; language: 'nl' | 'en' }> = {}) =>
  createMerchant({ pool: database.pool, signIn, clock: wallClock, random: systemRandom }, { ...person, ...change, email })

/** Whether one gets in, and what the server says of him. */
const enter = async (email: string, password: string) => {
  const answer = await signIn.handler(
    new Request(`${publicUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ email, password }),
    }),
  )
  return { status: answer.status, cookie: answer.headers.get('set-cookie') ?? '' }
}

describe('a new merchant', () => {
  test('has an owner who can sign in, whatever the case of his address', async () => {
    const { merchantId, userId } = await create('Jan@Claes.example')
    expect(await seatsOf(database.pool, userId)).toEqual([
      { merchantId, merchant: 'Bakkerij Claes', role: 'owner' },
    ])
    const entered = await enter('jan@claes.example', person.password)
    expect(entered.status).toBe(200)
    expect(entered.cookie).toMatch(/HttpOnly/i)
    expect(entered.cookie).toMatch(/Secure/i)
    expect((await enter('JAN@claes.example', person.password)).status).toBe(200)
  })

  test('is entered by nobody with another password', async () => {
    await create('piet@claes.example')
    for (const password of ['', 'een lang wachtwoord ', 'Een lang wachtwoord']) {
      expect((await enter('piet@claes.example', password)).status).not.toBe(200)
    }
  })

  test('keeps its password as a hash', async () => {
    await create('griet@claes.example')
    const found = await database.pool.query<{ text: string }>(
      `select row_to_json(a)::text as text from account a union all select row_to_json(u)::text from "user" u`,
    )
    expect(found.rows.map((row) => row.text).join()).not.toContain(person.password)
  })

  test('is seen by its own people only', async () => {
    const one = await create('een@claes.example', { company: 'A' })
    const other = await create('twee@claes.example', { company: 'B' })
    expect((await seatsOf(database.pool, one.userId)).map((seat) => seat.merchant)).toEqual(['A'])
    expect((await seatsOf(database.pool, other.userId)).map((seat) => seat.merchant)).toEqual(['B'])
    expect(await seatsOf(database.pool, 'nobody')).toEqual([])
  })

  test('cannot be made by somebody at the door', async () => {
    const answer = await signIn.handler(
      new Request(`${publicUrl}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: publicUrl },
        body: JSON.stringify({ email: 'x@y.example', password: person.password, name: 'X' }),
      }),
    )
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  test('FAULT: with an address that is taken leaves nothing behind, and the first one keeps his seat', async () => {
    const { userId } = await create('dubbel@claes.example')
    await expect(create('Dubbel@claes.example', { company: 'Tweede' })).rejects.toThrow()
    const found = await database.pool.query(`select 1 from merchant where name = 'Tweede'`)
    expect(found.rowCount).toBe(0)
    expect(await seatsOf(database.pool, userId)).toHaveLength(1)
  })
})

test('a language is kept', async () => {
  const { userId } = await create('taal@claes.example')
  await setLanguage(database.pool, userId, 'en')
  const found = await database.pool.query<{ language: string }>(`select language from "user" where id = $1`, [userId])
  expect(found.rows).toEqual([{ language: 'en' }])
})

test('the tables of sign-in can be brought up to date again', async () => {
  await migrateSignIn({ pool: database.pool, publicUrl, secret })
})
