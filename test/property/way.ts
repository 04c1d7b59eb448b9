import { composeOn } from '../../src/bookings/compose-on.ts'
import type { AccountingConnector, BooksFacts, Debtor } from '../../src/connectors/accounting.ts'
import { findAccounting } from '../../src/connectors/registry.ts'
import { schemaOf } from '../../src/connectors/settings.ts'
import { toCents } from '../../src/money/amount.ts'
import { firstProblem, firstSaleProblem } from '../../src/sale/checks/all.ts'
import type { Draft } from '../../src/sale/draft.ts'
import { makeDraft, type DraftOptions } from '../../src/sale/make-draft.ts'
import { plainPosition } from '../../src/sale/vat-position.ts'
import type { Basket } from './basket.ts'
import { remotes, type RemoteRow } from './remotes.ts'
import { saleOfBasket, zeroRated, type ShopSale } from './shop.ts'

/** A connector with books that were read, and the remote behind it. */
export interface Books {
  name: string
  connector: AccountingConnector
  facts: BooksFacts<never>
  remote: RemoteRow
}

export const allBooks = (home: 'NL' | 'BE'): Books[] =>
  remotes.map((remote) => {
    const connector = findAccounting(remote.id)
    const settings = schemaOf(connector.settings).parse(remote.settings) as never
    const { vatTable } = remote
    const choices = remote.choices(home)
    return {
      name: [connector.title, remote.variant].filter(Boolean).join(', '),
      connector,
      facts: { settings, choices, vatTable, products: {} },
      remote,
    }
  })

const optionsFor = ({ shop, home }: Basket): DraftOptions => ({
  leadingNumber: 'order',
  vat: {
    ...plainPosition(home),
    rounding: shop.rounding,
    marked: [{ marking: 'zero-rated', products: [zeroRated] }],
  },
})

export type Drafted = ShopSale & ({ draft: Draft } | { refused: string })

/** From what the buyer put into the basket to the draft of an invoice, as `book` goes. */
export const drafted = (basket: Basket): Drafted => {
  const stated = saleOfBasket(basket)
  const drafting = makeDraft(stated.sale, optionsFor(basket))
  return drafting.is === 'drafted'
    ? { ...stated, draft: drafting.draft }
    : { ...stated, refused: drafting.reason.code }
}

/** The debtor this sale would make; or one that was made by a sale with prices of the other sense. */
const debtorOf = ({ connector, facts }: Books, draft: Draft, isOther: boolean): Debtor => {
  const lines = draft.lines.map((line) => ({
    ...line,
    amountIncludesVat: line.amountIncludesVat !== isOther,
  }))
  return { id: '7', traits: connector.planDebtor({ ...draft, lines }, facts) }
}

/** How a basket ends at one connector. */
export type End =
  { is: 'booked' | 'rounded' } | { is: 'refused'; code: string } | { is: 'wrong'; what: string }

export const endOf = (books: Books, basket: Basket, made: Drafted): End => {
  const { connector, facts, remote } = books
  const { sale } = made
  const view = {
    system: connector.title,
    vatCodes: connector.capabilities.vatCodes,
    currencies: connector.capabilities.currencies,
    creditInvoices: connector.capabilities.creditInvoices,
    // Whether a rate is known there is not what is asked here.
    vatRates: null,
  }
  const unfit = firstSaleProblem({ sale, books: view })
  if (unfit !== null) return { is: 'refused', code: unfit.code }
  if ('refused' in made) return { is: 'refused', code: made.refused }
  const { draft } = made
  const problem = firstProblem({ sale, draft, books: { ...view, vatCodes: true } })
  if (problem !== null) return { is: 'refused', code: problem.code }

  const debtor = debtorOf(books, draft, basket.seed % 3 === 0)
  const composed = composeOn({ accounting: { connector, facts } }, draft, debtor, {})
  if (composed.is === 'refused') return { is: 'refused', code: composed.reason.code }
  const paid = toCents(sale.total)
  const predicted = toCents(composed.predictedTotal)
  if (predicted !== paid) return { is: 'wrong', what: `predicted ${predicted}, paid ${paid} cents` }
  const wire = composed.wire as Readonly<Record<string, unknown>>
  const wrong = remote.totals(wire, debtor).find((total) => total !== paid)
  if (wrong !== undefined) return { is: 'wrong', what: `booked ${wrong}, paid ${paid} cents` }
  return { is: remote.words(wire).includes('Afronding') ? 'rounded' : 'booked' }
}
