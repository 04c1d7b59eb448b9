import type { Booking } from '../../bookings/booking.ts'
import type { BookedInvoice, PlacedSale } from './remotes.ts'

/** One sale of the demo: what became of it here, and what the sandbox's own ledger says. */
export interface JudgedSale {
  sale: string
  state: string
  code: string | null
  remoteNumber: string | null
  /** Incl. VAT in euros, as the books have it; as the shop has it while nothing is booked. */
  total: string
  /** Why this is not what was expected; null when it is. */
  wrong: string | null
}

export interface Judgement {
  sales: JudgedSale[]
  booked: number
  refused: number
  open: number
  /** Sales that should stand in the books and do not. */
  lost: number
  /** Invoices too many. */
  doubled: number
  /** Whether every sale came out as expected, to the cent, and nothing else stands in the books. */
  agrees: boolean
}

const euros = (cents: number) => (cents / 100).toFixed(2)

const compare = (
  sale: PlacedSale,
  booking: Booking | undefined,
  invoices: readonly BookedInvoice[],
): string | null => {
  const { expectation } = sale
  const state = booking?.state ?? 'unseen'
  if (state !== expectation.state) return `expected ${expectation.state}, is ${state}`
  if (expectation.code !== undefined && booking?.reasonCode !== expectation.code) {
    return `expected ${expectation.code}, is ${booking?.reasonCode ?? 'without a reason'}`
  }
  const wanted = expectation.state === 'booked' ? 1 : 0
  if (invoices.length !== wanted)
    return `expected ${wanted} invoices, the books have ${invoices.length}`
  const [invoice] = invoices
  if (invoice === undefined) return null
  if (invoice.totalCents !== sale.totalCents) {
    return `the shop says ${euros(sale.totalCents)}, the books say ${euros(invoice.totalCents)}`
  }
  return booking?.remoteNumber === invoice.number
    ? null
    : `our receipt says ${booking?.remoteNumber ?? 'nothing'}, the books say ${invoice.number}`
}

const isOf = ({ kind, shopId }: Booking, { ref }: PlacedSale): boolean =>
  kind === ref.kind && shopId === ref.id

/** Holds what happened against what was expected and against the sandbox's own ledger. Pure. */
export const judgeDemo = (
  placed: readonly PlacedSale[],
  bookings: readonly Booking[],
  ledger: readonly BookedInvoice[],
): Judgement => {
  const byReference = Map.groupBy(ledger, (invoice) => invoice.reference)
  const sales = placed.map((sale): JudgedSale => {
    const [booking, ...more] = bookings.filter((each) => isOf(each, sale))
    const invoices = byReference.get(sale.number) ?? []
    return {
      sale: sale.number,
      state: booking?.state ?? 'unseen',
      code: booking?.reasonCode ?? null,
      remoteNumber: booking?.remoteNumber ?? null,
      total: euros(invoices[0]?.totalCents ?? sale.totalCents),
      wrong: more.length > 0 ? `has ${more.length + 1} bookings` : compare(sale, booking, invoices),
    }
  })
  const numbers = new Set(placed.map((sale) => sale.number))
  const expected = placed.filter((sale) => sale.expectation.state === 'booked')
  const lost = expected.filter((sale) => !byReference.has(sale.number)).length
  const strangers = ledger.filter((invoice) => !numbers.has(invoice.reference)).length
  const extra = [...byReference.values()].reduce((sum, invoices) => sum + invoices.length - 1, 0)
  const count = (state: string) => sales.filter((sale) => sale.state === state).length
  return {
    sales,
    booked: count('booked'),
    refused: count('refused'),
    open: count('open'),
    lost,
    doubled: extra + strangers,
    agrees:
      bookings.every((booking) => placed.some((sale) => isOf(booking, sale))) &&
      lost === 0 &&
      extra + strangers === 0 &&
      sales.every((sale) => sale.wrong === null),
  }
}

/** Rows in columns as wide as they need to be. */
export const inColumns = (
  rows: readonly (readonly string[])[],
  toTheRight: readonly number[] = [],
): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const pad = (cell: string, column: number): string => {
    const width = widths[column] ?? 0
    return toTheRight.includes(column) ? cell.padStart(width) : cell.padEnd(width)
  }
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

/** The table a person reads, and the line a machine reads. */
export const inTable = (judgement: Judgement): string => {
  const rows = [
    ['sale', 'state', 'code', 'invoice', 'total', ''],
    ...judgement.sales.map((sale) => [
      sale.sale,
      sale.state,
      sale.code ?? '',
      sale.remoteNumber ?? '',
      sale.total,
      sale.wrong === null ? '' : `WRONG: ${sale.wrong}`,
    ]),
  ]
  return inColumns(rows, [4])
}

export const lastLine = ({ booked, refused, open, lost, doubled }: Judgement): string =>
  `booked ${booked} refused ${refused} open ${open} lost ${lost} doubled ${doubled}`
