import type { Text } from '../../problems/problem.ts'
import type { Reason } from '../../problems/reason.ts'
import type { Draft } from '../draft.ts'
import type { Sale } from '../sale.ts'

/** What a check may look at: the sale, the draft made of it, and what the books can take. All values. */
export interface CheckInput {
  sale: Sale
  draft: Draft
  books: {
    system: string
    vatCodes: boolean
    /** 'account': the draft's composition tells. */
    currencies: readonly string[] | 'any' | 'account'
    creditInvoices: boolean
    /** The percentages the administration knows, as text; null while they were never read. */
    vatRates: readonly string[] | null
  }
}

/** One rule a sale must meet before anything is booked. Pure; null means it is met. */
export interface Check {
  id: string
  title: Text
  run(input: CheckInput): Reason | null
}
