import type { Amount } from '../money/amount.ts'
import type { Outcome } from '../problems/outcome.ts'
import type { Reason } from '../problems/reason.ts'
import type { Draft, DraftDebtor } from '../sale/draft.ts'
import type { Finding } from './finding.ts'
import type { Pace } from './pace.ts'
import type { Session } from './session.ts'
import type { Fields, ValuesOf } from './settings.ts'
import type { SignIn } from './sign-in.ts'
import type { VatTable } from './vat-table.ts'
import type { Choices, Cursor } from './webshop.ts'

/** A debtor of the accounting system, with the properties that decide how an invoice must be written. */
export interface Debtor {
  id: string
  /** The connector's own facts, e.g. whether prices are read incl. VAT. No personal data. */
  traits: Readonly<Record<string, string>>
}

export type DebtorMatch =
  | { is: 'found'; debtor: Debtor }
  | { is: 'none' }
  /** More than one fits and the connector's rule can't choose. */
  | { is: 'ambiguous'; count: number }

/** Proof of a booking: what the accounting system has. */
export interface Receipt {
  remoteId: string
  /** The number people use; where the remote would not say it now, the id stands in for it. */
  remoteNumber: string
  /** The remote's own total incl. VAT; null when it would not say. */
  total: Amount | null
  /** The sale is booked, but a person has to look at something: the invoice may not have been sent. */
  warning?: Reason
}

export type Lookup =
  { is: 'found'; receipt: Receipt } | { is: 'none' } | { is: 'cannot-tell'; reason: Reason }

/** A draft in one accounting system's own words, and the total its arithmetic will come to. */
export type Composition<W> =
  { is: 'composed'; wire: W; predictedTotal: Amount } | { is: 'refused'; reason: Reason }

/** What is known of the books when a draft is composed: all values, so that composing is pure. */
export interface BooksFacts<S> {
  settings: S
  /** As answered by `choices`, kept with the connection. */
  choices: Choices
  /** Which VAT code and ledger each destination and percentage gets; empty where `vatCodes` is false. */
  vatTable: VatTable
  /** The remote ids of the products that exist, by the code `products.wanted` gives them. */
  products: Readonly<Record<string, string>>
}

/** A product an invoice refers to, in the connector's own words. */
export interface ProductPlan {
  /** What it is found by; unique within an administration. */
  code: string
  /** The body of the create, the connector's own. */
  facts: Readonly<Record<string, string>>
}

/** Products of an accounting system whose lines refer to one. The engine makes what is missing, once each. */
export interface ProductShelf<C, S> {
  /** Pure: the products `compose` will refer to, each code once. */
  wanted(draft: Draft, facts: BooksFacts<S>): readonly ProductPlan[]
  /** Exact match on code. */
  findProduct(
    books: Session<C, S>,
    code: string,
  ): Promise<{ is: 'found'; id: string } | { is: 'none' } | { is: 'ambiguous'; count: number }>
  /** @returns the id of the new product */
  createProduct(books: Session<C, S>, plan: ProductPlan): Promise<Outcome<string>>
}

/** Debtors that may have changed since a cursor. */
export interface DebtorPage {
  debtors: readonly { id: string; emails: readonly string[] }[]
  cursor: Cursor
}

export interface AccountingCapabilities {
  /** Whether lines need VAT codes configured by the merchant (else percentages go straight through). */
  vatCodes: boolean
  products: boolean
  /**
   * ISO 4217 codes it can invoice in; 'any' where it takes every currency; 'account' where the administration
   * decides, so that only `compose` can tell.
   */
  currencies: readonly string[] | 'any' | 'account'
  creditInvoices: boolean
  /** How well `find` can work: the remote refuses a second one, filters by it, or we scan. */
  referenceSearch: 'unique' | 'filter' | 'scan'
  /**
   * How long after a lost answer the remote may still bring the invoice into being. `find` answering
   * "none" is only believed after this.
   */
  lateEffectMs: number
  pace: Pace
}

