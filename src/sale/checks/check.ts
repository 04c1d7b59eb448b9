import type { Text } from '../../problems/problem.ts'
import type { Reason } from '../../problems/reason.ts'
import type { Draft } from '../draft.ts'
import type { Sale } from '../sale.ts'

/** What the books can take, as far as a check asks. All values. */
export interface BooksView {
  system: string
  vatCodes: boolean
  /** 'account': the draft's composition tells. */
  currencies: readonly string[] | 'any' | 'account'
  creditInvoices: boolean
  /** The percentages the administration knows, as text; null while they were never read. */
  vatRates: readonly string[] | null
}

/** What is looked at before there is a draft. */
export interface SaleInput {
  sale: Sale
  books: BooksView
}

/** What a check of the draft may look at besides. */
export interface CheckInput extends SaleInput {
  draft: Draft
}

/** One rule a sale must meet before anything is booked. Pure; null means it is met. */
export interface Check<Input = CheckInput> {
  id: string
  title: Text
  run(input: Input): Reason | null
}
