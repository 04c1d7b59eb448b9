import { describe, expect, it } from 'vitest'
import type { Booking } from '../../bookings/booking.ts'
import { inTable, judgeDemo, lastLine } from './judge.ts'
import type { Expectation } from './mix.ts'
import type { BookedInvoice, PlacedSale } from './remotes.ts'

const at = new Date('2026-03-02T09:15:00Z')

const placed = (
  number: string,
  expectation: Expectation = { state: 'booked' },
  totalCents = 3025,
): PlacedSale => ({ ref: { kind: 'order', id: number }, number, totalCents, expectation })

const bookingOf = (number: string, change: Partial<Booking> = {}): Booking => ({
  integrationId: '019c0000-0000-7000-8000-000000000000',
  id: '019c0000-0000-7000-8000-000000000001',
  kind: 'order',
  migrationId: null,
  shopId: number,
  number,
  saleDate: '2026-03-02',
  state: 'booked',
  lane: 0,
  dueAt: null,
  mentions: 1,
  fingerprint: null,
  reasonCode: null,
  reasonParams: null,
  totalCents: 3025,
  currency: 'EUR',
  reference: number,
  draftHash: null,
  waitingSeal: null,
  goAheadSeal: null,
  debtorId: null,
  remoteId: number,
  remoteNumber: `F-${number}`,
  remoteTotalCents: 3025,
  attempts: 0,
  lookups: 0,
  uncertainSince: null,
  recreated: false,
  withVat: null,
  seenAt: at,
  changedAt: at,
  bookedAt: at,
  evidence: null,
  goAheadAt: null,
  history: [],
  ...change,
})

const invoiceOf = (reference: string, change: Partial<BookedInvoice> = {}): BookedInvoice => ({
  reference,
  number: `F-${reference}`,
  totalCents: 3025,
  ...change,
})

const refusal: Expectation = { state: 'refused', code: 'VAT_NUMBER_MISSING' }
const refusedAs = (number: string, reasonCode: string): Booking =>
  bookingOf(number, { state: 'refused', reasonCode, remoteNumber: null, bookedAt: null })

/** What is said to be wrong with each sale that is. */
const wrongs = (judgement: ReturnType<typeof judgeDemo>) =>
  judgement.sales
    .filter(({ wrong }) => wrong !== null)
    .map(({ sale, wrong }) => `${sale}: ${wrong}`)

