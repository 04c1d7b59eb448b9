import { describe, expect, test } from 'vitest'
import { Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../../http.ts'
import { answer, booksWith, factsOf, fixture, order298 } from './fixtures/samples.ts'
import { rompslomp } from './index.ts'
import type { WireInvoice } from './map.ts'

const hint = { date: '2026-03-14', debtorId: null }
const lost: HttpSilence = { is: 'silence', cause: 'time-out', mayHaveArrived: true }
const duplicate = answer(
  {
    error: {
      type: 'client.parameters.validation',
      message: 'Factuur is invalid: Api reference is al in gebruik.',
    },
  },
  422,
)

const wire = (): WireInvoice => {
  const composition = rompslomp.compose(order298(), { id: '17', traits: {} }, factsOf())
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const rows = (rowsFound: readonly unknown[], total = rowsFound.length): HttpAnswer =>
  answer({ sales_invoices: rowsFound }, 200, { 'x-total': String(total) })

const row = (reference: string | null) => ({
  id: 733018822,
  invoice_number: '20230001',
  price_with_vat: '15.0',
  ...(reference !== null && { api_reference: reference }),
})

const creating =
  (created: HttpAnswer | HttpSilence, found: HttpAnswer | HttpSilence) =>
  ({ method }: HttpRequest): HttpAnswer | HttpSilence =>
    method === 'POST' ? created : found

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const result: unknown = await work.catch((error: unknown) => error)
  if (result instanceof Trouble) return result
  throw new Error('no trouble')
}

describe('every request', () => {
  test('carries the token, and the body under its singular name', async () => {
    const { books, requests } = booksWith(() => answer(fixture('invoice'), 201))
    await rompslomp.create(books, wire())
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.rompslomp.nl/api/v1/companies/418223901/sales_invoices',
      headers: { authorization: 'Bearer hand', 'content-type': 'application/json' },
      body: JSON.stringify({ sales_invoice: wire() }),
    })
  })
  test('prefers the token of the sign-in', async () => {
    const { books, requests } = booksWith(() => rows([]))
    const credentials = { ...books.credentials, accessToken: 'signed-in' }
    await rompslomp.find({ ...books, credentials }, '298', hint)
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer signed-in' })
  })
  test('without an administration is not sent', async () => {
    const { books, requests } = booksWith(() => rows([]), { administration: '' })
    const trouble = await troubleOf(rompslomp.find(books, '298', hint))
    expect(trouble).toMatchObject({
      cure: 'reconnect',
      reason: { code: 'ADMINISTRATION_NOT_CHOSEN' },
    })
    expect(await rompslomp.create(books, wire())).toMatchObject({
      is: 'postponed',
      broken: true,
      reason: { code: 'ADMINISTRATION_NOT_CHOSEN' },
    })
    expect(requests).toEqual([])
  })
  test('that comes too soon is told how long to wait', async () => {
    const body = { error: { type: 'client.rate_limit', message: 'x' } }
    const { books } = booksWith(() => answer(body, 429, { 'retry-after': '17' }))
    expect(await troubleOf(rompslomp.find(books, '298', hint))).toMatchObject({
      cure: 'later',
      retryAfterMs: 17_000,
    })
    expect(await rompslomp.create(books, wire())).toMatchObject({
      is: 'postponed',
      retryAfterMs: 17_000,
    })
  })
})

