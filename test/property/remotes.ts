import { readDecimal as readBelgian } from '../../sandbox/eenvoudigfactureren/decimal.ts'
import { computeTotals as belgianTotals } from '../../sandbox/eenvoudigfactureren/totals.ts'
import { readDecimal as readDutch } from '../../sandbox/factuursturen/decimal.ts'
import { computeTotals as dutchTotals } from '../../sandbox/factuursturen/totals.ts'
import { parseDecimal as readInformer } from '../../sandbox/informer/decimal.ts'
import { invoiceTotals as informerTotals } from '../../sandbox/informer/totals.ts'
import { parseDecimal } from '../../sandbox/rompslomp/decimal.ts'
import { invoiceTotals } from '../../sandbox/rompslomp/totals.ts'
import type { BooksFacts, Debtor } from '../../src/connectors/accounting.ts'
import type { VatTable } from '../../src/connectors/vat-table.ts'
import { amount } from '../../src/money/amount.ts'

/** A body on the wire, as JSON leaves it: nothing of the connector's types. */
type Body = Readonly<Record<string, unknown>>

/** What must be known of an accounting system besides its connector. */
export interface RemoteRow {
  /** An id of the registry. */
  id: string
  /** What sets this row apart when a connector has several. */
  variant: string
  /** 1: every basket; n: each nth, where another row of the connector has them all. */
  oneIn: number
  settings: Readonly<Record<string, unknown>>
  /** What the merchant's administration offers, by where it is. */
  choices: (home: 'NL' | 'BE') => BooksFacts<never>['choices']
  vatTable: VatTable
  /**
   * What the remote's books would come to, in cents, under each guess of its contract. Its own arithmetic, not the
   * connector's: sandbox/ imports nothing of src/.
   */
  totals(wire: Body, debtor: Debtor): readonly number[]
  /** The words of the invoice's lines. */
  words(wire: Body): readonly unknown[]
}

const must = <T>(value: T | undefined, what: unknown): T => {
  if (value === undefined) throw new Error(`the remote can't read ${JSON.stringify(what)}`)
  return value
}

const bodiesOf = (value: unknown): readonly Body[] => {
  if (!Array.isArray(value)) throw new Error('no lines')
  return value as readonly Body[]
}

const listed = (...values: string[]) => values.map((value) => ({ value, label: value }))

/** Whose percentages occur, and what they are called in a table of VAT codes. */
const percentsOf: Readonly<Record<string, readonly string[]>> = {
  NL: ['21', '9', '6', '0'],
  BE: ['21', '9', '6', '12', '0'],
  FR: ['21', '9', '6', '20', '5.5', '10', '2.1', '0'],
  DE: ['21', '9', '6', '19', '7', '0'],
  INTERNATIONAL: ['0'],
}
const codes = Object.entries(percentsOf).flatMap(([destination, percents], nth) =>
  percents.map((percent, index) => ({
    destination,
    percent,
    code: String(100 * (nth + 1) + index),
  })),
)
const rateByCode = new Map(codes.map(({ code, percent }) => [Number(code), percent]))

const factuursturen: RemoteRow = {
  id: 'factuursturen',
  variant: '',
  oneIn: 1,
  settings: {},
  choices: (home) => ({
    vatRates: home === 'NL' ? listed('21', '9', '0') : listed('21', '12', '6', '0'),
    // The remote's ids of Belgium or the Netherlands, France and Germany.
    foreignVatRates: listed(
      ...(home === 'NL' ? ['18:21', '18:12', '18:6'] : ['146:21', '146:9']),
      ...['20', '10', '5.5', '2.1'].map((rate) => `63:${rate}`),
      ...['19', '7'].map((rate) => `50:${rate}`),
    ),
  }),
  vatTable: [],
  totals: (wire, { traits }) => {
    const read = (value: unknown) => must(readDutch(value), value)
    const lines = bodiesOf(wire['lines']).map((line) => ({
      amount: read(line['amount']),
      price: read(line['price']),
      taxRate: read(line['tax_rate']),
      discountPct: 0n,
      isText: false,
    }))
    return (['cents', 'exact'] as const).map(
      (lineTotals) =>
        dutchTotals(lines, {
          taxType: traits['taxType'] === 'intax' ? 'intax' : 'extax',
          taxShifted: traits['taxShifted'] === 'true',
          discountType: 'percentage',
          discount: 0n,
          switches: { vatRounding: 'rate', lineTotals },
        }).totalCents,
    )
  },
  words: (wire) => bodiesOf(wire['lines']).map((line) => line['description']),
}