describe('judgeDemo', () => {
  it('agrees when everything came out as expected', () => {
    const judgement = judgeDemo(
      [
        placed('W-1'),
        placed('W-2', refusal),
        placed('W-3', { state: 'open', code: 'NOT_PAID_YET' }),
      ],
      [
        bookingOf('W-1'),
        refusedAs('W-2', 'VAT_NUMBER_MISSING'),
        bookingOf('W-3', { state: 'open', reasonCode: 'NOT_PAID_YET', remoteNumber: null }),
      ],
      [invoiceOf('W-1')],
    )
    expect(judgement).toMatchObject({ booked: 1, refused: 1, open: 1, lost: 0, doubled: 0 })
    expect(judgement.agrees).toBe(true)
    expect(wrongs(judgement)).toEqual([])
    expect(judgement.sales[0]).toEqual({
      sale: 'W-1',
      state: 'booked',
      code: null,
      remoteNumber: 'F-W-1',
      total: '30.25',
      wrong: null,
    })
  })

  it('finds a missing invoice, also when our own row says it is booked', () => {
    const judgement = judgeDemo([placed('W-1')], [bookingOf('W-1')], [])
    expect(judgement).toMatchObject({ agrees: false, lost: 1, doubled: 0, booked: 1 })
    expect(wrongs(judgement)).toEqual(['W-1: expected 1 invoices, the books have 0'])
  })

  it('finds a sale that nobody saw', () => {
    const judgement = judgeDemo([placed('W-1')], [], [])
    expect(judgement).toMatchObject({ agrees: false, lost: 1, booked: 0 })
    expect(wrongs(judgement)).toEqual(['W-1: expected booked, is unseen'])
  })

  it('finds a doubled invoice', () => {
    const twice = [invoiceOf('W-1'), invoiceOf('W-1', { number: 'F-2' })]
    const judgement = judgeDemo([placed('W-1')], [bookingOf('W-1')], twice)
    expect(judgement).toMatchObject({ agrees: false, lost: 0, doubled: 1 })
    expect(wrongs(judgement)).toEqual(['W-1: expected 1 invoices, the books have 2'])
  })

  it.each([3024, 3026, 0, -3025])('finds a wrong total: %d cents', (totalCents) => {
    const judgement = judgeDemo(
      [placed('W-1')],
      [bookingOf('W-1')],
      [invoiceOf('W-1', { totalCents })],
    )
    expect(judgement).toMatchObject({ agrees: false, lost: 0, doubled: 0 })
    expect(wrongs(judgement)[0]).toContain('the shop says 30.25, the books say')
  })

  it('finds an invoice of nobody', () => {
    const stranger = invoiceOf('W-999')
    const judgement = judgeDemo([placed('W-1')], [bookingOf('W-1')], [invoiceOf('W-1'), stranger])
    expect(judgement).toMatchObject({ agrees: false, doubled: 1 })
    expect(wrongs(judgement)).toEqual([])
  })

  it('finds an invoice without a reference', () => {
    const judgement = judgeDemo([placed('W-1')], [bookingOf('W-1')], [invoiceOf('')])
    expect(judgement).toMatchObject({ agrees: false, lost: 1, doubled: 1 })
  })

  it('finds a wrong code', () => {
    const judgement = judgeDemo(
      [placed('W-1', refusal), placed('W-2', refusal)],
      [refusedAs('W-1', 'INVOICE_REFUSED'), { ...refusedAs('W-2', ''), reasonCode: null }],
      [],
    )
    expect(judgement.agrees).toBe(false)
    expect(wrongs(judgement)).toEqual([
      'W-1: expected VAT_NUMBER_MISSING, is INVOICE_REFUSED',
      'W-2: expected VAT_NUMBER_MISSING, is without a reason',
    ])
  })

  it('finds what was booked and should not have been, and the other way round', () => {
    const judgement = judgeDemo(
      [placed('W-1', refusal), placed('W-2')],
      [bookingOf('W-1'), refusedAs('W-2', 'INVOICE_REFUSED')],
      [invoiceOf('W-1')],
    )
    expect(judgement).toMatchObject({ agrees: false, lost: 1 })
    expect(wrongs(judgement)).toEqual([
      'W-1: expected refused, is booked',
      'W-2: expected booked, is refused',
    ])
  })

  it('finds an invoice behind a sale that says it was refused', () => {
    const judgement = judgeDemo(
      [placed('W-1', refusal)],
      [refusedAs('W-1', 'VAT_NUMBER_MISSING')],
      [invoiceOf('W-1')],
    )
    expect(judgement.agrees).toBe(false)
    expect(wrongs(judgement)).toEqual(['W-1: expected 0 invoices, the books have 1'])
  })

  it('finds a receipt that is not the one of the books', () => {
    const judgement = judgeDemo(
      [placed('W-1'), placed('W-2')],
      [bookingOf('W-1', { remoteNumber: 'F-W-2' }), bookingOf('W-2', { remoteNumber: null })],
      [invoiceOf('W-1'), invoiceOf('W-2')],
    )
    expect(wrongs(judgement)).toEqual([
      'W-1: our receipt says F-W-2, the books say F-W-1',
      'W-2: our receipt says nothing, the books say F-W-2',
    ])
    expect(judgement.agrees).toBe(false)
  })

  it.each(['seen', 'reserved', 'uncertain', 'parked'] as const)(
    'finds a sale that hangs: %s',
    (state) => {
      const hanging = bookingOf('W-1', { state, remoteNumber: null })
      const judgement = judgeDemo([placed('W-1')], [hanging], [invoiceOf('W-1')])
      expect(judgement.agrees).toBe(false)
      expect(wrongs(judgement)).toEqual([`W-1: expected booked, is ${state}`])
    },
  )

  it('finds a booking of a sale nobody placed', () => {
    const judgement = judgeDemo(
      [placed('W-1')],
      [bookingOf('W-1'), bookingOf('W-77')],
      [invoiceOf('W-1')],
    )
    expect(judgement.agrees).toBe(false)
  })

  it('finds two bookings of one sale', () => {
    const second = bookingOf('W-1', { id: '019c0000-0000-7000-8000-000000000002', shopId: 'again' })
    const judgement = judgeDemo([placed('W-1')], [bookingOf('W-1'), second], [invoiceOf('W-1')])
    expect(judgement.agrees).toBe(false)
  })

  it('agrees about nothing at all', () => {
    expect(judgeDemo([], [], [])).toMatchObject({ agrees: true, booked: 0, lost: 0, doubled: 0 })
  })
})

describe('what is printed', () => {
  const judgement = judgeDemo(
    [placed('W-1'), placed('W-1000', refusal)],
    [bookingOf('W-1'), refusedAs('W-1000', 'INVOICE_REFUSED')],
    [invoiceOf('W-1')],
  )

  it('is a table with a line per sale, and what is wrong stands out', () => {
    expect(inTable(judgement).split('\n')).toEqual([
      'sale    state    code             invoice  total',
      'W-1     booked                    F-W-1    30.25',
      'W-1000  refused  INVOICE_REFUSED           30.25  WRONG: expected VAT_NUMBER_MISSING, is INVOICE_REFUSED',
    ])
  })

  it('ends with the line of the issue', () => {
    expect(lastLine(judgement)).toBe('booked 1 refused 1 open 0 lost 0 doubled 0')
  })
})