describe('find', () => {
  test('reads the sample of the contract; a concept has its id for a number', async () => {
    const sample = (JSON.parse(fixture('invoice')) as { sales_invoice: unknown }).sales_invoice
    const { books, requests } = booksWith(() => rows([sample]))
    const lookup = await rompslomp.find(books, 'shop7:WEB-100234', hint)
    expect(lookup).toMatchObject({
      is: 'found',
      receipt: { remoteId: '733018822', remoteNumber: '733018822' },
    })
    expect(lookup.is === 'found' && lookup.receipt.total?.toString()).toBe('29.95')
    const query = new URL(requests[0]?.url ?? '').searchParams
    expect(query.get('search[api_reference]')).toBe('shop7:WEB-100234')
  })
  test('reads every page, also when the server gives fewer than were asked', async () => {
    const all = Array.from({ length: 90 }, (_, index) => row(`298-${index}`))
    const served = [...all, row('298')]
    const { books, requests } = booksWith(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page'))
      return rows(served.slice((page - 1) * 40, page * 40), served.length)
    })
    expect(await rompslomp.find(books, '298', hint)).toMatchObject({ is: 'found' })
    expect(requests).toHaveLength(3)
  })
  test('concludes nothing from rows without reference: the filter did not work', async () => {
    const { books } = booksWith(() => rows([row(null)]))
    expect((await rompslomp.find(books, '298', hint)).is).toBe('cannot-tell')
    const { books: both } = booksWith(() => rows([row(null), row('298')]))
    expect((await rompslomp.find(both, '298', hint)).is).toBe('found')
  })
  test('concludes nothing from a list that ends before its length', async () => {
    const { books } = booksWith(({ url }) =>
      rows(new URL(url).searchParams.get('page') === '1' ? [row('299')] : [], 5),
    )
    expect((await rompslomp.find(books, '298', hint)).is).toBe('cannot-tell')
  })
  test('an answer without the list is no empty list', async () => {
    const { books } = booksWith(() => answer({}))
    expect(await troubleOf(rompslomp.find(books, '298', hint))).toMatchObject({
      reason: { code: 'REMOTE_SHAPE' },
    })
  })
})

describe('create', () => {
  test('leaves open whose the invoice is that has the reference already', async () => {
    const { books, requests } = booksWith(creating(duplicate, rows([row('298')])))
    expect(await rompslomp.create(books, wire())).toMatchObject({
      is: 'uncertain',
      reason: { code: 'OUTCOME_UNKNOWN' },
    })
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })
  test('is refused when no invoice has it', async () => {
    const { books } = booksWith(creating(duplicate, rows([])))
    expect(await rompslomp.create(books, wire())).toEqual({
      is: 'refused',
      reason: { code: 'INVOICE_REFUSED', params: { system: 'Rompslomp', status: 422 } },
    })
  })
  test.each([
    ['no answer', lost],
    ['a fault', answer('', 500)],
    ['two', rows([row('298'), row('298')])],
  ])('is uncertain when the look-up after a refusal gets %s', async (_what, found) => {
    const { books } = booksWith(creating(duplicate, found))
    expect((await rompslomp.create(books, wire())).is).toBe('uncertain')
  })
  test('other refusals are not looked up', async () => {
    const { books, requests } = booksWith(() =>
      answer({ error: { type: 'client.parameters' } }, 400),
    )
    expect((await rompslomp.create(books, wire())).is).toBe('refused')
    expect(requests).toHaveLength(1)
  })
  test.each(['client.quota_reached', 'client.subscription_limit_reached'])(
    'a limit of the plan is a refusal, not a missing right: %s',
    async (type) => {
      const { books } = booksWith(() => answer({ error: { type, message: 'x' } }, 403))
      const created = await rompslomp.createDebtor(books, order298().debtor, {})
      expect(created).toMatchObject({ is: 'refused', reason: { code: 'DEBTOR_REFUSED' } })
    },
  )
  test('any other 403 breaks the connection', async () => {
    const { books } = booksWith(() => answer({ error: { type: 'client.authorization' } }, 403))
    expect(await rompslomp.create(books, wire())).toMatchObject({
      is: 'postponed',
      broken: true,
      reason: { code: 'RIGHT_MISSING' },
    })
  })
})

test('a customer is preferred to a supplier with the same address, an older one to a newer', async () => {
  const contact = (id: number, isSupplier: boolean) => ({
    id,
    is_supplier: isSupplier,
    contact_person_email_address: 'noor@example.org',
  })
  const contacts = [contact(5, true), contact(12, false), contact(7, false)]
  const { books } = booksWith(() => answer({ contacts }, 200, { 'x-total': '3' }))
  expect(await rompslomp.findDebtor(books, 'Noor@example.org')).toMatchObject({
    debtor: { id: '7' },
  })
})
