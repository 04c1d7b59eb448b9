import { describe, expect, test } from 'vitest'
import { Trouble } from '../../../problems/reason.ts'
import { answer, booksWith, factsOf, fixture, order6224 } from './fixtures/samples.ts'
import { codeOf, honest, saysEmpty, saysNotThere } from './errors.ts'
import { informer } from './index.ts'

const wire = () => {
  const composition = informer.compose(order6224(), { id: '17', traits: {} }, factsOf())
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const create = (body: unknown, status = 200, headers = {}) =>
  informer.create(booksWith(() => answer(body, status, headers)).books, wire())

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const result: unknown = await work.catch((error: unknown) => error)
  if (result instanceof Trouble) return result
  throw new Error('no trouble')
}

describe('the status that a body deserves', () => {
  test.each([
    [{ error: 'Security code and API key do not match' }, 401],
    [{ error: ['Unknown Apikey'] }, 401],
    [{ error: { 1: 'Wrong securitycode' } }, 401],
    // Not an empty list, though it sounds like one.
    [{ error: 'No API key found' }, 401],
    [{ error: ['Too many requests'] }, 429],
    [{ error: { 3000101: 'Required field is empty: relation_id' } }, 422],
    [{ error: ['Request not found: purchases'] }, 422],
    [{ error: 'No sales invoice found' }, 422],
    [{ error: [], sales: {} }, 200],
    [{ error: '' }, 200],
    [{ error: {} }, 200],
    [{ sales: {} }, 200],
    ['', 200],
    ['<html>"error"</html>', 200],
  ])('%j', (body, status) => {
    expect(honest(answer(body)).status).toBe(status)
  })
  test('is its own when that tells already', () => {
    expect(honest(answer({ error: 'relation not found' }, 400)).status).toBe(400)
    expect(honest(answer({ error: 'API key' }, 400)).status).toBe(401)
    expect(honest(answer({ error: 'API key' }, 503)).status).toBe(503)
  })
  test('tells an empty list and an absent item from other errors', () => {
    const empty = honest(answer({ error: 'No sales invoice found' }))
    expect([saysEmpty(empty), saysNotThere(empty)]).toEqual([true, true])
    const absent = answer({ error: 'relation not found' }, 400)
    expect([saysEmpty(absent), saysNotThere(absent)]).toEqual([false, true])
    const other = honest(answer({ error: 'Something else' }))
    expect([saysEmpty(other), saysNotThere(other)]).toEqual([false, false])
  })
  test('goes with the codes of the body, and never its words', () => {
    expect(codeOf(answer({ error: { 3000101: 'Sophie', 3000102: 'x' } }))).toBe('3000101, 3000102')
    expect(codeOf(answer({ error: { name: 'Sophie' } }, 400))).toBe(400)
  })
})

describe('a create', () => {
  test('that is refused with 200 is refused', async () => {
    expect(await create({ error: { 3000101: 'Required field is empty: Sophie' } })).toEqual({
      is: 'refused',
      reason: { code: 'INVOICE_REFUSED', params: { system: 'Informer', status: '3000101' } },
    })
  })
  test.each([200, 400, 401])('with wrong keys breaks the connection: %i', async (status) => {
    expect(await create({ error: 'The security code is wrong' }, status)).toMatchObject({
      is: 'postponed',
      broken: true,
      reason: { code: 'CREDENTIALS_REFUSED' },
    })
  })
  test.each([
    '',
    '{}',
    '[]',
    '{"invoice_id":""}',
    '{"invoice_id":0}',
    '{"id":5}',
    '{"error":[]}',
    '<html></html>',
  ])('whose answer holds neither an id nor an error is uncertain: %j', async (body) => {
    expect(await create(body)).toMatchObject({ is: 'uncertain' })
  })
  test.each([7712345, '7712345'])('is done when there is an id: %j', async (id) => {
    expect(await create({ error: [], invoice_id: id })).toMatchObject({
      is: 'done',
      value: { remoteId: '7712345', remoteNumber: '7712345' },
    })
  })
  test('reads back the total and, once there is one, the number', async () => {
    const final = fixture('sales').replace('"number": ""', '"number": "20260001"')
    const { books } = booksWith(({ method }) =>
      answer(method === 'POST' ? { invoice_id: 7712345 } : final),
    )
    const outcome = await informer.create(books, wire())
    expect(outcome).toMatchObject({ is: 'done', value: { remoteNumber: '20260001' } })
    expect(outcome.is === 'done' && outcome.value.total?.toString()).toBe('29.95')
  })
  test('over a limit waits for the minute, for the day, or as it is told', async () => {
    const body = { error: ['Too many requests'] }
    expect(await create(body, 429)).toMatchObject({ is: 'postponed', retryAfterMs: 60_000 })
    expect(await create(body, 200)).toMatchObject({ is: 'postponed', retryAfterMs: 60_000 })
    const dayIsOver = { 'x-dailylimit-remaining': '0' }
    expect(await create(body, 429, dayIsOver)).toMatchObject({ retryAfterMs: 3_600_000 })
    expect(await create(body, 429, { 'retry-after': '17' })).toMatchObject({ retryAfterMs: 17_000 })
  })
})

test('every request carries both keys, spelt as they must be', async () => {
  const { books, requests } = booksWith(() => answer(fixture('relation')))
  await informer.readDebtor(books, '4410021')
  expect(requests).toMatchObject([
    {
      method: 'GET',
      url: 'https://api.informer.eu/v1/relation/4410021/',
      headers: { Apikey: 'key', Securitycode: '123456', accept: 'application/json' },
    },
  ])
})

test('an error of which nobody knows the words is trouble, not an absent debtor', async () => {
  const { books } = booksWith(() => answer({ error: 'Er ging iets mis' }))
  expect(await troubleOf(informer.readDebtor(books, '17'))).toMatchObject({ cure: 'never' })
  expect(await troubleOf(informer.findDebtor(books, 'a@example.org'))).toMatchObject({
    cure: 'never',
  })
})
