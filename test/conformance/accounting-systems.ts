import type { FaultRule, Faults } from '../../sandbox/kit/faults.ts'
import { startFactuursturen } from '../../sandbox/factuursturen/index.ts'
import type { AccountingConnector } from '../../src/connectors/accounting.ts'
import type { VatTable } from '../../src/connectors/vat-table.ts'
import { factuursturen } from '../../src/connectors/accounting/factuursturen/index.ts'

/** Written where a system has no such thing: said, never skipped in silence. */
export const NOT_SUPPORTED = 'not supported'
type NotSupported = typeof NOT_SUPPORTED

/** An invoice as the sandbox's books have it, read past the API. */
export interface BookedInvoice {
  number: string
  debtorId: string
  /** Where our reference ends up. */
  reference: string
  totalCents: number
  lineCount: number
}

/** A debtor as the sandbox's books have it, read past the API. */
interface BookedDebtor {
  id: string
  email: string
  /** The name a person reads, company or contact. */
  name: string
}

/** A product as the sandbox's books have it, read past the API. */
interface BookedProduct {
  id: string
  description: string
}

/** One running sandbox as the suite sees it. */
export interface Remote {
  credentials: Record<string, unknown>
  faults: Faults
  invoices(): BookedInvoice[]
  debtors(): BookedDebtor[]
  /** The products there are; only of a system that has them. */
  products?(): BookedProduct[]
  /** Puts debtors in the books past the API, as a person would. @returns their ids */
  plantDebtors(emails: readonly string[]): Promise<string[]>
  /** Puts an invoice with this reference and date in the books past the API. */
  plantInvoice(invoice: { debtorId: string; reference: string; date: string }): Promise<void>
  /** Takes a VAT rate out of the account, after we have read it. */
  dropVatRate(percent: number): void
  close(): Promise<void>
}

type Match = NonNullable<FaultRule['match']>

/** One row of the table: all the suite must know of a system besides its connector. */
export interface AccountingSystem {
  connector: AccountingConnector
  start(): Promise<Remote>
  /** What the merchant must have chosen besides the defaults. */
  settings?: Record<string, unknown>
  /** What the merchant filled in; only of a system whose lines need VAT codes. */
  vatTable?: VatTable
  /** Any change to the credentials that makes them wrong. */
  wrongCredentials: Record<string, unknown>
  /** The calls that create, for faults to hit. */
  createsInvoice: Match
  createsDebtor: Match
  /** The calls that look up, for faults to hit. */
  findsInvoice: Match
  findsDebtor: Match
  /** The same for products; only of a system that has them. */
  createsProduct?: Match
  findsProduct?: Match
  /** The call after a create that reads the result back. */
  readsBack: Match | NotSupported
  /** When the invoice's number is known; until then its id stands in for it. */
  numbersInvoice: 'when created' | 'when read back'
  /** Path of the call behind each finding of `check`. */
  rights: Readonly<Record<string, string>>
  /** Fields of answers that may be absent, one at a time, without any harm. */
  optionalFields: readonly string[]
  debtorNameMax: number
  /** A system that can't search for an e-mail address: its debtors are listed, and what changed since. */
  listsDebtors?: true
  /** Which of two debtors with one e-mail address is taken; 'ambiguous': none. */
  twoDebtors: 'lowest' | 'ambiguous'
  /** Whether an invoice may have lines below zero, and come to less than nothing. */
  negativeTotals: true | NotSupported
  /** Behaviour the contract leaves open: what the connector promises must hold under each. */
  guesses: Readonly<Record<string, (remote: Remote) => void>>
  /** Guesses under which totals must be as predicted for any basket. */
  totalsGuesses: readonly string[]
}