const eenvoudigfactureren = (amounts: 'incl' | 'excl'): RemoteRow => ({
  id: 'eenvoudigfactureren',
  variant: `${amounts}.`,
  oneIn: amounts === 'incl' ? 1 : 10,
  settings: { amounts },
  choices: () => ({
    vatRates: listed('21', '20', '19', '12', '10', '9', '7', '6', '5.5', '2.1', '0'),
  }),
  vatTable: [],
  totals: (wire) => {
    const read = (value: unknown) => must(readBelgian(value), value)
    const body = wire['body'] as Body
    const items = bodiesOf(body['items']).map((item) => ({
      quantity: read(item['quantity']),
      amount: item['amount'] === undefined ? undefined : read(item['amount']),
      amountWithTax:
        item['amount_with_tax'] === undefined ? undefined : read(item['amount_with_tax']),
      taxRate: read(item['tax_rate']),
    }))
    const guesses = [
      { grossArithmetic: 'gross', lineTotals: 'cents' },
      { grossArithmetic: 'gross', lineTotals: 'exact' },
      { grossArithmetic: 'net', lineTotals: 'exact' },
    ] as const
    const taxCalculation = body['tax_calculation'] === 'total' ? 'total' : 'item'
    return guesses.map((switches) =>
      Number(belgianTotals(items, { taxCalculation, discount: 0n, switches }).total),
    )
  },
  words: (wire) => bodiesOf((wire['body'] as Body)['items']).map((item) => item['description']),
})

const rompslomp: RemoteRow = {
  id: 'rompslomp',
  variant: '',
  oneIn: 1,
  settings: { administration: '1' },
  choices: () => ({
    vatCodes: listed(...codes.map(({ code }) => code)),
    vatCodePercents: listed(...codes.map(({ code, percent }) => `${code}:${percent}`)),
  }),
  vatTable: codes.map(({ destination, percent, code }) => ({
    destination,
    percent: amount(percent),
    vatCode: code,
    ledgers: { revenue: '', shipping: '', payment: '' },
  })),
  totals: (wire) => {
    const read = (value: unknown) => must(parseDecimal(value), value)
    const lines = bodiesOf(wire['invoice_lines']).map((line) => ({
      quantity: read(line['quantity']),
      price: read(line['price_per_unit']),
      // The rate is the one of the VAT type, whatever the line says (contract §0 point 4).
      rate: read(must(rateByCode.get(Number(line['vat_type_id'])), line)) / 100n,
    }))
    return (['line', 'rate'] as const).map(
      (rounding) => invoiceTotals(lines, rounding).withVatCents,
    )
  },
  words: (wire) => bodiesOf(wire['invoice_lines']).map((line) => line['description']),
}

const informer: RemoteRow = {
  id: 'informer',
  variant: '',
  oneIn: 1,
  settings: { template: '1', paymentCondition: '1' },
  choices: () => ({
    vatCodes: listed(...codes.map(({ code }) => code)),
    vatCodePercents: listed(...codes.map(({ code, percent }) => `${code}:${percent}`)),
    currencies: listed('EUR'),
    currencyIds: listed('EUR:1'),
  }),
  vatTable: codes.map(({ destination, percent, code }) => ({
    destination,
    percent: amount(percent),
    vatCode: code,
    ledgers: { revenue: '8000', shipping: '', payment: '' },
  })),
  totals: (wire) => {
    const read = (value: unknown) => must(readInformer(value), value)
    const lines = bodiesOf(wire['lines']).map((line) => ({
      qty: read(line['qty']),
      amount: read(line['amount']),
      discount: read(line['discount']),
      percentage: read(must(rateByCode.get(Number(line['vat_id'])), line)),
      vatId: Number(line['vat_id']),
    }))
    const option = wire['vat_option'] === 'excl' ? 'excl' : 'incl'
    return (['cents', 'exact'] as const).flatMap((lineTotals) =>
      (['line', 'rate'] as const).map(
        (vatRounding) => informerTotals(lines, option, { lineTotals, vatRounding }).inclCents,
      ),
    )
  },
  words: (wire) => bodiesOf(wire['lines']).map((line) => line['description']),
}

/** Every accounting system there is. A new connector adds one row; a test compares this with the registry. */
export const remotes: readonly RemoteRow[] = [
  factuursturen,
  eenvoudigfactureren('incl'),
  eenvoudigfactureren('excl'),
  informer,
  rompslomp,
]