/** An invoice as the lists of the books show it, whoever made it. No personal data. */
export interface ListedInvoice {
  remoteId: string
  /** As in a receipt. */
  remoteNumber: string
  /** '' when it has none. */
  reference: string
  /** Of the invoice, YYYY-MM-DD; '' when the list does not say. */
  date: string
  /** Incl. VAT. */
  total: Amount | null
  debtorId: string | null
}

export interface InvoicePage {
  invoices: readonly ListedInvoice[]
  /** False when the books may have kept some back: then nothing may be concluded from an absence. */
  complete: boolean
}

/** Which invoices to list, by the date of the invoice, both days included; null: of every debtor. */
export interface InvoiceFilter {
  from: string
  until: string
  debtorId: string | null
}

/** Narrows a look-up by reference; all of it is known again after a crash. */
export interface LookupHint {
  /** Date of the invoice, YYYY-MM-DD. */
  date: string
  debtorId: string | null
}

/**
 * One accounting system. A value, not a class. Reads throw Trouble; whatever creates answers an Outcome
 * and is never repeated by any layer below the engine.
 */
export interface AccountingConnector<
  C extends Fields = Fields,
  S extends Fields = Fields,
  W = unknown,
> {
  id: string
  title: string
  credentials: C
  settings: S
  capabilities: AccountingCapabilities

  /**
   * Pure: within what the ids of invoices are unique, as far as what the merchant filled in tells. Two connections
   * to one administration say the same here. Never shown or kept: it may hold a credential.
   */
  administration(books: Pick<Session<ValuesOf<C>, ValuesOf<S>>, 'credentials' | 'settings'>): string
  /** The doctor: one finding per right. Never throws Trouble; it reports it. */
  check(books: Session<ValuesOf<C>, ValuesOf<S>>): Promise<Finding[]>
  /** VAT rates or codes, layouts, ledgers…: whatever the settings and `compose` need. */
  choices(books: Session<ValuesOf<C>, ValuesOf<S>>): Promise<Choices>
  /** Exact match on e-mail address, case-insensitive. Where the remote can't search, this reads them all. */
  findDebtor(books: Session<ValuesOf<C>, ValuesOf<S>>, email: string): Promise<DebtorMatch>
  /**
   * Only where `findDebtor` must read them all: every debtor that changed since `since` (null: all), so that
   * the engine can keep an index of hashed addresses and ask this little each time instead.
   */
  changedDebtors?(
    books: Session<ValuesOf<C>, ValuesOf<S>>,
    since: Cursor,
  ): AsyncIterable<DebtorPage>
  /** The debtor with this id (a fixed debtor, or one we made before); none when it is gone. */
  readDebtor(books: Session<ValuesOf<C>, ValuesOf<S>>, id: string): Promise<DebtorMatch>
  /** Pure: the traits a new debtor for this draft would get. */
  planDebtor(draft: Draft, facts: BooksFacts<ValuesOf<S>>): Debtor['traits']
  createDebtor(
    books: Session<ValuesOf<C>, ValuesOf<S>>,
    debtor: DraftDebtor,
    traits: Debtor['traits'],
  ): Promise<Outcome<Debtor>>
  products?: ProductShelf<ValuesOf<C>, ValuesOf<S>>
  /**
   * Pure: this is also the preview, where a product that does not exist yet has no id in `facts.products`;
   * what it composes then is never sent.
   */
  compose(draft: Draft, debtor: Debtor, facts: BooksFacts<ValuesOf<S>>): Composition<W>
  /** "Did it arrive?" Mandatory: no connector can exist that cannot answer, if only with cannot-tell. */
  find(
    books: Session<ValuesOf<C>, ValuesOf<S>>,
    reference: string,
    hint: LookupHint,
  ): Promise<Lookup>
  create(books: Session<ValuesOf<C>, ValuesOf<S>>, wire: W): Promise<Outcome<Receipt>>
  /**
   * What the books hold of a period, also what was typed by hand; some may lie outside it. For finding what is
   * booked already or twice; never asked on the way of a live sale.
   */
  invoices(
    books: Session<ValuesOf<C>, ValuesOf<S>>,
    filter: InvoiceFilter,
  ): AsyncIterable<InvoicePage>
  signIn?: SignIn<ValuesOf<C>>
}
