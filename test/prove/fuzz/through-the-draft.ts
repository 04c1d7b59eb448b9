import {
  draftOptionsOf,
  readIntegrationSettings,
} from '../../../src/merchants/integration-settings.ts'
import { firstProblem, firstSaleProblem } from '../../../src/sale/checks/all.ts'
import { makeDraft } from '../../../src/sale/make-draft.ts'
import type { Sale } from '../../../src/sale/sale.ts'
import type { ViesVerdict } from '../../../src/sale/treated.ts'

const options = draftOptionsOf(readIntegrationSettings({ homeCountry: 'BE' }))
const books = {
  system: 'x',
  vatCodes: false,
  currencies: ['EUR'],
  creditInvoices: true,
  vatRates: null,
}

/**
 * Takes a sale through everything that decides money, to a draft or a refusal.
 * @throws Error when a draft that passes every check is of another total than the sale
 */
export const throughTheDraft = (sale: Sale, verdict?: ViesVerdict): void => {
  if (firstSaleProblem({ sale, books }) !== null) return
  const drafting = makeDraft(sale, options, verdict)
  if (drafting.is !== 'drafted') return
  const { draft } = drafting
  if (firstProblem({ sale, draft, books }) !== null) return
  const { gross } = draft.totals
  if (!gross.equals(sale.total)) {
    throw new Error(`a draft of ${gross.toFixed()} for a sale of ${sale.total.toFixed()}`)
  }
}
