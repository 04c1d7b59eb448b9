import { amount, sum } from '../src/money/amount.ts'
import { firstProblem, firstSaleProblem } from '../src/sale/checks/all.ts'
import { makeDraft } from '../src/sale/make-draft.ts'
import type { Address, Sale, SaleLine } from '../src/sale/sale.ts'
import { plainPosition } from '../src/sale/vat-position.ts'
import type { Verdict } from './judge.ts'
import { monotonicMs } from './moment.ts'
import { timesOf, type Times } from './statistics.ts'

const lineCount = 20
const warmUp = 300
const rounds = 2_000

/** The demand of the issue "VAT and money". */
const medianMaxMs = 1

/** A row of net amounts that says no percentage: its rate has to be inferred. */
const lineOf = (index: number): SaleLine => {
  const isReduced = index % 3 === 0
  const cents = 199 + index * 137
  const tax = Math.round((cents * (isReduced ? 9 : 21)) / 100)
  const money = (value: number) => amount((value / 100).toFixed(2))
  const quantity = amount(1 + (index % 4))
  return {
    kind: 'product',
    description: `Artikel ${index}`,
    sku: `ART-${index}`,
    quantity,
    amount: money(cents + tax),
    vatPercent: null,
    stated: {
      net: money(cents),
      tax: money(tax),
      gross: money(cents + tax),
      quantity,
      decimals: { net: 2, tax: 2, gross: 2 },
      entered: null,
    },
  }
}

const address: Address = {
  name: 'S. Vermeer',
  company: '',
  street: 'Kerkstraat 9',
  postcode: '3511 AB',
  city: 'Utrecht',
  countryCode: 'NL',
  countryName: '',
}

const saleOfTwentyLines = (): Sale => {
  const lines = Array.from({ length: lineCount }, (_, index) => lineOf(index))
  return {
    ref: { kind: 'order', id: '1' },
    orderNumber: 'W-1',
    invoiceNumber: null,
    date: '2026-03-02',
    status: { id: '2', label: '' },
    paid: true,
    cancelled: false,
    currency: 'EUR',
    pricesIncludeVat: true,
    lines,
    total: sum(lines.map((line) => line.amount)),
    vatTotal: sum(lines.flatMap(({ stated }) => (stated === undefined ? [] : [stated.tax]))),
    buyer: {
      firstName: '',
      lastName: '',
      company: '',
      email: '',
      phone: '',
      mobile: '',
      vatNumber: '',
      companyNumber: '',
      customerNumber: '',
    },
    billing: address,
    delivery: null,
    paymentMethod: null,
    shopSaysIntraCommunity: false,
    marketplaceAccountsForVat: false,
    assumptions: [],
  }
}

const books = {
  system: 'Boeken',
  vatCodes: false,
  currencies: ['EUR'],
  creditInvoices: true,
  vatRates: ['21', '9', '0'],
}

/** Inference, checks and draft of a sale of twenty lines, one at a time. */
export const measureVat = (): Times => {
  const options = { leadingNumber: 'order', vat: plainPosition('NL') } as const
  const sale = saleOfTwentyLines()
  const once = (): number => {
    const startedMs = monotonicMs()
    const unfit = firstSaleProblem({ sale, books })
    const drafting = makeDraft(sale, options)
    if (unfit !== null || drafting.is !== 'drafted') throw new Error('a sale that is not drafted')
    const problem = firstProblem({ sale, books, draft: drafting.draft })
    const tookMs = monotonicMs() - startedMs
    if (problem !== null) throw new Error(problem.code)
    return tookMs
  }
  for (let nth = 0; nth < warmUp; nth += 1) once()
  return timesOf(Array.from({ length: rounds }, once))
}

export const judgeVat = ({ p50 }: Times): Verdict => ({
  demand: `VAT, checks and draft of ${lineCount} lines, p50 in ms ≤ ${medianMaxMs}`,
  measured: p50,
  limit: medianMaxMs,
  passed: p50 <= medianMaxMs,
})
