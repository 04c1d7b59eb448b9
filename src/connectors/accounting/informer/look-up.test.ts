import { describe, expect, test } from 'vitest'
import { Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpRequest } from '../../http.ts'
import { answer, booksWith, fixture } from './fixtures/samples.ts'
import { informer } from './index.ts'

const hint = { date: '2026-03-14', debtorId: '4410087' }
const nothing = answer({ error: 'No sales invoice found' })

const row = (reference: string | null, change: Record<string, unknown> = {}) => ({
  number: '20260001',
  concept: '0',
  total_price_incl_tax: '29.95',
  ...(reference !== null && { reference }),
  ...change,
})

const sales = (rows: Readonly<Record<string, unknown>>): HttpAnswer => answer({ sales: rows })

const queryOf = ({ url }: HttpRequest) => new URL(url).searchParams

/** A remote with these drafts and final invoices, whose list without filter has only the final ones. */
const apart =
  (drafts: Readonly<Record<string, unknown>>, final: Readonly<Record<string, unknown>>) =>
  (request: HttpRequest): HttpAnswer => {
    const rows = queryOf(request).get('filter') === 'draft' ? drafts : final
    return Object.keys(rows).length === 0 ? nothing : sales(rows)
  }

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const result: unknown = await work.catch((error: unknown) => error)
  if (result instanceof Trouble) return result
  throw new Error('no trouble')
}

describe('find', () => {
  test('reads the sample of the contract; a draft has its id for a number', async () => {
    const { books, requests } = booksWith(() => answer(fixture('sales')))
    const lookup = await informer.find(books, 'WEB-100234', hint)
    expect(lookup).toMatchObject({
      is: 'found',
      receipt: { remoteId: '7712345', remoteNumber: '7712345' },
    })
    expect(lookup.is === 'found' && lookup.receipt.total?.toString()).toBe('29.95')
    // A draft in the list shows that drafts are in it.
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.informer.eu/v1/invoices/sales/?last_edit=2026-03-12&records=250&page=0',
    ])
  })
  test('compares the whole reference, without blanks around it', async () => {
    const { books } = booksWith(() => sales({ 1: row(' 298 '), 2: row('298-C1'), 3: row('29') }))
    expect(await informer.find(books, '298', hint)).toMatchObject({ receipt: { remoteId: '1' } })
    expect((await informer.find(books, '2', hint)).is).toBe('none')
  })
  test('reads the drafts too, where the list leaves them out', async () => {
    const draft = row('298', { concept: '1', number: '' })
    const { books, requests } = booksWith(apart({ 7: draft }, { 8: row('299') }))
    expect(await informer.find(books, '298', hint)).toMatchObject({ receipt: { remoteId: '7' } })
    expect(requests.map((request) => queryOf(request).get('filter'))).toEqual([null, 'draft', null])
  })
  test('misses no draft that is made final between two lists', async () => {
    let calls = 0
    const { books } = booksWith((request) => {
      calls += 1
      const isFinal = calls > 1
      const isDraftList = queryOf(request).get('filter') === 'draft'
      return isFinal && !isDraftList ? sales({ 7: row('298') }) : nothing
    })
    expect(await informer.find(books, '298', hint)).toMatchObject({ receipt: { remoteId: '7' } })
  })
  test('one invoice in both lists is one', async () => {
    const twice = { 7: row('298') }
    const { books } = booksWith(apart(twice, twice))
    expect((await informer.find(books, '298', hint)).is).toBe('found')
  })
  test('cannot tell between two', async () => {
    const { books } = booksWith(apart({ 7: row('298') }, { 8: row('298') }))
    expect((await informer.find(books, '298', hint)).is).toBe('cannot-tell')
  })
  test('concludes nothing from rows that show no reference', async () => {
    const { books } = booksWith(() => sales({ 1: row(null) }))
    expect((await informer.find(books, '298', hint)).is).toBe('cannot-tell')
    const { books: empty } = booksWith(() => sales({ 1: row(null, { reference: null }) }))
    expect((await informer.find(empty, '298', hint)).is).toBe('none')
  })
  test('concludes nothing from a list that has no end', async () => {
    let next = 0
    const { books, requests } = booksWith(() =>
      sales(Object.fromEntries(Array.from({ length: 250 }, () => [String((next += 1)), row('x')]))),
    )
    expect((await informer.find(books, '298', hint)).is).toBe('cannot-tell')
    expect(requests.length).toBeLessThanOrEqual(120)
  })
  test('begins at today for a sale of the future, and at the beginning without a date', async () => {
    const { books, requests } = booksWith(() => nothing)
    await informer.find(books, '298', { ...hint, date: '2027-01-01' })
    expect(queryOf(requests[0] ?? { method: 'GET', url: '' }).get('last_edit')).toBe('2026-03-18')
    await informer.find(books, '298', { ...hint, date: '' })
    expect(requests.at(-1)?.url).not.toContain('last_edit')
  })
  test('an answer without the list is no empty list', async () => {
    const { books } = booksWith(() => answer({}))
    expect(await troubleOf(informer.find(books, '298', hint))).toMatchObject({
      reason: { code: 'REMOTE_SHAPE' },
    })
  })
})

describe('find by v2, on request', () => {
  const v2Row = (id: number, reference: string) => ({
    id,
    number: '',
    reference,
    concept: '1',
    totals: { incl_vat: 29.95 },
  })
  const page = (rows: readonly unknown[], total = rows.length) =>
    answer({ pagination: { page: 1, records: 100, total, pages: 1 }, invoices: rows })
  const fast = (remote: (request: HttpRequest) => HttpAnswer) =>
    booksWith(remote, { fastLookUp: true })

  test('asks for the invoices of the debtor alone', async () => {
    const { books, requests } = fast(() => page([v2Row(5, '297'), v2Row(6, '298')]))
    const lookup = await informer.find(books, '298', hint)
    expect(lookup).toMatchObject({ is: 'found', receipt: { remoteId: '6' } })
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.informer.eu/v2/invoices/sales?relation_id=4410087&sort=created.desc&records=100&page=1',
    ])
  })
  test('concludes nothing from fewer than there are', async () => {
    const { books } = fast((request) =>
      queryOf(request).get('page') === '1' ? page([v2Row(5, '297')], 3) : page([], 3),
    )
    expect((await informer.find(books, '298', hint)).is).toBe('cannot-tell')
  })
  test.each([401, 403, 404])('turns to v1 when v2 says %i', async (status) => {
    const { books, requests } = fast(({ url }) =>
      url.includes('/v2/') ? answer({ error: ['x'], response_code: status }, status) : nothing,
    )
    expect(await informer.find(books, '298', hint)).toEqual({ is: 'none' })
    expect(requests.length).toBeGreaterThan(1)
  })
  test('waits when v2 has trouble that passes', async () => {
    const { books, requests } = fast(() => answer('', 503))
    expect(await troubleOf(informer.find(books, '298', hint))).toMatchObject({ cure: 'later' })
    expect(requests).toHaveLength(1)
  })
  test('asks v1 when the debtor is not known', async () => {
    const { books, requests } = fast(() => nothing)
    await informer.find(books, '298', { ...hint, debtorId: null })
    expect(requests.every(({ url }) => url.includes('/v1/'))).toBe(true)
  })
})