/** The row of Factuursturen. */
export const factuursturenSystem = (): AccountingSystem => {
  const sandboxes = new WeakMap<Remote, Awaited<ReturnType<typeof startFactuursturen>>>()
  const change =
    (act: (sandbox: Awaited<ReturnType<typeof startFactuursturen>>) => void) =>
    (remote: Remote): void => {
      const sandbox = sandboxes.get(remote)
      if (sandbox === undefined) throw new Error('not one of ours')
      act(sandbox)
    }

  return {
    connector: factuursturen,
    start: async () => {
      const sandbox = await startFactuursturen({ limits: 'off' })
      const plant = async (path: string, body: unknown): Promise<unknown> => {
        const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      }
      const remote: Remote = {
        credentials: {
          userName: 'sandbox',
          apiKey: 'sandbox-key',
          baseUrl: `${sandbox.url}/api/v1`,
        },
        faults: sandbox.faults,
        invoices: () =>
          sandbox.ledger().invoices.map((invoice) => ({
            number: invoice.number,
            debtorId: String(invoice.clientnr),
            reference: invoice.reference[0],
            totalCents: invoice.totalCents,
            lineCount: invoice.lines.length,
          })),
        debtors: () =>
          sandbox.ledger().clients.map((client) => ({
            id: String(client.clientnr),
            email: client.email,
            name: client.contact || client.company,
          })),
        plantDebtors: async (emails) => {
          const planted = await plant(
            'clients',
            emails.map((email) => ({ email, tax_type: 'intax' })),
          )
          return (planted as number[]).map(String)
        },
        plantInvoice: async ({ debtorId, reference, date }) => {
          const lines = [{ description: 'Hand', amount: 1, price: 1, tax_rate: 21 }]
          await plant('invoices', {
            clientnr: debtorId,
            reference: { line1: reference },
            date,
            lines,
          })
        },
        dropVatRate: (percent) => {
          sandbox.account.taxes = sandbox.account.taxes.filter((tax) => tax.percentage !== percent)
        },
        close: () => sandbox.close(),
      }
      sandboxes.set(remote, sandbox)
      return remote
    },
    wrongCredentials: { apiKey: 'not-the-key' },
    createsInvoice: { method: 'POST', path: '/invoices$' },
    createsDebtor: { method: 'POST', path: '/clients$' },
    findsInvoice: { method: 'GET', path: '/invoices\\?' },
    findsDebtor: { method: 'GET', path: '/search/clients/' },
    readsBack: { method: 'GET', path: '/invoices/' },
    numbersInvoice: 'when created',
    rights: {
      profiles: '/profiles$',
      taxes: '/taxes$',
      clients: '/search/clients/',
      invoices: '/invoices\\?',
    },
    optionalFields: [
      'active',
      'tax_shifted',
      'stddiscount',
      'currency',
      'invoicenr_full',
      'totalintax',
      'type',
      'default',
      'country',
      'name',
      'line2',
      'lines',
      'history',
      'contact',
    ],
    debtorNameMax: 50,
    twoDebtors: 'lowest',
    negativeTotals: true,
    guesses: {
      'unknown id answers 404': change(({ switches }) => (switches.unknownId = 'not-found')),
      'unknown id answers the list': change(({ switches }) => (switches.unknownId = 'list')),
      'search matches whole values': change(({ switches }) => (switches.searchMatch = 'exact')),
      'search finds nothing with 404': change(
        ({ switches }) => (switches.searchNothing = 'not-found'),
      ),
      'too long values are cut': change(({ switches }) => (switches.tooLong = 'cut')),
      'unknown rates are accepted': change(({ switches }) => (switches.unknownTaxRate = 'accept')),
      'VAT per line': change(({ switches }) => (switches.vatRounding = 'line')),
      'line totals are not rounded': change(({ switches }) => (switches.lineTotals = 'exact')),
      'the date is ignored': change(({ switches }) => (switches.sentOnCreate = 'ignore')),
      'newer client fields': change(({ switches }) => (switches.newerClientFields = true)),
      'numbers with a layout': change(
        ({ account }) => (account.numberLayout = 'F{year}/{counter}'),
      ),
      'a create answers only digits': change(({ account, switches }) => {
        account.numberLayout = 'F{year}/{counter}'
        switches.createAnswer = 'digits'
      }),
      'ids are a sequence': change(({ account }) => (account.ids = 'sequence')),
    },
    totalsGuesses: ['line totals are not rounded'],
  }
}
