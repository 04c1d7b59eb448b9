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

const person = {
  company: 'Bakkerij Claes',
  name: 'Jan',
  password: 'een lang wachtwoord',
  language: 'nl',
} as const

const create = (email: string, change: Partial<{ company: string; language: 'nl' | 'en' }> = {}) =>
  createMerchant(
    { pool: database.pool, signIn, clock: wallClock, random: systemRandom },
    { ...person, ...change, email },
  )

const post = (door: 'sign-in' | 'sign-up', body: Record<string, string>): Promise<Response> =>
  signIn.handler(
    new Request(`${publicUrl}/api/auth/${door}/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify(body),
    }),
  )

/** Whether one gets in, and what is kept of it in the browser. */
const enter = async (email: string, password: string) => {
  const answer = await post('sign-in', { email, password })
  return { status: answer.status, cookie: answer.headers.get('set-cookie') ?? '' }
}

describe('a new merchant', () => {
  test('has an owner who can sign in, whatever the case of his address, and nobody else can', async () => {
    const { merchantId, userId } = await create('Jan@Claes.example')
    expect(await seatsOf(database.pool, userId)).toEqual([
      { merchantId, merchant: 'Bakkerij Claes', role: 'owner' },
    ])
    const entered = await enter('JAN@claes.example', person.password)
    expect(entered.status).toBe(200)
    expect(entered.cookie).toMatch(/HttpOnly/i)
    expect(entered.cookie).toMatch(/Secure/i)
    for (const password of ['', person.password.toUpperCase()]) {
      expect((await enter('jan@claes.example', password)).status).not.toBe(200)
    }
    const kept = await database.pool.query<{ text: string }>(
      `select row_to_json(a)::text as text from account a union all select row_to_json(u)::text from "user" u`,
    )
    expect(kept.rows.map((row) => row.text).join()).not.toContain(person.password)
    await setLanguage(database.pool, userId, 'en')
    const found = await database.pool.query(`select language from "user" where id = $1`, [userId])
    expect(found.rows).toEqual([{ language: 'en' }])
  })

  test('is seen by its own people only, and its address is nobody else’s', async () => {
    const one = await create('een@claes.example', { company: 'A' })
    const other = await create('twee@claes.example', { company: 'B' })
    await expect(create('Een@claes.example', { company: 'C' })).rejects.toThrow()
    expect((await seatsOf(database.pool, one.userId)).map((seat) => seat.merchant)).toEqual(['A'])
    expect((await seatsOf(database.pool, other.userId)).map((seat) => seat.merchant)).toEqual(['B'])
    expect(await seatsOf(database.pool, 'nobody')).toEqual([])
    const left = await database.pool.query(`select 1 from merchant where name = 'C'`)
    expect(left.rowCount).toBe(0)
  })

  test('cannot be made by somebody at the door', async () => {
    const answer = await post('sign-up', {
      email: 'x@y.example',
      password: person.password,
      name: 'X',
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const found = await database.pool.query(`select 1 from "user" where email = 'x@y.example'`)
    expect(found.rowCount).toBe(0)
  })
})

test('the tables of sign-in can be brought up to date again', async () => {
  await migrateSignIn({ pool: database.pool, publicUrl, secret })
})
