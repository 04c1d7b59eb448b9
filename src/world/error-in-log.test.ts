import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { errorInLog } from './error-in-log.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(
    'create table guests (email text primary key, age integer not null, name text)',
  )
  await database.pool.query(`insert into guests values ('noor@klant.example', 40, 'Noor')`)
})
afterAll(() => database.close())

const errorOf = async (statement: string): Promise<unknown> =>
  database.pool.query(statement).then(
    () => expect.fail('it worked'),
    (error: unknown) => error,
  )

describe('an error of the database', () => {
  it.each([
    ['a row that is there already', `insert into guests values ('noor@klant.example', 1, 'x')`],
    ['a row with a hole', `insert into guests values ('noor@klant.example', null, 'Noor')`],
    ['a value of the wrong kind', `insert into guests values ('a', 'noor@klant.example', 'x')`],
  ])('says what and where, and nothing of whom: %s', async (_, statement) => {
    const error = await errorOf(statement)
    const wrapped = new Error('a commit failed', { cause: error })
    const said = JSON.stringify([errorInLog(error), errorInLog(wrapped)])
    expect(said).not.toMatch(/noor/i)
    expect(errorInLog(error)).toMatchObject({
      type: 'error',
      code: expect.stringMatching(/^2/) as string,
    })
    expect(errorInLog(wrapped)).toMatchObject({
      message: 'a commit failed',
      cause: { type: 'error' },
    })
  })

  it('names the table and the rule', async () => {
    const error = await errorOf(`insert into guests values ('noor@klant.example', 1, 'x')`)
    expect(errorInLog(error)).toMatchObject({ table: 'guests', constraint: 'guests_pkey' })
  })
})

it('says nothing of the text that is no JSON', () => {
  try {
    JSON.parse('geheim wachtwoord')
  } catch (error) {
    const said = errorInLog(error)
    expect(JSON.stringify(said)).not.toContain('gehei')
    expect(said.type).toBe('SyntaxError')
    expect(said.stack).toContain('error-in-log.test.ts')
  }
})

it('ends, also where an error causes itself', () => {
  const error = new Error('round')
  error.cause = error
  expect(JSON.stringify(errorInLog(error)).length).toBeLessThan(20_000)
})
