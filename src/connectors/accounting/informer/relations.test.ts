import { describe, expect, test } from 'vitest'
import { Trouble } from '../../../problems/reason.ts'
import { splitStreet } from './address.ts'
import { answer, booksWith, changedDebtors, fixture } from './fixtures/samples.ts'
import { informer } from './index.ts'

const relations = (rows: Readonly<Record<string, unknown>>) => answer({ relation: rows })

describe('a debtor', () => {
  test('is the one of the contract, by its e-mail address in any case', async () => {
    const { books } = booksWith(() => answer(fixture('relation')))
    const match = { is: 'found', debtor: { id: '4410021', traits: {} } }
    expect(await informer.findDebtor(books, ' Noor@Example.ORG ')).toEqual(match)
    expect(await informer.readDebtor(books, '4410021')).toEqual(match)
    expect(await informer.findDebtor(books, 'oor@example.org')).toEqual({ is: 'none' })
  })
  test('is found by the address for invoices, the general one and those of contacts', async () => {
    const { books } = booksWith(() =>
      relations({
        5: { email: 'a@example.org', email_invoice: 'b@example.org', contacts: [] },
        6: { email: null, contacts: { 61: { email: 'C@example.org' }, 62: { email: '' } } },
      }),
    )
    for (const [email, id] of [
      ['a@example.org', '5'],
      ['b@example.org', '5'],
      ['c@example.org', '6'],
    ] as const) {
      expect(await informer.findDebtor(books, email)).toMatchObject({ debtor: { id } })
    }
    expect(await informer.findDebtor(books, '')).toEqual({ is: 'none' })
  })
  test('of several is the one with the lowest id, as a number', async () => {
    const same = { email: 'a@example.org' }
    const { books } = booksWith(() => relations({ 1000: same, 999: same, 20: { email: 'x@y.z' } }))
    expect(await informer.findDebtor(books, 'a@example.org')).toMatchObject({
      debtor: { id: '999' },
    })
  })
  test('is looked for on all pages, also when the server gives fewer than were asked', async () => {
    const all = Array.from({ length: 120 }, (_, index) => String(1000 + index))
    const { books, requests } = booksWith(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page'))
      const ids = all.slice(page * 100, (page + 1) * 100)
      return relations(Object.fromEntries(ids.map((id) => [id, { email: `${id}@example.org` }])))
    })
    expect(await informer.findDebtor(books, '1119@example.org')).toMatchObject({ is: 'found' })
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      '?records=500&page=0',
      '?records=500&page=1',
    ])
  })
  test('is not absent because the server ignores the page', async () => {
    const page = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [String(index + 1), { email: '' }]),
    )
    const { books } = booksWith(() => relations(page))
    const result: unknown = await informer
      .findDebtor(books, 'a@example.org')
      .catch((e: unknown) => e)
    expect(result).toBeInstanceOf(Trouble)
  })
  test('is not absent because rows have no e-mail field any more', async () => {
    const { books } = booksWith(() => relations({ 5: { e_mail: 'a@example.org' } }))
    const result: unknown = await informer
      .findDebtor(books, 'a@example.org')
      .catch((e: unknown) => e)
    expect(result).toMatchObject({ reason: { code: 'REMOTE_SHAPE' } })
  })
})

describe('changed debtors', () => {
  test('are all of them at first, by their numbers, each address once', async () => {
    const { books, requests } = booksWith(() =>
      relations({
        1000: { email: 'B@example.org', email_invoice: 'b@example.org' },
        999: { email: '' },
      }),
    )
    expect(await changedDebtors(books, null)).toEqual([
      {
        debtors: [
          { id: '999', emails: [] },
          { id: '1000', emails: ['b@example.org'] },
        ],
        cursor: '2026-03-20',
      },
    ])
    expect(new URL(requests[0]?.url ?? '').searchParams.has('last_edit')).toBe(false)
  })
  test('are then those since the day before the last scan, so that a day counts twice', async () => {
    const { books, requests } = booksWith(() => answer({ error: 'No relation found' }))
    expect(await changedDebtors(books, '2026-03-01')).toEqual([
      { debtors: [], cursor: '2026-03-20' },
    ])
    expect(new URL(requests[0]?.url ?? '').searchParams.get('last_edit')).toBe('2026-02-28')
  })
})

describe('a street', () => {
  test.each([
    ['Havenweg 8b', 'Havenweg', '8', 'b'],
    ['Geheimelaan 77', 'Geheimelaan', '77', ''],
    ['Plein 1944 12', 'Plein 1944', '12', ''],
    ['Plein 1944 12 hs', 'Plein 1944', '12', 'hs'],
    ['Kade 12-3', 'Kade', '12', '3'],
    ['2e Dwarsstraat 5', '2e Dwarsstraat', '5', ''],
    ['Rue de la Loi', 'Rue de la Loi', '', ''],
    ['12 Rue de la Paix', '12 Rue de la Paix', '', ''],
    ['1600 Pennsylvania Avenue NW', '1600 Pennsylvania Avenue NW', '', ''],
    ['', '', '', ''],
    ['42', '42', '', ''],
    ['12 34', '12 34', '', ''],
  ])('%j', (line, street, number, suffix) => {
    expect(splitStreet(line)).toEqual({
      street,
      house_number: number,
      house_number_suffix: suffix,
    })
  })
})
